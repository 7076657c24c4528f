#include "leeway/metrics/d2_absolute_error_score.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_interval.hpp"
#include "oracle/metrics_states.hpp"

using leeway::d2_absolute_error_score;
using state = d2_absolute_error_score::state_type;

static_assert(leeway::Metric<d2_absolute_error_score>);

TEST_CASE("D2 of the absolute error equals its definition the slow way") {
    oracle::tally seen;
    std::size_t intervals = 0;
    const d2_absolute_error_score metric;
    for (const auto& from : oracle::metric_cases("regression_pairs")) {
        oracle::check_with_interval(from, leeway::key_of(metric),
                                    metric(oracle::regressed<state>(from)), seen, intervals, 1e-8,
                                    1e-12);
    }
    CHECK(seen.values >= 280);
    CHECK(seen.undefined >= 10);
    CHECK(intervals >= 280);
}

TEST_CASE("D2 of the absolute error keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            d2_absolute_error_score{}, [] { return state(); },
            laws::regression_rows(300, weighted));
    }
}
