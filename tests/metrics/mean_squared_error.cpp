#include "leeway/metrics/mean_squared_error.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::mean_squared_error;
using state = mean_squared_error::state_type;

static_assert(leeway::Metric<mean_squared_error>);

TEST_CASE("mean squared error equals scikit-learn's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("regression")) {
        oracle::check(from, "mean_squared_error",
                      mean_squared_error{}(oracle::regressed<state>(from)), seen);
    }
    CHECK(seen.values >= 300);
    CHECK(seen.undefined == 2);
}

TEST_CASE("mean squared error keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            mean_squared_error{}, [] { return state(); }, laws::regression_rows(300, weighted));
    }
}

TEST_CASE("the interval of a mean is the large-sample one") {
    // Losses 1, 4, 9, 16: mean 7.5, sample variance 43, standard error sqrt(43 / 4).
    state losses;
    for (const double error : {1.0, -2.0, 3.0, -4.0}) {
        losses.update({.target = error, .prediction = 0});
    }
    const leeway::estimate e = mean_squared_error{}(losses);
    const double half = leeway::confidence_95.critical * std::sqrt(43.0 / 4);
    CHECK(e.value() == 7.5);
    CHECK(e.upper() == Approx(7.5 + half));
    CHECK(e.lower() == Approx(7.5 - half));
}

TEST_CASE("a square that overflows makes the mean infinite, not wrong") {
    state losses;
    losses.update({.target = 1e200, .prediction = -1e200});
    losses.update({.target = 1, .prediction = 2});
    const leeway::estimate e = mean_squared_error{}(losses);
    CHECK(std::isinf(e.value()));
    CHECK(!e.has_interval());
}
