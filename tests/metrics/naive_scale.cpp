#include "leeway/metrics/naive_scale.hpp"

#include <limits>
#include <stdexcept>
#include <vector>

#include "support/catch.hpp"

using namespace leeway;

TEST_CASE("the naive scale of a short series") {
    const std::vector<double> training{1, 3, 2, 6, 5};
    const naive_scale one = naive_scale::of(training);
    CHECK(one.absolute == 2);  // 2, 1, 4, 1
    CHECK(one.squared == 22.0 / 4);
    CHECK(one.differences == 4);
    const naive_scale two = naive_scale::of(training, 2);
    CHECK(two.absolute == 7.0 / 3);  // 1, 3, 3
    CHECK(two.differences == 3);
    CHECK(naive_scale::of(training, 5) == naive_scale{});
    CHECK(naive_scale::of({}) == naive_scale{});
}

TEST_CASE("a season of nothing and values that are no numbers raise") {
    const std::vector<double> gap{1, std::numeric_limits<double>::quiet_NaN(), 2};
    CHECK_THROWS_WITH(naive_scale::of(gap),
                      "naive_scale: training[1] is nan, expected a finite number");
    const std::vector<double> good{1, 2};
    CHECK_THROWS_AS(naive_scale::of(good, 0), std::invalid_argument);
}

TEST_CASE("an error over a scale keeps its interval and weight") {
    const estimate loss = estimate::within(3, 2, 4, 0.95, 10);
    CHECK(detail::over_naive(loss, 2, 5) == estimate::within(1.5, 1, 2, 0.95, 10));
    CHECK(detail::over_naive(loss, 2, 0).reason() == undefined::too_little_data);
    CHECK(detail::over_naive(loss, 0, 5).reason() == undefined::zero_denominator);
    CHECK(detail::over_naive(loss, std::numeric_limits<double>::infinity(), 5).reason() ==
          undefined::out_of_range);
    CHECK(detail::over_naive(undefined::empty, 2, 5).reason() == undefined::empty);
}
