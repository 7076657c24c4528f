#include "leeway/metrics/brier_resolution.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"
#include "support/calibration_model.hpp"

using leeway::brier_resolution;
using state = brier_resolution::state_type;

static_assert(leeway::Metric<brier_resolution>);

TEST_CASE("resolution of the Brier score equals the oracle's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("calibration")) {
        // Differences of sums: 1e-15 of the sums.
        oracle::check(from, "brier_resolution", brier_resolution{}(oracle::scored(from, state())),
                      seen, 1e-14);
    }
    CHECK(seen.values >= 310);
    CHECK(seen.undefined >= 2);
}

TEST_CASE("the interval of resolution of the Brier score equals the oracle's") {
    std::size_t compared = 0;
    for (const auto& from : oracle::metric_cases("calibration")) {
        compared += oracle::check_ends(from, "brier_resolution",
                                       brier_resolution{}(oracle::scored(from, state())))
                        ? 1u
                        : 0u;
    }
    CHECK(compared >= 250);
}

TEST_CASE("resolution is largest where every row is told apart, and covers the truth",
          "[simulation]") {
    state bins;
    for (int i = 0; i < 10; ++i) bins.update({.label = i % 2, .score = i % 2 * 1.0});
    CHECK(brier_resolution{}(bins).value() == 0.25);
    CHECK(brier_resolution{}(bins).upper() == 0.25);
    const calibration_model model{0.05};
    // With no bias but the model's, the rate of a bin is its mean probability.
    for (const int rows : {50, 1000}) {
        CHECK(coverage<brier_resolution>(model, rows, 5, model.resolution(5)) >= 0.945);
    }
}

TEST_CASE("resolution of the Brier score keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            brier_resolution{}, [] { return state(); }, laws::probability_rows(300, weighted));
    }
}
