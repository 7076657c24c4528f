#include "leeway/accumulators/losses.hpp"

#include <cmath>
#include <limits>

#include "support/catch.hpp"

namespace loss = leeway::loss;

TEST_CASE("losses are the functions that they name") {
    static_assert(leeway::PointwiseLoss<loss::squared_error>);
    static_assert(leeway::PointwiseLoss<loss::absolute_error>);
    static_assert(leeway::PointwiseLoss<loss::logarithmic>);
    static_assert(leeway::PointwiseLoss<loss::brier>);

    CHECK(loss::squared_error{}({.target = 3, .prediction = 5.5}) == 6.25);
    CHECK(loss::absolute_error{}({.target = 3, .prediction = 5.5}) == 2.5);
    CHECK(loss::brier{}({.label = 1, .score = 0.75}) == 0.0625);
    CHECK(loss::brier{}({.label = 0, .score = 0.75}) == 0.5625);
    CHECK(loss::logarithmic{}({.label = 1, .score = 0.25}) == Approx(std::log(4.0)).epsilon(1e-15));
    CHECK(loss::logarithmic{}({.label = 0, .score = 0.25}) ==
          Approx(std::log(4.0 / 3)).epsilon(1e-15));
}

TEST_CASE("log loss at the ends of the scale") {
    const double infinity = std::numeric_limits<double>::infinity();
    CHECK(loss::logarithmic{}({.label = 1, .score = 0}) == infinity);
    CHECK(loss::logarithmic{}({.label = 0, .score = 1}) == infinity);
    CHECK(loss::logarithmic{}({.label = 1, .score = 1}) == 0);
    CHECK_FALSE(std::signbit(loss::logarithmic{}({.label = 1, .score = 1})));
    CHECK_FALSE(std::signbit(loss::logarithmic{}({.label = 0, .score = 0})));
    // 1 - 1e-20 is 1 in double: only log1p keeps the loss.
    CHECK(loss::logarithmic{}({.label = 0, .score = 1e-20}) == Approx(1e-20).epsilon(1e-15));
}

TEST_CASE("the probability losses take scores from 0 to 1 only") {
    leeway::rejections rejected;
    CHECK(loss::brier::accepts({1, 0.0}, rejected));
    CHECK(loss::brier::accepts({1, 1.0}, rejected));
    CHECK(loss::brier::accepts({1, -0.0}, rejected));
    CHECK(rejected.total() == 0);
    CHECK_FALSE(loss::brier::accepts({1, -1e-300}, rejected));
    CHECK_FALSE(loss::logarithmic::accepts({0, std::nextafter(1.0, 2.0)}, rejected));
    CHECK(rejected.range == 2);
    CHECK(rejected.total() == 2);
}

TEST_CASE("the hinge loss asks for a margin of 1, of scores of any size") {
    using leeway::loss::hinge;
    static_assert(leeway::PointwiseLoss<hinge>);
    CHECK(hinge{}({.label = 1, .score = 3}) == 0);
    CHECK(hinge{}({.label = 1, .score = 0.25}) == 0.75);
    CHECK(hinge{}({.label = 1, .score = -3}) == 4);
    CHECK(hinge{}({.label = 0, .score = 3}) == 4);
    CHECK(hinge{}({.label = 0, .score = -1}) == 0);
    leeway::rejections rejected;
    CHECK(hinge::accepts({.label = 0, .score = -7}, rejected));
    CHECK(!hinge::accepts({.label = 2, .score = 0}, rejected));
    CHECK(rejected.label == 1);
}
