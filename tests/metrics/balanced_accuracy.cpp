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

TEST_CASE("balanced accuracy keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::class_rows(300, 4, weighted);
        laws::metric(
            leeway::balanced_accuracy{}, [] { return leeway::confusion_matrix(4); }, rows);
        laws::class_renaming(leeway::balanced_accuracy{}, 4, rows);
    }
}
