#include "leeway/metrics/root_mean_squared_log_error.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::root_mean_squared_log_error;
using state = root_mean_squared_log_error::state_type;

static_assert(leeway::Metric<root_mean_squared_log_error>);

TEST_CASE("root mean squared logarithmic error equals its definition in many digits") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("regression_losses")) {
        if (!from.has("root_mean_squared_log_error")) continue;
        oracle::check(from, "root_mean_squared_log_error",
                      root_mean_squared_log_error{}(oracle::regressed<state>(from)), seen);
    }
    CHECK(seen.values >= 200);
    CHECK(seen.undefined == 2);
}

TEST_CASE("root mean squared logarithmic error keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            root_mean_squared_log_error{}, [] { return state(); },
            laws::regression_rows(300, weighted));
    }
}
