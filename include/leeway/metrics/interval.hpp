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

/// The interval of a mean of rows that all have the same value, where a standard error of 0 would
/// claim certainty: Wilson's on the metric's range, since at a mean m no law on a range varies more
/// than the one on its two ends. Without an interval (no variation) where the range has no end: the
/// next row may then be anything.
[[nodiscard]] inline estimate constant_interval(double value, double rows, double weight,
                                                confidence_level confidence,
                                                const info_card& info) noexcept {
    const double range = info.highest - info.lowest;
    if (!std::isfinite(range)) {
        return estimate::without_interval(value, undefined::no_variation, weight);
    }
    const double share = std::clamp((value - info.lowest) / range, 0.0, 1.0);
    const estimate of_share = wilson_interval(share, rows, weight, confidence);
    return estimate::within(value, std::min(value, info.lowest + range * of_share.lower()),
                            std::max(value, info.lowest + range * of_share.upper()),
                            confidence.level, weight);
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

/// The two-sided critical value of Student's t with so many degrees of freedom for the level of a
/// normal one: z + (z^3 + z) / (4 f) + ..., right to 0.01 from 4 degrees on. Below 3, where the
/// series is not to be trusted, that of 3. Source: M. Abramowitz, I. Stegun, "Handbook of
/// Mathematical Functions" (1964), formula 26.7.5.
[[nodiscard]] inline double student_critical(double z, double freedom) noexcept {
    const double f = std::max(freedom, 3.0);
    const double z2 = z * z;
    const double first = z * (z2 + 1) / 4;
    const double second = z * ((5 * z2 + 16) * z2 + 3) / 96;
    const double third = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
    return z + (first + (second + third / f) / f) / f;
}

/// Degrees of freedom of a variance that is the sum of two measured ones, each from so many
/// (effective) rows: (a + b)^2 / (a^2 / (n - 1) + b^2 / (m - 1)). Source: B. L. Welch, "The
/// generalization of 'Student's' problem when several different population variances are involved",
/// Biometrika 34 (1947).
[[nodiscard]] inline double freedom_of_sum(double a, double rows_of_a, double b,
                                           double rows_of_b) noexcept {
    return (a + b) * (a + b) / (a * a / (rows_of_a - 1) + b * b / (rows_of_b - 1));
}

/// The interval of a figure whose range has an end: the figures m of the range from which the
/// observed one is within t standard errors, when the variance is as observed at the observed
/// figure and falls in line with the distance to each end: V(m) ~ (m - lowest) (highest - m), of
/// which an infinite end is left out. t is Student's for so many degrees of freedom.
///
/// For a share it is Wilson's interval, for a mean of numbers from 0 on that of a count with its
/// variance measured. Never outside the range and longer on the side away from the end, which is
/// where skewed losses and figures near a perfect score are missed by value +- z s: up to
/// ten points of coverage are won there (docs/guarantees.md). To first order in the standard error
/// it is the same. Where the range has no end, or the figure is at one, it is value +- t s,
/// clipped. Without an interval when the standard error is not finite, nor (no variation) when it
/// is 0, which a sample that does not vary has and no figure. Sources: E. B. Wilson (as
/// above); P. McCullagh, J. Nelder, "Generalized Linear Models", 2nd ed. (1989), section 9.2 (the
/// variance function); E. Korn, B. Graubard, "Confidence intervals for proportions with small
/// expected number of positive counts estimated from survey data", Survey Methodology 24 (1998)
/// (shares with a measured variance).
[[nodiscard]] inline estimate score_interval(double value, double standard_error, double freedom,
                                             double weight, confidence_level confidence,
                                             const info_card& info) noexcept {
    if (!std::isfinite(standard_error)) return estimate::of(value, weight);
    if (standard_error == 0) {
        return estimate::without_interval(value, undefined::no_variation, weight);
    }
    const double t = student_critical(confidence.critical, freedom);
    const double up = info.highest - value;
    const double down = value - info.lowest;
    const bool bounded = std::isfinite(up) || std::isfinite(down);
    if (!bounded || !(up > 0 && down > 0)) {
        return normal_interval(value, standard_error, weight, {confidence.level, t}, info);
    }
    // (m - value)^2 = t^2 s^2 V(m) / V(value) with V(m) / V(value) = (1 + d / down) (1 - d / up)
    // for d = m - value: a d^2 - b d - (t s)^2 = 0, an infinite end dropping out of a and b.
    const double half = t * standard_error;
    const double a = 1 + half / down * (half / up);
    const double b = half * (half / down - half / up);
    const double root = std::hypot(b / 2, std::sqrt(a) * half);
    if (!std::isfinite(root)) return estimate::of(value, weight);
    // The longer step has no cancellation; the product of both is -(t s)^2 / a.
    const double longer = std::fabs(b) / 2 + root;
    const double shorter = longer > 0 ? half / longer * half : 0.0;
    const double rise = b > 0 ? longer / a : shorter;
    const double fall = b > 0 ? shorter : longer / a;
    // Where a step goes most of the way to the end, what it leaves of the way has the digits: up
    // less the rise is up^2 / (a up - b / 2 + root).
    const double upper =
        2 * rise < up ? value + rise : info.highest - up / (a - b / (2 * up) + root / up);
    const double lower =
        2 * fall < down ? value - fall : info.lowest + down / (a + b / (2 * down) + root / down);
    return estimate::within(value, std::clamp(lower, info.lowest, value),
                            std::clamp(upper, value, info.highest), confidence.level, weight);
}

}  // namespace leeway::inline v0
