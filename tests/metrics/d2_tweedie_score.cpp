#include "leeway/metrics/d2_tweedie_score.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_interval.hpp"
#include "oracle/metrics_states.hpp"

using leeway::d2_tweedie_score;
using state = d2_tweedie_score::state_type;

static_assert(leeway::Metric<d2_tweedie_score>);

TEST_CASE("D2 of the Tweedie deviance equals its definition the slow way") {
    oracle::tally seen;
    std::size_t intervals = 0;
    for (const double power : {0.0, 1.0, 1.5, 2.0}) {
        const d2_tweedie_score metric{power};
        for (const auto& from : oracle::metric_cases("regression_pairs")) {
            oracle::check_with_interval(from, leeway::key_of(metric),
                                        metric(oracle::regressed<state>(from)), seen, intervals,
                                        1e-7, 3e-12);
        }
    }
    CHECK(seen.values >= 700);
    CHECK(seen.undefined >= 200);
    CHECK(intervals >= 700);
}

TEST_CASE("a power of no distribution raises and rows outside it are out of range") {
    CHECK_THROWS_AS(d2_tweedie_score{0.5}(state()), std::invalid_argument);
    state rows;
    rows.update({.target = 1, .prediction = 2});
    rows.update({.target = 0, .prediction = 2});
    CHECK(d2_tweedie_score{1.5}(rows).defined());
    CHECK(d2_tweedie_score{2}(rows).reason() == leeway::undefined::out_of_range);
    rows.update({.target = 1, .prediction = 0});
    CHECK(d2_tweedie_score{1.5}(rows).reason() == leeway::undefined::out_of_range);
    CHECK(d2_tweedie_score{0}(rows).defined());
}

TEST_CASE("D2 of the Tweedie deviance keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            d2_tweedie_score{}, [] { return state(); }, laws::regression_rows(300, weighted));
    }
}
