// Closed-form intervals shared by the metrics.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Rows of equal weight that carry as much information as these: (sum w)^2 / sum w^2, the number of
/// rows when all weights are equal; 0 when there are none. Never below 1 otherwise, also where
/// squares of the weights left the range of a double.
///
/// It makes intervals from weighted rows: weights there say how much a row matters, not how often
/// it was seen, so a common factor in all weights leaves an interval as it is.
/// Source: L. Kish, "Survey Sampling" (1965), section 8.2.
[[nodiscard]] inline double effective_rows(double weight, double sum_of_squared_weights) noexcept {
    if (!(weight > 0)) return 0;
    const double rows = weight / sum_of_squared_weights * weight;
    return rows >= 1 && rows <= std::numeric_limits<double>::max() ? rows : 1;
}

/// Wilson's score interval of a share observed in `rows` (effective) rows, rows > 0.
///
/// Never empty, never outside [0, 1], and not of zero width at a share of 0 or 1. Source: E. B.
/// Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
[[nodiscard]] inline estimate wilson_interval(double share, double rows, double weight,
                                              confidence_level confidence) noexcept {
    const double z2 = confidence.critical * confidence.critical;
    const double centre = (share + z2 / (2 * rows)) / (1 + z2 / rows);
    const double half = confidence.critical / (1 + z2 / rows) *
                        std::sqrt(share * (1 - share) / rows + z2 / (4 * rows * rows));
    // At 0 and 1 one end is the share itself, but for rounding.
    return estimate::within(share, std::clamp(centre - half, 0.0, share),
                            std::clamp(centre + half, share, 1.0), confidence.level, weight);
}

/// value +- critical * standard_error, clipped to the metric's range; without an interval when the
/// standard error is not finite.
[[nodiscard]] inline estimate normal_interval(double value, double standard_error, double weight,
                                              confidence_level confidence,
                                              const info_card& info) noexcept {
    if (!std::isfinite(standard_error)) return estimate::of(value, weight);
    const double half = confidence.critical * standard_error;
    // The clip never moves an end past the value, which rounding may have put outside the range.
    return estimate::within(value, std::min(value, std::max(value - half, info.lowest)),
                            std::max(value, std::min(value + half, info.highest)), confidence.level,
                            weight);
}

}  // namespace leeway::inline v0
