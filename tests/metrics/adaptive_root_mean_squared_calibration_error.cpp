#include "leeway/metrics/adaptive_root_mean_squared_calibration_error.hpp"

#include "laws/metric.hpp"
#include "leeway/metrics/root_mean_squared_calibration_error.hpp"

using leeway::adaptive_root_mean_squared_calibration_error;
using leeway::scored_outcomes;

static_assert(leeway::Metric<adaptive_root_mean_squared_calibration_error>);

// The command line's oracle (tests/cli/oracle.cpp) holds the values against NumPy's.

TEST_CASE("spread evenly, scores have the root mean squared error of bins of equal width") {
    scored_outcomes rows;
    leeway::calibration_bins bins(10);
    leeway::random_source random(2);
    for (int i = 0; i < 500; ++i) {
        const leeway::probability_outcome row{random.bernoulli(0.4) ? 1 : 0, (i + 0.5) / 500};
        rows.update(row);
        bins.update(row);
    }
    const leeway::estimate mass = adaptive_root_mean_squared_calibration_error{}(rows);
    const leeway::estimate width = leeway::root_mean_squared_calibration_error{}(bins);
    CHECK(mass.value() == Approx(width.value()).epsilon(1e-12));
    CHECK(mass.lower() == Approx(width.lower()).epsilon(1e-12));
    CHECK(mass.upper() == Approx(width.upper()).epsilon(1e-12));
}

TEST_CASE("the adaptive root mean squared calibration error refuses what it cannot read") {
    scored_outcomes rows;
    CHECK(adaptive_root_mean_squared_calibration_error{}(rows).reason() ==
          leeway::undefined::empty);
    rows.update({.label = 1, .score = 1.5, .weight = 2});
    CHECK(adaptive_root_mean_squared_calibration_error{}(rows).reason() ==
          leeway::undefined::out_of_range);
    CHECK_THROWS_AS(adaptive_root_mean_squared_calibration_error{0}(rows), std::invalid_argument);
    CHECK(adaptive_root_mean_squared_calibration_error{15}.key() ==
          "adaptive_root_mean_squared_calibration_error_15");
}

TEST_CASE("the adaptive root mean squared calibration error keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            adaptive_root_mean_squared_calibration_error{7}, [] { return scored_outcomes(); },
            laws::probability_rows(300, weighted));
    }
}
