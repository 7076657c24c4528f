#include "leeway/metrics/kendall_tau.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_interval.hpp"
#include "oracle/metrics_states.hpp"

using leeway::kendall_tau;
using state = kendall_tau::state_type;

static_assert(leeway::Metric<kendall_tau>);

TEST_CASE("Kendall tau equals its definition the slow way") {
    oracle::tally seen;
    std::size_t intervals = 0;
    const kendall_tau metric;
    for (const auto& from : oracle::metric_cases("regression_pairs")) {
        oracle::check_with_interval(from, leeway::key_of(metric),
                                    metric(oracle::regressed<state>(from)), seen, intervals, 1e-8,
                                    1e-12);
    }
    CHECK(seen.values >= 270);
    CHECK(seen.undefined >= 20);
    CHECK(intervals >= 120);
}

TEST_CASE("Kendall tau of many rows is that of all pairs") {
    leeway::random_source random(8);
    state rows;
    std::vector<leeway::regression_outcome> all;
    for (int i = 0; i < 600; ++i) {
        const double x = random.normal();
        all.push_back({std::floor(4 * x), std::floor(3 * (x + random.normal())), i % 3 + 0.5});
        rows.update(all.back());
    }
    double ordered = 0, t = 0, p = 0;
    for (const auto& a : all) {
        for (const auto& b : all) {
            const double w = a.weight * b.weight;
            const int s = (a.target > b.target) - (a.target < b.target);
            const int q = (a.prediction > b.prediction) - (a.prediction < b.prediction);
            ordered += w * s * q;
            t += w * s * s;
            p += w * q * q;
        }
    }
    CHECK(kendall_tau{}(rows).value() == Approx(ordered / std::sqrt(t * p)).epsilon(1e-13));
}

TEST_CASE("Kendall tau keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            kendall_tau{}, [] { return state(); }, laws::regression_rows(300, weighted));
    }
}
