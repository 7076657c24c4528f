#include "leeway/metrics/distribution_margin.hpp"

#include <algorithm>
#include <vector>

#include "leeway/core/random.hpp"
#include "support/catch.hpp"

using namespace leeway;

TEST_CASE("the margin of a distribution is Massart's") {
    // 2 exp(-2 n e^2) = 1 - level, by hand for n = 100: sqrt(log 40 / 200).
    CHECK(distribution_margin(100, 1, confidence_95) == Approx(0.13581015157406195).epsilon(1e-14));
    CHECK(2 * std::exp(-200 * std::pow(distribution_margin(100, 2, confidence_95), 2)) ==
          Approx(0.025).epsilon(1e-12));
    CHECK(std::isinf(distribution_margin(0, 1, confidence_95)));
}

TEST_CASE("a uniform sample's distribution stays within the margin as often as promised",
          "[simulation]") {
    random_source random(3);
    for (const std::size_t n : {5U, 50U}) {
        const double margin = distribution_margin(static_cast<double>(n), 1, confidence_90);
        int inside = 0;
        for (int run = 0; run < 2000; ++run) {
            std::vector<double> values(n);
            for (double& value : values) value = random.uniform();
            std::sort(values.begin(), values.end());
            double most = 0;
            for (std::size_t i = 0; i < n; ++i) {
                const auto below = static_cast<double>(i) / static_cast<double>(n);
                most = std::max(
                    {most, values[i] - below, below + 1 / static_cast<double>(n) - values[i]});
            }
            inside += most <= margin ? 1 : 0;
        }
        CHECK(inside >= 1780);
        CHECK(inside <= 1920);  // not much wider than it must be
    }
}
