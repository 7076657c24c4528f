#include "leeway/metrics/winkler_score.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::winkler_score;
using state = winkler_score::state_type;

static_assert(leeway::Metric<winkler_score>);

TEST_CASE("Winkler's score equals the oracle's") {
    for (const double alpha : {0.05, 0.2}) {
        oracle::tally seen;
        std::size_t intervals = 0;
        const winkler_score metric{alpha};
        for (const auto& from : oracle::metric_cases("intervals")) {
            const auto e = metric(oracle::intervals<state>(from));
            oracle::check(from, metric.key(), e, seen);
            intervals += oracle::check_ends(from, metric.key(), e) ? 1u : 0u;
        }
        CHECK(seen.values >= 300);
        CHECK(seen.undefined == 2);
        CHECK(intervals >= 270);
    }
}

TEST_CASE("Winkler's score of intervals of another level") {
    state rows;
    rows.update({.target = 5, .lower = 1, .upper = 4});
    rows.update({.target = 2, .lower = 1, .upper = 4});
    CHECK(winkler_score{0.1}(rows).value() == Approx(3 + 10));
    CHECK(winkler_score{0.5}(rows).value() == Approx(3 + 2));
    CHECK(winkler_score{}.key() == "winkler_score_0.05");
    CHECK(winkler_score{0.2}.key() == "winkler_score_0.2");
    CHECK_THROWS_AS(winkler_score{0}(rows), std::invalid_argument);
    CHECK_THROWS_AS(winkler_score{1}(rows), std::invalid_argument);
    CHECK_THROWS_AS(winkler_score{laws::not_a_number}(rows), std::invalid_argument);
    state one;
    CHECK(winkler_score{}(one).reason() == leeway::undefined::empty);
    one.update({.target = 5, .lower = 1, .upper = 4});
    CHECK(winkler_score{}(one).defined());
    CHECK(!winkler_score{}(one).has_interval());
}

TEST_CASE("the right quantiles score best") {
    leeway::random_source random(4);
    state right, narrow, wide;
    for (int row = 0; row < 20000; ++row) {
        const double target = random.normal();
        right.update({target, -1.2815515655446004, 1.2815515655446004});
        narrow.update({target, -1, 1});
        wide.update({target, -1.7, 1.7});
    }
    CHECK(winkler_score{0.2}(right).value() < winkler_score{0.2}(narrow).value());
    CHECK(winkler_score{0.2}(right).value() < winkler_score{0.2}(wide).value());
}

TEST_CASE("Winkler's score keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            winkler_score{0.2}, [] { return state(); }, laws::interval_rows(300, weighted));
    }
}
