#include "leeway/metrics/reliability_curve.hpp"

#include "laws/samples.hpp"
#include "oracle/metrics_states.hpp"

using leeway::calibration_bins;

TEST_CASE("a reliability curve has a point for each bin with rows") {
    calibration_bins bins(4);
    bins.update({.label = 1, .score = 0.75});
    bins.update({.label = 0, .score = 1});
    bins.update({.label = 0, .score = 0.125, .weight = 4});
    const auto curve = leeway::reliability_curve(bins);
    REQUIRE(curve.size() == 2);
    CHECK(curve[0].lower_edge == 0);
    CHECK(curve[0].upper_edge == 0.25);
    CHECK(curve[0].mean_score == 0.125);
    CHECK(curve[0].rate.value() == 0);
    CHECK(curve[0].rate.weight() == 4);
    CHECK(curve[1].lower_edge == 0.75);
    CHECK(curve[1].upper_edge == 1);
    CHECK(curve[1].mean_score == 0.875);
    CHECK(curve[1].rate.value() == 0.5);
    // scipy.stats.binomtest(1, 2).proportion_ci(0.95, "wilson"), and (0, 1).
    CHECK(curve[1].rate.lower() == Approx(0.09453120573423074).epsilon(1e-12));
    CHECK(curve[1].rate.upper() == Approx(0.9054687942657693).epsilon(1e-12));
    CHECK(curve[0].rate.upper() == Approx(0.7934506856227626).epsilon(1e-12));
    CHECK(leeway::reliability_curve(calibration_bins()).empty());
}

TEST_CASE("the calibration error is the curve's mean distance") {
    std::size_t compared = 0;
    for (const auto& from : oracle::metric_cases("calibration")) {
        double weight = 0, distance = 0;
        for (const auto& point :
             leeway::reliability_curve(oracle::scored(from, calibration_bins()))) {
            weight += point.rate.weight();
            distance += point.rate.weight() * std::fabs(point.mean_score - point.rate.value());
            CHECK(point.lower_edge <= point.mean_score);
            CHECK(point.mean_score <= point.upper_edge);
        }
        if (weight == 0) continue;
        CHECK(
            distance / weight ==
            Approx(from.numbers("expected_calibration_error").at(0)).epsilon(1e-12).margin(1e-14));
        ++compared;
    }
    CHECK(compared >= 310);
}

TEST_CASE("a point's interval narrows with confidence") {
    calibration_bins bins;
    for (const auto& row : laws::probability_rows(300, true)) bins.update(row);
    const auto sure = leeway::reliability_curve(bins, leeway::confidence_90);
    const auto surer = leeway::reliability_curve(bins, leeway::confidence_99);
    REQUIRE(sure.size() == surer.size());
    for (std::size_t i = 0; i < sure.size(); ++i) {
        CHECK(sure[i].rate.confidence() == 0.90);
        CHECK(surer[i].rate.lower() < sure[i].rate.lower());
    }
}
