#include "leeway/metrics/maximum_calibration_error.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"
#include "support/calibration_model.hpp"

using leeway::maximum_calibration_error;
using state = maximum_calibration_error::state_type;

static_assert(leeway::Metric<maximum_calibration_error>);

TEST_CASE("maximum calibration error equals the oracle's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("calibration")) {
        // Differences of sums: 1e-15 of the sums.
        oracle::check(from, "maximum_calibration_error",
                      maximum_calibration_error{}(oracle::scored(from, state())), seen, 1e-14);
    }
    CHECK(seen.values >= 310);
    CHECK(seen.undefined >= 2);
}

TEST_CASE("the interval of maximum calibration error equals the oracle's") {
    std::size_t compared = 0;
    for (const auto& from : oracle::metric_cases("calibration")) {
        compared += oracle::check_ends(from, "maximum_calibration_error",
                                       maximum_calibration_error{}(oracle::scored(from, state())))
                        ? 1u
                        : 0u;
    }
    CHECK(compared >= 250);
}

TEST_CASE("maximum calibration error covers the truth, and reaches 0 where all is well",
          "[simulation]") {
    const calibration_model well{0.0}, off{0.15};
    for (const int rows : {50, 1000}) {
        CHECK(coverage<maximum_calibration_error>(well, rows, 10, well.maximum(10)) >= 0.945);
        CHECK(coverage<maximum_calibration_error>(off, rows, 10, off.maximum(10)) >= 0.945);
    }
}

TEST_CASE("maximum calibration error keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            maximum_calibration_error{}, [] { return state(); },
            laws::probability_rows(300, weighted));
    }
}
