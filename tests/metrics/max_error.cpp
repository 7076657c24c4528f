#include "leeway/metrics/max_error.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_interval.hpp"
#include "oracle/metrics_states.hpp"

using leeway::max_error;
using state = max_error::state_type;

static_assert(leeway::Metric<max_error>);

TEST_CASE("maximum error equals its definition in many digits") {
    oracle::tally seen;
    std::size_t intervals = 0;
    const max_error metric;
    for (const auto& from : oracle::metric_cases("regression_moments")) {
        oracle::check_with_interval(from, leeway::key_of(metric),
                                    metric(oracle::regressed<state>(from)), seen, intervals, 1e-9,
                                    0);
    }
    CHECK(seen.values >= 330);
    CHECK(seen.undefined >= 2);
    CHECK(intervals == 0);
}

TEST_CASE("maximum error keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            max_error{}, [] { return state(); }, laws::regression_rows(300, weighted));
    }
}

TEST_CASE("an error that overflows is the largest") {
    state rows;
    rows.update({.target = 1, .prediction = 2});
    rows.update({.target = -1.7e308, .prediction = 1.7e308});
    CHECK(max_error{}(rows).value() == laws::infinite);
    CHECK(max_error{}(rows).weight() == 2);
}
