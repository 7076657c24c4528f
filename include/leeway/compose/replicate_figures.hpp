// From what a metric says of each bootstrap replicate to an interval.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// How the replicates' figures become an interval: their quantiles, or these mirrored at the figure
/// itself (2 figure - quantile), which takes a bias of the figure out instead of counting it twice.
enum class bootstrap_interval : std::uint8_t { percentile, basic };

/// A figure and the ends between which its exact value lies: those of a certified band
/// (confidence 1), else the figure itself.
struct banded_figure {
    double value{0};
    double lower{0};
    double upper{0};

    [[nodiscard]] static banded_figure exactly(double value) noexcept {
        return {value, value, value};
    }
    [[nodiscard]] static banded_figure of(const estimate& figure) {
        if (figure.confidence() < 1) return exactly(figure.value());
        return {figure.value(), figure.lower(), figure.upper()};
    }
    [[nodiscard]] friend banded_figure operator-(const banded_figure& a,
                                                 const banded_figure& b) noexcept {
        return {a.value - b.value, a.lower - b.upper, a.upper - b.lower};
    }
};

/// What a metric says of each replicate.
struct replicate_figures {
    std::vector<double> values;  ///< where it is defined, in the order of replicates
    std::vector<double> lower;   ///< ends of their bands; the values again where they are exact
    std::vector<double> upper;
    std::size_t undefined{0};  ///< replicates in which it is not
    double size{0};            ///< of the largest finite figure read, which rounding goes by

    void add(const banded_figure& figure) {
        values.push_back(figure.value);
        lower.push_back(figure.lower);
        upper.push_back(figure.upper);
    }
    void saw(double figure) noexcept {
        if (std::isfinite(figure)) size = std::max(size, std::fabs(figure));
    }
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

/// Of 100 replicates no more than this many may be undefined. A row is in none of e^-1 of the
/// replicates, so that is five rows of the rarest kind that the figure needs.
inline constexpr double most_undefined_replicates = 0.01;

/// The figure with the interval that its replicates give, within the figure's range.
///
/// Without one, too little data: where the replicates are fewer than 1 / tail, since they have no
/// such quantile, and where more than most_undefined_replicates of them are undefined, since what
/// is left says what happens when the figure is defined. No variation: where neither end differs
/// between the quantiles by more than rounding, since a sample that cannot vary does not say how
/// much others would; a band over the whole range is true all the same.
[[nodiscard]] inline estimate bootstrap_estimate(const banded_figure& figure, double weight,
                                                 replicate_figures drawn, double level,
                                                 bootstrap_interval method, double lowest,
                                                 double highest) {
    const double tail = (1 - level) / 2;
    const double defined = static_cast<double>(drawn.values.size());
    const double undefined_ones = static_cast<double>(drawn.undefined);
    if (!(defined * tail >= 1 - 1e-9) ||
        undefined_ones > most_undefined_replicates * (defined + undefined_ones)) {
        return estimate::without_interval(figure.value, undefined::too_little_data, weight);
    }
    std::sort(drawn.lower.begin(), drawn.lower.end());
    std::sort(drawn.upper.begin(), drawn.upper.end());
    double low = quantile_of(drawn.lower, tail);
    double high = quantile_of(drawn.upper, 1 - tail);
    const auto same = [&](double a, double b) {
        return a == b || std::fabs(a - b) <= rounding_of(drawn.size);
    };
    const bool whole_range = low <= lowest && high >= highest;
    if (!whole_range && same(low, quantile_of(drawn.lower, 1 - tail)) &&
        same(high, quantile_of(drawn.upper, tail))) {
        return estimate::without_interval(figure.value, undefined::no_variation, weight);
    }
    if (method == bootstrap_interval::basic) {
        if (!std::isfinite(figure.value) || !std::isfinite(low) || !std::isfinite(high)) {
            return estimate::of(figure.value, weight);
        }
        const double mirrored = 2 * figure.lower - high;
        high = std::min(2 * figure.upper - low, highest);
        low = std::max(mirrored, lowest);
    }
    return estimate::within(figure.value, std::min(low, figure.lower), std::max(high, figure.upper),
                            level, weight);
}

}  // namespace detail

}  // namespace leeway::inline v0
