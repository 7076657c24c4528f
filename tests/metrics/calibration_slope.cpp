#include "leeway/metrics/calibration_slope.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::calibration_slope;
using leeway::scored_outcomes;

static_assert(leeway::Metric<calibration_slope>);

TEST_CASE("calibration slope equals the oracle's") {
    oracle::tally seen;
    std::size_t intervals = 0;
    for (const auto& from : oracle::metric_cases("recalibration")) {
        const auto e = calibration_slope{}(oracle::scored(from, scored_outcomes()));
        // The figure moves by 1e-16 over the curvature of the likelihood.
        oracle::check(from, "calibration_slope", e, seen, 1e-10);
        if (e) intervals += oracle::check_ends(from, "calibration_slope", e) ? 1u : 0u;
    }
    CHECK(seen.values >= 220);
    CHECK(seen.undefined >= 10);
    CHECK(intervals == seen.values);
}

TEST_CASE("calibration slope needs classes that overlap") {
    scored_outcomes rows;
    for (const double score : {0.1, 0.2, 0.3}) rows.update({.label = 0, .score = score});
    rows.update({.label = 1, .score = 0.3});
    rows.update({.label = 1, .score = 0.9});
    CHECK(calibration_slope{}(rows).reason() == leeway::undefined::too_little_data);
    rows.update({.label = 1, .score = 0.25});
    CHECK(calibration_slope{}(rows).defined());
    scored_outcomes equal;
    for (int i = 0; i < 6; ++i) equal.update({.label = i % 2, .score = 0.25});
    CHECK(calibration_slope{}(equal).reason() == leeway::undefined::zero_denominator);
}

TEST_CASE("calibration slope needs scores that have a logit") {
    scored_outcomes rows;
    CHECK(calibration_slope{}(rows).reason() == leeway::undefined::empty);
    rows.update({.label = 1, .score = 0.5});
    rows.update({.label = 1, .score = 0.25});
    CHECK(calibration_slope{}(rows).reason() == leeway::undefined::one_class);
    rows.update({.label = 0, .score = 0});
    CHECK(calibration_slope{}(rows).reason() == leeway::undefined::out_of_range);
    CHECK(calibration_slope{}(rows).weight() == 3);
}

TEST_CASE("the interval of calibration slope covers the truth as often as it says") {
    leeway::random_source random(8);
    int covered = 0;
    constexpr int samples = 1000;
    for (int sample = 0; sample < samples; ++sample) {
        scored_outcomes rows;
        for (int row = 0; row < 300; ++row) {
            const double score = 1 / (1 + std::exp(-random.normal()));
            rows.update({.label = random.bernoulli(score) ? 1 : 0, .score = score});
        }
        const auto e = calibration_slope{}(rows);
        covered += e.lower() <= 1 && 1 <= e.upper() ? 1 : 0;
    }
    // 95 %, give or take 2 % (three deviations).
    CHECK(covered > 930);
    CHECK(covered < 971);
}

TEST_CASE("calibration slope keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            calibration_slope{}, [] { return scored_outcomes(); },
            laws::probability_rows(300, weighted), 1e-10);
    }
}
