// From what a metric says of each bootstrap replicate to an interval.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// How the replicates' figures become an interval: their quantiles, or these mirrored at the figure
/// itself (2 figure - quantile), which takes a bias of the figure out instead of counting it twice.
enum class bootstrap_interval : std::uint8_t { percentile, basic };

/// What a metric says of each replicate.
struct replicate_figures {
    std::vector<double> values;  ///< where it is defined, in the order of replicates
    std::size_t undefined{0};    ///< replicates in which it is not
};

namespace detail {

/// The quantile of ascending values at (n - 1) probability, linear between neighbours.
[[nodiscard]] inline double quantile_of(std::span<const double> ascending, double probability) {
    const double at = probability * static_cast<double>(ascending.size() - 1);
    const auto below = std::min(static_cast<std::size_t>(at), ascending.size() - 1);
    const double low = ascending[below];
    const double rest = at - static_cast<double>(below);
    if (rest == 0 || ascending[below + 1] == low) return low;  // also between two infinities
    return low + rest * (ascending[below + 1] - low);
}

/// The figure with the interval that its replicates give, within the figure's range; without one
/// where the replicates are fewer than 1 / tail, since they have no such quantile.
[[nodiscard]] inline estimate bootstrap_estimate(double figure, double weight,
                                                 replicate_figures drawn, double level,
                                                 bootstrap_interval method, double lowest,
                                                 double highest) {
    auto& values = drawn.values;
    const double tail = (1 - level) / 2;
    if (!(static_cast<double>(values.size()) * tail >= 1 - 1e-9)) {
        return estimate::of(figure, weight);
    }
    std::sort(values.begin(), values.end());
    double low = quantile_of(values, tail);
    double high = quantile_of(values, 1 - tail);
    if (method == bootstrap_interval::basic) {
        if (!std::isfinite(figure) || !std::isfinite(low) || !std::isfinite(high)) {
            return estimate::of(figure, weight);
        }
        const double mirrored = 2 * figure - high;
        high = std::min(2 * figure - low, highest);
        low = std::max(mirrored, lowest);
    }
    return estimate::within(figure, std::min(low, figure), std::max(high, figure), level, weight);
}

}  // namespace detail

}  // namespace leeway::inline v0
