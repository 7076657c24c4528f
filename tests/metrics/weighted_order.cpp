#include "leeway/metrics/weighted_order.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "leeway/core/random.hpp"
#include "support/catch.hpp"

using namespace leeway;

TEST_CASE("quantiles of a small weighted sample") {
    const weighted_order order({{3, 1}, {1, 1}, {2, 1}, {4, 1}});
    CHECK(order.weight() == 4);
    CHECK(order.at_least(0) == 1);
    CHECK(order.at_least(0.5) == 2);
    CHECK(order.above(0.5) == 3);
    CHECK(order.middle(0.5) == 2.5);
    CHECK(order.middle(0.4) == 2);
    CHECK(order.above(1) == 4);
    CHECK(order.at_least(1) == 4);
    const weighted_order heavy({{1, 0.5}, {2, 5}, {3, 0.25}});
    CHECK(heavy.middle(0.5) == 2);
    CHECK(heavy.middle(0.01) == 1);
}

TEST_CASE("quantiles are those of the definition at every level") {
    random_source random(2);
    for (int sample = 0; sample < 200; ++sample) {
        std::vector<weighted_point> points;
        double total = 0;
        for (std::size_t i = 0; i <= random.below(12); ++i) {
            points.push_back({static_cast<double>(random.below(6)),
                              static_cast<double>(1 + random.below(4)) / 4});
            total += points.back().weight;
        }
        const weighted_order order(points);
        for (int step = 0; step <= 64; ++step) {
            const double p = step / 64.0;
            double low = INFINITY, high = INFINITY, largest = -INFINITY;
            for (const auto& x : points) {
                double reached = 0;
                for (const auto& y : points) reached += y.value <= x.value ? y.weight : 0;
                if (reached >= p * total) low = std::min(low, x.value);
                if (reached > p * total) high = std::min(high, x.value);
                largest = std::max(largest, x.value);
            }
            CHECK(order.at_least(p) == low);
            CHECK(order.above(p) == std::min(high, largest));
        }
    }
}

TEST_CASE("mid-ranks share the weight of equals") {
    const std::vector<double> values{5, 1, 5, 2};
    CHECK(mid_ranks(values, {}) == std::vector<double>{3, 0.5, 3, 1.5});
    const std::vector<double> weights{1, 2, 3, 4};
    CHECK(mid_ranks(values, weights) == std::vector<double>{8, 1, 8, 4});
    CHECK(mid_ranks({}, {}).empty());
}
