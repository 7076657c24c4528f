#include "leeway/core/fast_log.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "leeway/core/random.hpp"
#include "support/catch.hpp"

using leeway::fast_log;

namespace {

/// How many of its last places a number is off.
double ulps(double computed, long double exact) {
    int exponent = 0;
    std::frexp(static_cast<double>(exact), &exponent);
    const long double last_place = std::ldexp(1.0L, std::max(exponent - 53, -1074));
    return static_cast<double>(std::fabs((computed - exact) / last_place));
}

double error_at(double x) {
    return ulps(fast_log(x), std::log(static_cast<long double>(x)));
}

double error_of_complement(double p) {
    const double x = 1 - p;
    return ulps(fast_log(x, (1 - x) - p), std::log1p(-static_cast<long double>(p)));
}

}  // namespace

TEST_CASE("the fast logarithm is within an ulp of the long one") {
    leeway::random_source random(5);
    double worst = 0;
    for (int i = 0; i < 20'000; ++i) {
        const double u = random.uniform();
        const double small = std::exp(-744 * random.uniform());  // down to subnormal numbers
        const double near_1 = std::exp(-37 * random.uniform());
        for (const double x : {u, small, 1 - near_1, 1 + near_1, 0.6 + 0.3 * u,
                               1 / (small + 1e-260), std::ldexp(u, -1022)}) {
            if (x > 0) worst = std::max(worst, error_at(x));
        }
    }
    CHECK(worst < 1);
    CHECK(worst > 0.5);  // else nothing was measured
}

TEST_CASE("the fast logarithm at its ends") {
    CHECK(fast_log(1) == 0);
    CHECK(fast_log(0) == -std::numeric_limits<double>::infinity());
    CHECK(fast_log(-0.0) == -std::numeric_limits<double>::infinity());
    const double root_half = std::sqrt(0.5);
    for (const double x :
         {std::numeric_limits<double>::denorm_min(),
          std::nextafter(std::numeric_limits<double>::min(), 0.0),
          std::numeric_limits<double>::min(), 1e-300, std::nextafter(root_half, 0.0), root_half,
          std::nextafter(root_half, 1.0), 0.5, std::nextafter(1.0, 0.0), std::nextafter(1.0, 2.0),
          2.0, 0x1p900}) {
        CAPTURE(x);
        CHECK(error_at(x) < 1);
    }
}

TEST_CASE("the fast logarithm of 1 - p keeps the digits of p") {
    leeway::random_source random(6);
    double worst = 0;
    for (int i = 0; i < 20'000; ++i) {
        const double u = random.uniform();
        for (const double p : {u, 0.25 + u / 4, std::exp(-744 * u), std::exp(-40 * u)})
            worst = std::max(worst, error_of_complement(p));
    }
    CHECK(worst < 1);
    for (const double p : {std::numeric_limits<double>::denorm_min(), 1e-300, 1e-20, 0x1p-54,
                           0x1p-53, 0x1p-52, 0.5, std::nextafter(0.5, 0.0), 1 - std::sqrt(0.5)}) {
        CAPTURE(p);
        CHECK(error_of_complement(p) < 1);
    }
    CHECK(fast_log(1 - 1e-300, 0 - 1e-300) == -1e-300);
    CHECK(fast_log(1, 0) == 0);
    CHECK(fast_log(0, 0) == -std::numeric_limits<double>::infinity());
}

TEST_CASE("the fast logarithm of an array is that of its numbers") {
    std::array<double, 256> x{}, log{};
    leeway::random_source random(7);
    for (double& one : x) one = random.uniform();
    x[17] = 0;
    for (std::size_t i = 0; i < x.size(); ++i) log[i] = fast_log(x[i]);
    for (std::size_t i = 0; i < x.size(); ++i) {
        volatile double alone = x[i];
        CHECK(log[i] == fast_log(alone));
    }
}
