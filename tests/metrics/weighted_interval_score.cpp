#include "leeway/metrics/weighted_interval_score.hpp"

#include "laws/metric.hpp"
#include "leeway/metrics/winkler_score.hpp"
#include "oracle/metrics_states.hpp"
#include "support/forecast_rows.hpp"

using leeway::weighted_interval_score;
using state = weighted_interval_score::state_type;

static_assert(leeway::Metric<weighted_interval_score>);

TEST_CASE("weighted interval score equals the oracle's") {
    oracle::tally seen;
    std::size_t intervals = 0;
    for (const auto& from : oracle::metric_cases("quantiles")) {
        const auto e = weighted_interval_score{}(oracle::quantiles<state>(from));
        oracle::check(from, "weighted_interval_score", e, seen);
        intervals += oracle::check_ends(from, "weighted_interval_score", e) ? 1u : 0u;
    }
    CHECK(seen.values >= 300);
    CHECK(seen.undefined == 2);
    CHECK(intervals >= 200);
}

TEST_CASE("it is the weighted mean of interval scores and the distance to the median") {
    leeway::random_source random(9);
    for (int round = 0; round < 50; ++round) {
        std::vector<double> q;
        for (int i = 0; i < 5; ++i) q.push_back(random.normal());
        std::sort(q.begin(), q.end());
        const double levels[] = {0.05, 0.25, 0.5, 0.75, 0.95};
        const double y = random.normal();
        state one;
        one.update({y, levels, q});
        leeway::interval_losses outer, inner;
        outer.update({y, q[0], q[4]});
        inner.update({y, q[1], q[3]});
        const double expected =
            (std::fabs(y - q[2]) / 2 + 0.1 / 2 * leeway::winkler_score{0.1}(outer).value() +
             0.5 / 2 * leeway::winkler_score{0.5}(inner).value()) /
            2.5;
        CHECK(weighted_interval_score{}(one).value() == Approx(expected).epsilon(1e-13));
    }
}

TEST_CASE("weighted interval score keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            weighted_interval_score{}, [] { return state(); },
            forecast_rows::quantiles(200, weighted));
    }
}
