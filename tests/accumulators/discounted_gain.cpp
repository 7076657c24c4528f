#include "leeway/accumulators/discounted_gain.hpp"

#include <cmath>
#include <cstdint>
#include <vector>

#include "support/catch.hpp"

using leeway::relevance_gain;
using leeway::detail::discounted_gain;

TEST_CASE("discounts are 1 / log2(rank + 1), within the table and beyond") {
    const leeway::detail::rank_discounts discount;
    for (const std::size_t before : {0U, 1U, 2U, 1022U, 1023U, 1024U, 1025U, 1000000U}) {
        CHECK(discount(before) == 1 / std::log2(static_cast<double>(before) + 2));
    }
    CHECK(discount(0) == 1);
    CHECK(discount(2) == 0.5);
}

TEST_CASE("gains of tied items are shared over their ranks") {
    const std::vector<double> relevance{3, 1, 0, 2}, score{1, 2, 2, 0};
    const double second = 1 / std::log2(3.0), fourth = 1 / std::log2(5.0);
    const auto of = [&](std::size_t k, relevance_gain gain) {
        return discounted_gain<leeway::item_order::any>(score, relevance, k, gain);
    };
    CHECK(of(0, relevance_gain::linear) ==
          Approx(0.5 * (1 + second) + 3 * 0.5 + 2 * fourth).epsilon(1e-15));
    CHECK(of(1, relevance_gain::linear) == 0.5);
    CHECK(of(3, relevance_gain::exponential) ==
          Approx(0.5 * (1 + second) + 7 * 0.5).epsilon(1e-15));
    CHECK(of(9, relevance_gain::linear) == of(0, relevance_gain::linear));
    CHECK(discounted_gain<leeway::item_order::any>({}, {}, 0, relevance_gain::linear) == 0);
}

TEST_CASE("an exponential gain keeps the digits of a tiny relevance") {
    using leeway::detail::exponential_gain;
    CHECK(exponential_gain(0) == 0);
    CHECK(exponential_gain(1) == 1);
    CHECK(exponential_gain(10) == 1023);
    CHECK(exponential_gain(1e-300) == Approx(std::log(2.0) * 1e-300).epsilon(1e-14).scale(0));
}
