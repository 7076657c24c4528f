#include "leeway/evaluation/diebold_mariano.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "leeway/core/random.hpp"
#include "oracle/metrics_table.hpp"

using leeway::diebold_mariano;
using leeway::undefined;

TEST_CASE("the Diebold-Mariano test equals its definition in NumPy and SciPy") {
    std::size_t damped = 0;
    for (const auto& from : oracle::metric_cases("diebold_mariano")) {
        const auto first = from.numbers("first");
        const auto second = from.numbers("second");
        const auto result = diebold_mariano(
            first, second, static_cast<std::size_t>(from.integers("horizon").at(0)));
        INFO("case '" << from.name << "'");
        REQUIRE(result.defined());
        const auto check = [&](const char* key, double value, double tolerance) {
            INFO(key << ": " << value);
            const double expected = from.numbers(key).at(0);
            CHECK(value == Approx(expected).epsilon(tolerance).scale(0));
        };
        // A mean near 0 and a variance that nearly cancels keep fewer digits in NumPy's plain sums.
        check("statistic", result.statistic, 1e-9);
        check("p_value", result.p_value, 1e-9);
        check("difference", result.difference.value(), 1e-9);
        check("lower", result.difference.lower(), 1e-8);
        check("upper", result.difference.upper(), 1e-8);
        check("long_run_variance", result.long_run_variance, 1e-9);
        CHECK(result.bartlett == (from.numbers("bartlett").at(0) == 1));
        CHECK((result.p_value < 0.05) ==
              (result.difference.lower() > 0 || result.difference.upper() < 0));
        damped += result.bartlett ? 1 : 0;
    }
    CHECK(damped >= 20);
}

TEST_CASE("the Diebold-Mariano test is that of forecast::dm.test") {
    std::size_t tested = 0, damped = 0;
    for (const auto& from : oracle::metric_cases("diebold_mariano_r")) {
        const double power = from.numbers("power").at(0);
        const auto losses = [&](const char* key) {
            auto column = from.numbers(key);
            for (double& error : column) error = std::pow(std::fabs(error), power);
            return column;
        };
        const auto result =
            diebold_mariano(losses("first"), losses("second"),
                            static_cast<std::size_t>(from.integers("horizon").at(0)));
        INFO("case '" << from.name << "'");
        if (from.expected("statistic") == "undefined zero denominator") {
            CHECK(result.reason == undefined::zero_denominator);
            continue;
        }
        REQUIRE(result.defined());
        ++tested;
        // Covariances that nearly cancel, of losses up to the power 3, leave R's sums 9 digits.
        CHECK(result.statistic ==
              Approx(from.numbers("statistic").at(0)).epsilon(1e-8).margin(1e-12));
        CHECK(result.p_value == Approx(from.numbers("p_value").at(0)).epsilon(1e-8));
        CHECK(result.bartlett == (from.numbers("bartlett").at(0) == 1));
        damped += result.bartlett ? 1 : 0;
    }
    CHECK(tested >= 335);
    CHECK(damped >= 15);
}

TEST_CASE("exchanging the forecasts turns the sign") {
    const auto& from = oracle::metric_cases("diebold_mariano").at(7);
    const auto first = from.numbers("first");
    const auto second = from.numbers("second");
    const auto one = diebold_mariano(first, second, 2);
    const auto other = diebold_mariano(second, first, 2);
    CHECK(one.statistic == -other.statistic);
    CHECK(one.p_value == other.p_value);
    CHECK(one.difference.lower() == -other.difference.upper());
}

TEST_CASE("equal forecasts are told apart as rarely as promised", "[simulation]") {
    leeway::random_source random(19);
    int told = 0;
    for (int sample = 0; sample < 4000; ++sample) {
        std::vector<double> first, second;
        for (int t = 0; t < 60; ++t) {
            first.push_back(std::fabs(random.normal()));
            second.push_back(std::fabs(random.normal()));
        }
        told += diebold_mariano(first, second).p_value < 0.05 ? 1 : 0;
    }
    // 5 % is 200 of 4,000, give or take 42 (three deviations).
    CHECK(told > 158);
    CHECK(told < 242);
}

TEST_CASE("the Diebold-Mariano test has a reason where there is no statistic") {
    const std::vector<double> ones(5, 1.0), two{1, 2}, other{2, 4};
    CHECK(diebold_mariano({}, {}).reason == undefined::empty);
    CHECK(diebold_mariano(two, other, 2).reason == undefined::too_little_data);
    CHECK(diebold_mariano(two, other, 2).difference.value() == -1.5);
    CHECK(diebold_mariano(ones, ones).reason == undefined::zero_denominator);
    CHECK_FALSE(diebold_mariano(ones, ones).difference.has_interval());
    CHECK(diebold_mariano(two, other).defined());
    const std::vector<double> vast{1e308, 1.7e308}, low{-1e308, -1.7e308};
    CHECK(diebold_mariano(vast, low).reason == undefined::out_of_range);
    const std::vector<double> large{1e300, 3e300};
    CHECK(diebold_mariano(large, two).reason == undefined::out_of_range);
}

TEST_CASE("losses that cannot be compared raise") {
    const std::vector<double> two{1, 2}, three{1, 2, 3};
    const std::vector<double> gap{1, std::numeric_limits<double>::quiet_NaN()};
    CHECK_THROWS_AS(diebold_mariano(two, three), std::invalid_argument);
    CHECK_THROWS_AS(diebold_mariano(two, two, 0), std::invalid_argument);
    CHECK_THROWS_WITH(diebold_mariano(two, gap),
                      "diebold_mariano: second_losses[1] is nan, expected a finite number");
}

TEST_CASE("losses apart by a constant do not vary, whatever rounding makes of them") {
    const auto check = [](const std::vector<double>& first, const std::vector<double>& second,
                          double apart) {
        const auto result = diebold_mariano(first, second);
        CHECK(result.reason == undefined::zero_denominator);
        CHECK(result.p_value == 1);
        CHECK(result.difference.value() == Approx(apart));
        CHECK(result.difference.interval_reason() == undefined::no_variation);
    };
    check({.3, .4, .5, .6}, {.2, .3, .4, .5}, 0.1);
    std::vector<double> loss, shifted;
    for (int i = 1; i < 100; ++i) {
        loss.push_back(-std::log(i / 100.0));
        shifted.push_back(loss.back() + 0.1);
    }
    check(loss, shifted, -0.1);
    // What varies by more is tested.
    CHECK(diebold_mariano(std::vector<double>{.3, .4, .5 + 1e-12}, std::vector<double>{.2, .3, .4})
              .defined());
}
