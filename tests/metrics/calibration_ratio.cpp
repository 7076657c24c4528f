#include "leeway/metrics/calibration_ratio.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::calibration_ratio;
using state = calibration_ratio::state_type;

static_assert(leeway::Metric<calibration_ratio>);

TEST_CASE("calibration ratio equals the oracle's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("calibration")) {
        // Differences of sums: 1e-15 of the sums.
        oracle::check(from, "calibration_ratio", calibration_ratio{}(oracle::scored(from, state())),
                      seen, 1e-14);
    }
    CHECK(seen.values >= 240);
    CHECK(seen.undefined >= 2);
}

TEST_CASE("the interval of calibration ratio equals the oracle's") {
    std::size_t compared = 0;
    for (const auto& from : oracle::metric_cases("calibration")) {
        compared += oracle::check_ends(from, "calibration_ratio",
                                       calibration_ratio{}(oracle::scored(from, state())))
                        ? 1u
                        : 0u;
    }
    CHECK(compared >= 240);
}

TEST_CASE("the number of bins does not matter") {
    state one(1), many(50);
    for (const auto& row : laws::probability_rows(200, true)) {
        one.update(row);
        many.update(row);
    }
    CHECK(calibration_ratio{}(one).value() == Approx(calibration_ratio{}(many).value()));
    CHECK(calibration_ratio{}(one).lower() == Approx(calibration_ratio{}(many).lower()));
}

TEST_CASE("calibration ratio keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            calibration_ratio{}, [] { return state(); }, laws::probability_rows(300, weighted));
    }
}
