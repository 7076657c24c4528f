#include "leeway/metrics/root_mean_squared_error.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::root_mean_squared_error;
using state = root_mean_squared_error::state_type;

static_assert(leeway::Metric<root_mean_squared_error>);

TEST_CASE("root mean squared error equals scikit-learn's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("regression")) {
        oracle::check(from, "root_mean_squared_error",
                      root_mean_squared_error{}(oracle::regressed<state>(from)), seen);
    }
    CHECK(seen.values >= 300);
    CHECK(seen.undefined == 2);
}

TEST_CASE("its interval is the delta method's, to first order") {
    state losses;
    for (const auto& row : laws::regression_rows(200'000, false)) losses.update(row);
    const leeway::estimate e = root_mean_squared_error{}(losses);
    const double by_delta = leeway::confidence_95.critical *
                            std::sqrt(losses.variance() / losses.weight()) / (2 * e.value());
    CHECK(e.upper() - e.value() == Approx(by_delta).epsilon(0.01));
    CHECK(e.value() - e.lower() == Approx(by_delta).epsilon(0.01));
}

TEST_CASE("root mean squared error keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            root_mean_squared_error{}, [] { return state(); },
            laws::regression_rows(300, weighted));
    }
}

TEST_CASE("root mean squared error of the moments is the root of theirs") {
    leeway::regression_moments moments;
    for (const auto& row : laws::regression_rows(50, true)) moments.update(row);
    const leeway::estimate root = leeway::root_mean_squared_error{}(moments);
    const leeway::estimate square = leeway::mean_squared_error{}(moments);
    CHECK(root.value() == std::sqrt(square.value()));
    CHECK(root.upper() == std::sqrt(square.upper()));
}

TEST_CASE("errors whose squares vanish are out of range, and not 0") {
    for (const double scale : {1e-100, 1e-130, 1e-140, 1e-165, 1e-300}) {
        CAPTURE(scale);
        leeway::mean_loss<leeway::loss::squared_error> losses;
        leeway::regression_moments moments;
        for (int i = 0; i < 4; ++i) {
            losses.update({.target = scale, .prediction = i % 2 * 4 * scale});  // 1 and 3
            moments.update({.target = scale, .prediction = i % 2 * 4 * scale});
        }
        for (const leeway::estimate& figure :
             {root_mean_squared_error{}(losses), root_mean_squared_error{}(moments)}) {
            if (scale >= 1e-130) {
                CHECK(figure.value() / scale == Approx(std::sqrt(5.0)).epsilon(1e-13));
                CHECK_FALSE(figure.has_interval());  // fourth powers below 1e-271
            } else {
                CHECK(figure.reason() == leeway::undefined::out_of_range);
            }
        }
    }
    leeway::mean_loss<leeway::loss::squared_error> none;
    none.update({.target = 1e-165, .prediction = 1e-165});
    CHECK(root_mean_squared_error{}(none).value() == 0);
}
