#include "leeway/metrics/d2_pinball_score.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_interval.hpp"
#include "oracle/metrics_states.hpp"

using leeway::d2_pinball_score;
using state = d2_pinball_score::state_type;

static_assert(leeway::Metric<d2_pinball_score>);

TEST_CASE("D2 of the pinball loss equals its definition the slow way") {
    oracle::tally seen;
    std::size_t intervals = 0;
    for (const double level : {0.1, 0.9}) {
        const d2_pinball_score metric{level};
        for (const auto& from : oracle::metric_cases("regression_pairs")) {
            oracle::check_with_interval(from, leeway::key_of(metric),
                                        metric(oracle::regressed<state>(from)), seen, intervals,
                                        1e-8, 1e-12);
        }
    }
    CHECK(seen.values >= 550);
    CHECK(seen.undefined >= 20);
    CHECK(intervals >= 550);
}

TEST_CASE("a level that is no level raises") {
    CHECK_THROWS_AS(d2_pinball_score{1.0}(state()), std::invalid_argument);
    CHECK_THROWS_AS(d2_pinball_score{laws::not_a_number}(state()), std::invalid_argument);
    CHECK(d2_pinball_score{0.25}.key() == "d2_pinball_score_0.25");
}

TEST_CASE("the best constant has no skill") {
    state rows;
    for (int i = 1; i <= 9; ++i) rows.update({.target = 1.0 * i * i, .prediction = 25});
    CHECK(d2_pinball_score{0.5}(rows).value() == 0);
}

TEST_CASE("D2 of the pinball loss keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            d2_pinball_score{}, [] { return state(); }, laws::regression_rows(300, weighted));
    }
}
