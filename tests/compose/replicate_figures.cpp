#include "leeway/compose/replicate_figures.hpp"

#include <limits>
#include <utility>
#include <vector>

#include "support/catch.hpp"

using leeway::bootstrap_interval;
using leeway::replicate_figures;
using leeway::detail::bootstrap_estimate;
using leeway::detail::quantile_of;

namespace {
constexpr double infinite = std::numeric_limits<double>::infinity();
}

TEST_CASE("quantiles equal NumPy's") {
    // numpy.quantile([-3.5, -1, 0, 0.25, 0.25, 2, 7.75], [...]), NumPy 1.24.2
    const std::vector<double> values{-3.5, -1, 0, 0.25, 0.25, 2, 7.75};
    const std::pair<double, double> known[] = {{0.0, -3.5},
                                               {0.025, -3.125},
                                               {0.1, -2.0},
                                               {0.3, -0.2},
                                               {0.5, 0.25},
                                               {0.61, 0.25},
                                               {0.7, 0.6000000000000001},
                                               {0.975, 6.887500000000001},
                                               {1.0, 7.75}};
    for (const auto& [probability, expected] : known) {
        CHECK(quantile_of(values, probability) == Approx(expected).epsilon(1e-14));
    }
    CHECK(quantile_of(std::vector<double>{4}, 0.3) == 4);
    CHECK(quantile_of(std::vector<double>{1, infinite, infinite}, 0.75) == infinite);
    CHECK(quantile_of(std::vector<double>{1, infinite}, 0) == 1);
}

TEST_CASE("an interval from replicates, by both methods") {
    replicate_figures drawn;
    for (int i = 100; i >= 0; --i) drawn.values.push_back(i / 100.0);  // in any order
    const auto percentile =
        bootstrap_estimate(0.4, 50, drawn, 0.9, bootstrap_interval::percentile, 0, 1);
    CHECK(percentile.lower() == Approx(0.05));
    CHECK(percentile.upper() == Approx(0.95));
    CHECK(percentile.weight() == 50);
    CHECK(percentile.confidence() == 0.9);
    const auto basic = bootstrap_estimate(0.4, 50, drawn, 0.9, bootstrap_interval::basic, 0, 1);
    CHECK(basic.lower() == 0);  // 2 * 0.4 - 0.95, clipped to the range
    CHECK(basic.upper() == Approx(0.75));
    // A figure beyond all its replicates is still in its interval.
    CHECK(bootstrap_estimate(2, 50, drawn, 0.9, bootstrap_interval::percentile, 0, 2).upper() == 2);
    CHECK(bootstrap_estimate(-1, 50, drawn, 0.9, bootstrap_interval::percentile, -1, 2).lower() ==
          -1);
}

TEST_CASE("no interval where the replicates have none") {
    replicate_figures few;
    few.values.assign(19, 0.5);
    CHECK_FALSE(
        bootstrap_estimate(0.5, 9, few, 0.9, bootstrap_interval::percentile, 0, 1).has_interval());
    few.values.push_back(0.5);
    CHECK(
        bootstrap_estimate(0.5, 9, few, 0.9, bootstrap_interval::percentile, 0, 1).has_interval());
    CHECK_FALSE(
        bootstrap_estimate(0.5, 9, {}, 0.9, bootstrap_interval::percentile, 0, 1).has_interval());
    few.values.assign(20, infinite);  // infinity cannot be mirrored
    CHECK_FALSE(bootstrap_estimate(infinite, 9, few, 0.9, bootstrap_interval::basic, 0, infinite)
                    .has_interval());
    CHECK(bootstrap_estimate(infinite, 9, few, 0.9, bootstrap_interval::percentile, 0, infinite)
              .lower() == infinite);
}
