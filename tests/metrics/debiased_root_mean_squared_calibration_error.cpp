#include "leeway/metrics/debiased_root_mean_squared_calibration_error.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"
#include "support/calibration_model.hpp"

using leeway::debiased_root_mean_squared_calibration_error;
using state = debiased_root_mean_squared_calibration_error::state_type;

static_assert(leeway::Metric<debiased_root_mean_squared_calibration_error>);

TEST_CASE("debiased root mean squared calibration error equals the oracle's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("calibration")) {
        // Differences of sums: 1e-15 of the sums.
        oracle::check(from, "debiased_root_mean_squared_calibration_error",
                      debiased_root_mean_squared_calibration_error{}(oracle::scored(from, state())),
                      seen, 1e-9);
    }
    CHECK(seen.values >= 240);
    CHECK(seen.undefined >= 2);
}

TEST_CASE("the sum under the root has no bias") {
    const calibration_model model{0.15};
    const double truth = model.norm(10);
    double squares = 0;
    leeway::random_source random(6);
    constexpr int samples = 2000;
    for (int sample = 0; sample < samples; ++sample) {
        const state bins = model.draw(random, 500, 10);
        squares += std::pow(debiased_root_mean_squared_calibration_error{}(bins).value(), 2);
    }
    // Not clipped at 0 here; the spread of one square is about 0.004, of the mean 0.0001.
    CHECK(squares / samples == Approx(truth * truth).margin(4e-4));
}

TEST_CASE("bins of single rows say too little") {
    state bins(10);
    bins.update({.label = 1, .score = 0.15});
    bins.update({.label = 0, .score = 0.75});
    const leeway::estimate e = debiased_root_mean_squared_calibration_error{}(bins);
    CHECK(e.reason() == leeway::undefined::too_little_data);
    CHECK(e.weight() == 2);
}

TEST_CASE("debiased root mean squared calibration error keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            debiased_root_mean_squared_calibration_error{}, [] { return state(); },
            laws::probability_rows(300, weighted), 1e-12, false);
    }
}
