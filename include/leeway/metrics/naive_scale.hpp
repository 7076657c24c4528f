// What the naive forecast of a training series costs: the yardstick of scaled errors.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "leeway/core/error.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Mean absolute and mean squared change of a training series over one season: what forecasting
/// each value by the one a season before cost there. Computed once and given to the scaled errors,
/// so that the yardstick is the training series and never the one that is judged.
struct naive_scale {
    double absolute{0};
    double squared{0};
    std::uint64_t differences{0};  ///< 0: the series was no longer than a season

    /// sum |y_t - y_(t - season)| / (n - season) and the same of squares; 1 is the plain naive
    /// forecast, 12 that of monthly data with a yearly season. O(n). Season 0 and values that are
    /// not finite raise: a gap cannot be left out without shifting the seasons.
    [[nodiscard]] static naive_scale of(std::span<const double> training, std::size_t season = 1) {
        if (season == 0) raise_invalid("naive_scale", "season", season, "at least 1");
        for (std::size_t t = 0; t < training.size(); ++t) {
            if (!std::isfinite(training[t]))
                raise_invalid("naive_scale", "training[" + detail::shown(t) + "]", training[t],
                              "a finite number");
        }
        naive_scale scale;
        if (training.size() <= season) return scale;
        compensated_sum absolute;
        compensated_sum squared;
        for (std::size_t t = season; t < training.size(); ++t) {
            const double change = training[t] - training[t - season];
            absolute.add(std::fabs(change));
            squared.add(change * change);
        }
        scale.differences = training.size() - season;
        scale.absolute = absolute.value() / static_cast<double>(scale.differences);
        scale.squared = squared.value() / static_cast<double>(scale.differences);
        return scale;
    }

    friend bool operator==(const naive_scale&, const naive_scale&) = default;
};

namespace detail {

/// A mean loss and its ends over those of the naive forecast.
[[nodiscard]] inline estimate over_naive(const estimate& loss, double naive,
                                         std::uint64_t differences) {
    if (!loss) return loss;
    if (differences == 0) return estimate(undefined::too_little_data, loss.weight());
    if (naive == 0) return estimate(undefined::zero_denominator, loss.weight());
    if (!std::isfinite(naive)) return estimate(undefined::out_of_range, loss.weight());
    if (!loss.has_interval()) return estimate::of(loss.value() / naive, loss.weight());
    return estimate::within(loss.value() / naive, loss.lower() / naive, loss.upper() / naive,
                            loss.confidence(), loss.weight());
}

}  // namespace detail

}  // namespace leeway::inline v0
