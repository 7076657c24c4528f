#include "leeway/metrics/root_mean_squared_scaled_error.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::naive_scale;
using leeway::root_mean_squared_scaled_error;
using state = root_mean_squared_scaled_error::state_type;

static_assert(leeway::Metric<root_mean_squared_scaled_error>);

TEST_CASE("root mean squared scaled error equals its definition in rationals") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("forecasts")) {
        const auto training = from.numbers("training");
        const auto season = static_cast<std::size_t>(from.integers("season").at(0));
        const root_mean_squared_scaled_error metric{naive_scale::of(training, season)};
        oracle::check(from, "root_mean_squared_scaled_error",
                      metric(oracle::regressed<state>(from)), seen);
    }
    CHECK(seen.values >= 190);
    CHECK(seen.undefined >= 60);
}

TEST_CASE("root mean squared scaled error without a scale is undefined") {
    state rows;
    rows.update({.target = 1, .prediction = 2});
    CHECK(root_mean_squared_scaled_error{}(rows).reason() == leeway::undefined::too_little_data);
}

TEST_CASE("root mean squared scaled error keeps the laws of a metric") {
    const root_mean_squared_scaled_error metric{
        naive_scale{.absolute = 0.7, .squared = 0.9, .differences = 10}};
    for (const bool weighted : {false, true}) {
        laws::metric(
            metric, [] { return state(); }, laws::regression_rows(300, weighted));
    }
}
