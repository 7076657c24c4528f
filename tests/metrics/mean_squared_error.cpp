#include "leeway/metrics/mean_squared_error.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"
#include "support/implied_t.hpp"

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
    CHECK(e.value() == 7.5);
    leeway_tests::check_ends(e, std::sqrt(43.0 / 4),
                             leeway::student_critical(leeway::confidence_95.critical, 3),
                             mean_squared_error::info);
}

TEST_CASE("a square that overflows makes the mean infinite, not wrong") {
    state losses;
    losses.update({.target = 1e200, .prediction = -1e200});
    losses.update({.target = 1, .prediction = 2});
    const leeway::estimate e = mean_squared_error{}(losses);
    CHECK(std::isinf(e.value()));
    CHECK(!e.has_interval());
}

TEST_CASE("mean squared error of the moments is that of the losses") {
    CHECK(mean_squared_error{}(leeway::regression_moments()).reason() == leeway::undefined::empty);
    for (const bool weighted : {false, true}) {
        state losses;
        leeway::regression_moments moments;
        for (const auto& row : laws::regression_rows(500, weighted, 1e9)) {
            losses.update(row);
            moments.update(row);
            const leeway::estimate one = mean_squared_error{}(moments);
            const leeway::estimate other = mean_squared_error{}(losses);
            REQUIRE(one.has_interval() == other.has_interval());
            CHECK(one.value() == Approx(other.value()).epsilon(1e-14).scale(0));
            CHECK(one.weight() == other.weight());
            if (!one.has_interval()) continue;  // the first row
            CHECK(one.upper() == Approx(other.upper()).epsilon(1e-12).scale(0));
            CHECK(one.lower() == Approx(other.lower()).epsilon(1e-12).margin(1e-12));
        }
    }
    leeway::regression_moments alike;
    for (int i = 0; i < 10; ++i) alike.update({.target = 0.1 * i, .prediction = 0.1 * i + 0.3});
    const leeway::estimate e = mean_squared_error{}(alike);
    CHECK(e.interval_reason() == leeway::undefined::no_variation);  // but for the last places
    alike.update({.target = 1e200, .prediction = 0});
    CHECK(std::isinf(mean_squared_error{}(alike).value()));
    CHECK_FALSE(mean_squared_error{}(alike).has_interval());
}
