#include "leeway/metrics/mean_absolute_error.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::mean_absolute_error;
using state = mean_absolute_error::state_type;

static_assert(leeway::Metric<mean_absolute_error>);

TEST_CASE("mean absolute error equals scikit-learn's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("regression")) {
        oracle::check(from, "mean_absolute_error",
                      mean_absolute_error{}(oracle::regressed<state>(from)), seen);
    }
    CHECK(seen.values >= 300);
    CHECK(seen.undefined == 2);
}

TEST_CASE("mean absolute error keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            mean_absolute_error{}, [] { return state(); }, laws::regression_rows(300, weighted));
    }
}
