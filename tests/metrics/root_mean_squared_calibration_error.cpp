#include "leeway/metrics/root_mean_squared_calibration_error.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"
#include "support/calibration_model.hpp"

using leeway::root_mean_squared_calibration_error;
using state = root_mean_squared_calibration_error::state_type;

static_assert(leeway::Metric<root_mean_squared_calibration_error>);

TEST_CASE("root mean squared calibration error equals the oracle's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("calibration")) {
        // Differences of sums: 1e-15 of the sums.
        oracle::check(from, "root_mean_squared_calibration_error",
                      root_mean_squared_calibration_error{}(oracle::scored(from, state())), seen,
                      1e-14);
    }
    CHECK(seen.values >= 310);
    CHECK(seen.undefined >= 2);
}

TEST_CASE("the interval of root mean squared calibration error equals the oracle's") {
    std::size_t compared = 0;
    for (const auto& from : oracle::metric_cases("calibration")) {
        compared +=
            oracle::check_ends(from, "root_mean_squared_calibration_error",
                               root_mean_squared_calibration_error{}(oracle::scored(from, state())))
                ? 1u
                : 0u;
    }
    CHECK(compared >= 250);
}

TEST_CASE("root mean squared calibration error covers the truth", "[simulation]") {
    for (const double tilt : {0.0, 0.05, 0.15}) {
        const calibration_model model{tilt};
        for (const int rows : {30, 300, 3000}) {
            CAPTURE(tilt, rows);
            CHECK(coverage<root_mean_squared_calibration_error>(model, rows, 10, model.norm(10)) >=
                  0.945);
        }
    }
}

TEST_CASE("root mean squared calibration error keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            root_mean_squared_calibration_error{}, [] { return state(); },
            laws::probability_rows(300, weighted));
    }
}
