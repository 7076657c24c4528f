#include "leeway/metrics/debiased_expected_calibration_error.hpp"

#include "laws/metric.hpp"
#include "leeway/metrics/expected_calibration_error.hpp"
#include "oracle/metrics_states.hpp"
#include "support/calibration_model.hpp"

using leeway::debiased_expected_calibration_error;
using state = debiased_expected_calibration_error::state_type;

static_assert(leeway::Metric<debiased_expected_calibration_error>);

TEST_CASE("debiased expected calibration error equals the oracle's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("calibration")) {
        // Differences of sums: 1e-15 of the sums.
        oracle::check(from, "debiased_expected_calibration_error",
                      debiased_expected_calibration_error{}(oracle::scored(from, state())), seen,
                      1e-14);
    }
    CHECK(seen.values >= 310);
    CHECK(seen.undefined >= 2);
}

TEST_CASE("most of the bias is gone") {
    const calibration_model model{0.05};
    const double truth = model.mean(10);
    double plain = 0, debiased = 0;
    leeway::random_source random(5);
    constexpr int samples = 400;
    for (int sample = 0; sample < samples; ++sample) {
        const state bins = model.draw(random, 200, 10);
        plain += leeway::expected_calibration_error{}(bins).value() / samples;
        debiased += debiased_expected_calibration_error{}(bins).value() / samples;
    }
    CHECK(plain - truth > 0.02);
    CHECK(std::fabs(debiased - truth) < 0.5 * (plain - truth));
}

TEST_CASE("a bin whose labels are alike keeps its gap") {
    state bins(2);
    for (int i = 0; i < 4; ++i) bins.update({.label = 1, .score = 0.75});
    CHECK(debiased_expected_calibration_error{}(bins).value() == 0.25);
}

TEST_CASE("debiased expected calibration error keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            debiased_expected_calibration_error{}, [] { return state(); },
            laws::probability_rows(300, weighted), 1e-12, false);
    }
}
