#include "leeway/metrics/brier_uncertainty.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::brier_uncertainty;
using state = brier_uncertainty::state_type;

static_assert(leeway::Metric<brier_uncertainty>);

TEST_CASE("uncertainty of the Brier score equals the oracle's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("calibration")) {
        // Differences of sums: 1e-15 of the sums.
        oracle::check(from, "brier_uncertainty", brier_uncertainty{}(oracle::scored(from, state())),
                      seen, 1e-14);
    }
    CHECK(seen.values >= 310);
    CHECK(seen.undefined >= 2);
}

TEST_CASE("the interval of uncertainty of the Brier score equals the oracle's") {
    std::size_t compared = 0;
    for (const auto& from : oracle::metric_cases("calibration")) {
        compared += oracle::check_ends(from, "brier_uncertainty",
                                       brier_uncertainty{}(oracle::scored(from, state())))
                        ? 1u
                        : 0u;
    }
    CHECK(compared >= 250);
}

TEST_CASE("uncertainty reaches a quarter when half is within the share's interval") {
    state bins;
    for (int i = 0; i < 20; ++i) bins.update({.label = i < 9 ? 1 : 0, .score = 0.3});
    CHECK(brier_uncertainty{}(bins).value() == Approx(0.45 * 0.55));
    CHECK(brier_uncertainty{}(bins).upper() == 0.25);
}

TEST_CASE("uncertainty of the Brier score keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            brier_uncertainty{}, [] { return state(); }, laws::probability_rows(300, weighted));
    }
}
