#include "leeway/metrics/accuracy.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

static_assert(leeway::Metric<leeway::accuracy>);

TEST_CASE("accuracy equals scikit-learn's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("labels")) {
        oracle::check(from, "accuracy", leeway::accuracy{}(oracle::counts_of(from)), seen);
    }
    CHECK(seen.values >= 300);
    CHECK(seen.undefined >= 3);
}

TEST_CASE("accuracy keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        for (const std::int32_t classes : {2, 4}) {
            const auto rows = laws::class_rows(300, classes, weighted);
            const auto count = static_cast<std::size_t>(classes);
            laws::metric(
                leeway::accuracy{}, [&] { return leeway::confusion_matrix(count); }, rows);
            laws::class_renaming(leeway::accuracy{}, count, rows);
        }
    }
}
