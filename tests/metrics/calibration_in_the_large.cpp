#include "leeway/metrics/calibration_in_the_large.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::calibration_in_the_large;
using leeway::scored_outcomes;

static_assert(leeway::Metric<calibration_in_the_large>);

TEST_CASE("calibration in the large equals the oracle's") {
    oracle::tally seen;
    std::size_t intervals = 0;
    for (const auto& from : oracle::metric_cases("recalibration")) {
        const auto e = calibration_in_the_large{}(oracle::scored(from, scored_outcomes()));
        // The figure moves by 1e-16 over the curvature of the likelihood.
        oracle::check(from, "calibration_in_the_large", e, seen, 1e-10);
        if (e) intervals += oracle::check_ends(from, "calibration_in_the_large", e) ? 1u : 0u;
    }
    CHECK(seen.values >= 220);
    CHECK(seen.undefined >= 10);
    CHECK(intervals == seen.values);
}

TEST_CASE("calibration in the large needs scores that have a logit") {
    scored_outcomes rows;
    CHECK(calibration_in_the_large{}(rows).reason() == leeway::undefined::empty);
    rows.update({.label = 1, .score = 0.5});
    rows.update({.label = 1, .score = 0.25});
    CHECK(calibration_in_the_large{}(rows).reason() == leeway::undefined::one_class);
    rows.update({.label = 0, .score = 0});
    CHECK(calibration_in_the_large{}(rows).reason() == leeway::undefined::out_of_range);
    CHECK(calibration_in_the_large{}(rows).weight() == 3);
}

TEST_CASE("the interval of calibration in the large covers the truth as often as it says") {
    leeway::random_source random(8);
    int covered = 0;
    constexpr int samples = 1000;
    for (int sample = 0; sample < samples; ++sample) {
        scored_outcomes rows;
        for (int row = 0; row < 300; ++row) {
            const double score = 1 / (1 + std::exp(-random.normal()));
            rows.update({.label = random.bernoulli(score) ? 1 : 0, .score = score});
        }
        const auto e = calibration_in_the_large{}(rows);
        covered += e.lower() <= 0 && 0 <= e.upper() ? 1 : 0;
    }
    // 95 %, give or take 2 % (three deviations).
    CHECK(covered > 930);
    CHECK(covered < 971);
}

TEST_CASE("calibration in the large keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            calibration_in_the_large{}, [] { return scored_outcomes(); },
            laws::probability_rows(300, weighted), 1e-10);
    }
}
