#include "leeway/metrics/predicted_positive_rate.hpp"

#include "laws/metric.hpp"
#include "oracle/class_ratios.hpp"

using leeway::predicted_positive_rate;

static_assert(leeway::Metric<predicted_positive_rate>);

TEST_CASE("the predicted positive rate of a small table") {
    CHECK(
        predicted_positive_rate{}(oracle::table({.tp = 20, .fp = 5, .fn = 10, .tn = 65})).value() ==
        Approx(0.25).epsilon(1e-14));
    CHECK(predicted_positive_rate{}(leeway::confusion_matrix(2)).reason() ==
          leeway::undefined::empty);
    CHECK_THROWS_AS(predicted_positive_rate{}(leeway::confusion_matrix(3)), std::invalid_argument);
}

TEST_CASE("the predicted positive rate equals the oracle's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("decisions")) {
        const auto counts = oracle::counts_of(from);
        if (from.has("predicted_positive_rate_class")) {
            oracle::check(from, "predicted_positive_rate_class",
                          leeway::per_class(predicted_positive_rate{}, counts), seen);
        }
        if (counts.classes() != 2) continue;
        oracle::check(from, "predicted_positive_rate", predicted_positive_rate{}(counts), seen);
    }
    CHECK(seen.values >= 400);
    CHECK(seen.undefined >= 2);
}

TEST_CASE("the predicted positive rate has Wilson's interval") {
    // scipy.stats.binomtest(25, 100).proportion_ci(method="wilson")
    const leeway::estimate e =
        predicted_positive_rate{}(oracle::table({.tp = 20, .fp = 5, .fn = 10, .tn = 65}));
    CHECK(e.lower() == Approx(0.17545211362287677).epsilon(1e-12));
    CHECK(e.upper() == Approx(0.3430446354806161).epsilon(1e-12));
}

TEST_CASE("the predicted positive rate keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            predicted_positive_rate{}, [] { return leeway::confusion_matrix(2); },
            laws::class_rows(300, 2, weighted));
    }
}
