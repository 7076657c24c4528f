#include "leeway/metrics/mean_absolute_percentage_error.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::mean_absolute_percentage_error;
using state = mean_absolute_percentage_error::state_type;

static_assert(leeway::Metric<mean_absolute_percentage_error>);

TEST_CASE("mean absolute percentage error equals its definition in many digits") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("regression_losses")) {
        if (!from.has("mean_absolute_percentage_error")) continue;
        oracle::check(from, "mean_absolute_percentage_error",
                      mean_absolute_percentage_error{}(oracle::regressed<state>(from)), seen);
    }
    CHECK(seen.values >= 325);
    CHECK(seen.undefined == 2);
}

TEST_CASE("mean absolute percentage error keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            mean_absolute_percentage_error{}, [] { return state(); },
            laws::regression_rows(300, weighted));
    }
}
