#include "leeway/metrics/balanced_accuracy.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

static_assert(leeway::Metric<leeway::balanced_accuracy>);

TEST_CASE("balanced accuracy equals scikit-learn's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("labels")) {
        oracle::check(from, "balanced_accuracy",
                      leeway::balanced_accuracy{}(oracle::counts_of(from)), seen);
    }
    CHECK(seen.values >= 300);
    CHECK(seen.undefined >= 3);
}

TEST_CASE("adjusted balanced accuracy equals scikit-learn's") {
    oracle::tally seen;
    const leeway::balanced_accuracy adjusted{.adjusted = true};
    CHECK(adjusted.key() == "balanced_accuracy_adjusted");
    for (const auto& from : oracle::metric_cases("decisions")) {
        // A difference: near 0 its rounding is that of the mean.
        oracle::check(from, adjusted.key(), adjusted(oracle::counts_of(from)), seen, 1e-15);
    }
    CHECK(seen.values >= 200);
    CHECK(seen.undefined >= 30);
}

TEST_CASE("a constant prediction has the adjusted balanced accuracy 0") {
    leeway::confusion_matrix counts(4);
    for (const std::int32_t label : {0, 1, 1, 3, 3, 3}) counts.update({label, 1});
    const leeway::estimate e = leeway::balanced_accuracy{.adjusted = true}(counts);
    CHECK(e.value() == Approx(0).margin(1e-16));
    CHECK(e.lower() >= -0.5);  // three classes in the truth: (0 - 1 / 3) / (1 - 1 / 3)
    CHECK(e.lower() < 0);
    CHECK(e.upper() > 0);
}

TEST_CASE("balanced accuracy keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::class_rows(300, 4, weighted);
        laws::metric(
            leeway::balanced_accuracy{}, [] { return leeway::confusion_matrix(4); }, rows);
        laws::class_renaming(leeway::balanced_accuracy{}, 4, rows);
        laws::metric(
            leeway::balanced_accuracy{.adjusted = true}, [] { return leeway::confusion_matrix(4); },
            rows);
        laws::class_renaming(leeway::balanced_accuracy{.adjusted = true}, 4, rows);
    }
}
