#include "leeway/metrics/weighted_mean_absolute_percentage_error.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_interval.hpp"
#include "oracle/metrics_states.hpp"

using leeway::weighted_mean_absolute_percentage_error;
using state = weighted_mean_absolute_percentage_error::state_type;

static_assert(leeway::Metric<weighted_mean_absolute_percentage_error>);

TEST_CASE("weighted mean absolute percentage error equals its definition in many digits") {
    oracle::tally seen;
    std::size_t intervals = 0;
    const weighted_mean_absolute_percentage_error metric;
    for (const auto& from : oracle::metric_cases("regression_moments")) {
        oracle::check_with_interval(from, leeway::key_of(metric),
                                    metric(oracle::regressed<state>(from)), seen, intervals, 1e-7,
                                    0);
    }
    CHECK(seen.values >= 325);
    CHECK(seen.undefined >= 3);
    CHECK(intervals >= 320);
}

TEST_CASE("weighted mean absolute percentage error keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            weighted_mean_absolute_percentage_error{}, [] { return state(); },
            laws::regression_rows(300, weighted));
    }
}

TEST_CASE("percentage errors of which one overflows are out of range") {
    state rows;
    rows.update({.target = 1, .prediction = 2});
    rows.update({.target = -1.7e308, .prediction = 1.7e308});
    CHECK(weighted_mean_absolute_percentage_error{}(rows).reason() ==
          leeway::undefined::out_of_range);
}
