#include "leeway/accumulators/deviance_losses.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "laws/accumulator.hpp"
#include "leeway/accumulators/mean_loss.hpp"

using leeway::mean_loss;
namespace loss = leeway::loss;

namespace {

template <class L>
std::vector<double> read(const mean_loss<L>& state) {
    return {state.mean(), state.weight()};
}

template <class L>
void obeys(const mean_loss<L>& empty) {
    const laws::promise<mean_loss<L>> promised{.tolerance = 1e-13, .readings = read<L>};
    for (const bool weighted : {false, true}) {
        laws::accumulator([&] { return empty; }, laws::regression_rows(3000, weighted, 20),
                          promised);
    }
}

std::uint64_t refused_by(double power, double target, double prediction) {
    leeway::rejections rejected;
    const bool taken = loss::tweedie_deviance{power}.accepts({target, prediction}, rejected);
    CHECK(rejected.total() == rejected.range);
    CHECK(taken == (rejected.range == 0));
    return rejected.range;
}

}  // namespace

TEST_CASE("states of deviances obey the laws of accumulators") {
    obeys(mean_loss<loss::poisson_deviance>());
    obeys(mean_loss<loss::gamma_deviance>());
    obeys(mean_loss(loss::tweedie_deviance{1.5}));
    obeys(mean_loss(loss::tweedie_deviance{-0.5}));
}

TEST_CASE("each power of a deviance takes the rows that it is defined on") {
    CHECK(refused_by(0, -1, -1) == 0);
    CHECK(refused_by(-1, -1, 1) == 0);
    CHECK(refused_by(-1, 1, 0) == 1);
    for (const double power : {1.0, 1.5}) {
        CHECK(refused_by(power, 0, 1) == 0);
        CHECK(refused_by(power, -1, 1) == 1);
        CHECK(refused_by(power, 1, 0) == 1);
    }
    for (const double power : {2.0, 3.0}) {
        CHECK(refused_by(power, 0, 1) == 1);
        CHECK(refused_by(power, 1, 1) == 0);
        CHECK(refused_by(power, 1, -1) == 1);
    }
}

TEST_CASE("powers of no distribution raise") {
    for (const double power : {0.5, 1e-9, 1 - 1e-9, laws::infinite, laws::not_a_number}) {
        CHECK_THROWS_AS(mean_loss(loss::tweedie_deviance{power}), std::invalid_argument);
    }
    CHECK_NOTHROW(mean_loss(loss::tweedie_deviance{0}));
    CHECK_NOTHROW(mean_loss(loss::tweedie_deviance{1}));
}

TEST_CASE("a deviance is zero at the target and keeps its digits near it") {
    for (const double power : {-3.0, 0.0, 1.0, 1.5, 2.0, 7.0}) {
        const loss::tweedie_deviance deviance{power};
        CHECK(deviance({3, 3}) == 0);
        CHECK(deviance({3, 3 + 1e-9}) > 0);
        // To first order (y - m)^2 m^-p, and the next term is a fraction p u / 3 of it.
        const double m = 3 + 3e-9;
        CHECK(deviance({3, m}) ==
              Approx((3 - m) * (3 - m) * std::pow(m, -power)).epsilon(1e-8).scale(0));
        // The series and the terms meet without a step.
        const double reach = power == 1 || power == 2 ? 0.03125 : 0.125;
        const double edge = reach / std::max(1.0, std::fabs(power));
        const double inside = deviance({3 * (1 + edge * (1 - 1e-13)), 3});
        const double outside = deviance({3 * (1 + edge * (1 + 1e-13)), 3});
        CHECK(inside == Approx(outside).epsilon(2e-12).scale(0));
    }
}

TEST_CASE("deviances of extreme ratios are finite where they can be") {
    CHECK(loss::gamma_deviance{}({.target = 1e-200, .prediction = 1e200}) ==
          Approx(2 * (400 * std::log(10.0) - 1)).epsilon(1e-14));
    CHECK(loss::poisson_deviance{}({.target = 0, .prediction = 2}) == 4);
    CHECK(loss::poisson_deviance{}({.target = 1e-200, .prediction = 1e200}) == 2e200);
}

TEST_CASE("a block of deviances keeps the digits of each row") {
    leeway::random_source random(9);
    double target[leeway::block_rows], prediction[leeway::block_rows], losses[leeway::block_rows];
    // sum_k binom(-p, k) u^(k+2) / ((k+1) (k+2)) of deviance_losses.hpp, in long double.
    const auto series = [](long double u, int p) {
        long double binomial = 1, sum = 0;
        for (int k = 0; k < 60; ++k) {
            sum += binomial * u * u / ((k + 1.0L) * (k + 2.0L));
            binomial *= -(p + k) / (k + 1.0L) * u;
        }
        return sum;
    };
    double worst_poisson = 0, worst_gamma = 0;
    for (const double spread : {1e-9, 1e-3, 0.1, 0.5, 3.0, 100.0}) {
        for (std::size_t i = 0; i < leeway::block_rows; ++i) {
            prediction[i] = std::exp(5 * random.normal());
            target[i] = prediction[i] * std::exp(spread * random.normal());
        }
        REQUIRE(loss::gamma_deviance::of_block({target, prediction}, losses));
        for (std::size_t i = 0; i < leeway::block_rows; ++i) {
            const long double y = target[i], m = prediction[i], u = (y - m) / m;
            const long double exact = std::fabs(u) < 0.2L ? series(u, 2) : u - std::log(y / m);
            if (exact == 0) continue;
            worst_gamma =
                std::max(worst_gamma, static_cast<double>(std::fabs(losses[i] / (2 * exact) - 1)));
        }
        target[7] = 0;
        REQUIRE(loss::poisson_deviance::of_block({target, prediction}, losses));
        for (std::size_t i = 0; i < leeway::block_rows; ++i) {
            const long double y = target[i], m = prediction[i], u = (y - m) / m;
            const long double exact = std::fabs(u) < 0.2L ? m * series(u, 1)
                                      : y == 0            ? m
                                                          : y * std::log(y / m) - y + m;
            if (exact == 0) continue;
            worst_poisson = std::max(worst_poisson,
                                     static_cast<double>(std::fabs(losses[i] / (2 * exact) - 1)));
        }
    }
    CHECK(worst_poisson < 3e-15);
    CHECK(worst_gamma < 3e-15);
}

TEST_CASE("a block of deviances refuses what a row may refuse") {
    std::vector<double> one(leeway::block_rows, 1.0), other(leeway::block_rows, 2.0);
    double losses[leeway::block_rows];
    for (const double bad : {-1.0, -1e-300, -0.0, 1e-200, 1e200, laws::infinite, -laws::infinite,
                             laws::not_a_number}) {
        CAPTURE(bad);
        one[77] = bad;
        CHECK_FALSE(loss::poisson_deviance::of_block({one, other}, losses));
        CHECK_FALSE(loss::poisson_deviance::of_block({other, one}, losses));
        CHECK_FALSE(loss::gamma_deviance::of_block({one, other}, losses));
        CHECK_FALSE(loss::gamma_deviance::of_block({other, one}, losses));
    }
    one[77] = 0;
    CHECK(loss::poisson_deviance::of_block({one, other}, losses));
    CHECK(losses[77] == 4);
    CHECK_FALSE(loss::poisson_deviance::of_block({other, one}, losses));
    CHECK_FALSE(loss::gamma_deviance::of_block({one, other}, losses));
    CHECK_FALSE(loss::gamma_deviance::of_block({other, one}, losses));
}
