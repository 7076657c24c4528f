#include "leeway/metrics/mean_error.hpp"

#include "laws/metric.hpp"
#include "leeway/accumulators/error_extrema.hpp"
#include "oracle/metrics_interval.hpp"
#include "oracle/metrics_states.hpp"

using leeway::mean_error;
using state = mean_error::state_type;

static_assert(leeway::Metric<mean_error>);

namespace {

/// The errors' own size: their mean may be far below it.
double largest(const oracle::metric_case& from) {
    const auto extrema = oracle::regressed<leeway::error_extrema>(from);
    return extrema.rows() == 0 ? 0.0 : std::max(std::fabs(extrema.smallest()), extrema.largest());
}

}  // namespace

TEST_CASE("mean error equals its definition in many digits") {
    oracle::tally seen;
    std::size_t intervals = 0;
    const mean_error metric;
    for (const auto& from : oracle::metric_cases("regression_moments")) {
        oracle::check_with_interval(from, leeway::key_of(metric),
                                    metric(oracle::regressed<state>(from)), seen, intervals, 1e-9,
                                    1e-13 * largest(from));
    }
    CHECK(seen.values >= 330);
    CHECK(seen.undefined >= 2);
    CHECK(intervals >= 323);
}

TEST_CASE("mean error keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            mean_error{}, [] { return state(); }, laws::regression_rows(300, weighted));
    }
}

TEST_CASE("the mean of errors of which one overflows is out of range") {
    state rows;
    rows.update({.target = 1, .prediction = 2});
    rows.update({.target = -1.7e308, .prediction = 1.7e308});
    CHECK(mean_error{}(rows).reason() == leeway::undefined::out_of_range);
}
