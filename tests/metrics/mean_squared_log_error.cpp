#include "leeway/metrics/mean_squared_log_error.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::mean_squared_log_error;
using state = mean_squared_log_error::state_type;

static_assert(leeway::Metric<mean_squared_log_error>);

TEST_CASE("mean squared logarithmic error equals its definition in many digits") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("regression_losses")) {
        if (!from.has("mean_squared_log_error")) continue;
        oracle::check(from, "mean_squared_log_error",
                      mean_squared_log_error{}(oracle::regressed<state>(from)), seen);
    }
    CHECK(seen.values >= 200);
    CHECK(seen.undefined == 2);
}

TEST_CASE("mean squared logarithmic error keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            mean_squared_log_error{}, [] { return state(); }, laws::regression_rows(300, weighted));
    }
}

TEST_CASE("numbers at or below minus one have no logarithmic error") {
    state rows;
    rows.update({.target = -1, .prediction = 1});
    rows.update({.target = 1, .prediction = -1});
    rows.update({.target = -2, .prediction = 1});
    CHECK(rows.rejected().range == 3);
    CHECK(mean_squared_log_error{}(rows).reason() == leeway::undefined::empty);
}
