// The ratio of two means with its large-sample interval: the form that weighted percentage errors
// and skill scores share.
#pragma once

#include <cmath>

#include "leeway/accumulators/ratio_sums.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

namespace detail {

[[nodiscard]] inline estimate about_ratio(double value, const ratio_sums& sums,
                                          confidence_level confidence,
                                          const info_card& info) noexcept {
    const double weight = sums.weight();
    if (!std::isfinite(value)) return estimate(undefined::out_of_range, weight);
    if (sums.rows() < 2) return estimate::of(value, weight);
    const double rows = effective_rows(weight, sums.sum_of_squared_weights());
    return score_interval(value, std::sqrt(sums.mean_squared_pull() / rows), rows - 1, weight,
                          confidence, info);
}

}  // namespace detail

/// R = sum w a / sum w b with the interval of its standard error sqrt(mean squared pull / rows),
/// rows by Kish when weighted, inside the metric's range (score_interval). The sum below must not
/// be 0. No interval for a single row. Out of range when the ratio is not finite. Short for a few
/// tens of rows or fewer.
[[nodiscard]] inline estimate ratio_of_means(const ratio_sums& sums, confidence_level confidence,
                                             const info_card& info) noexcept {
    return detail::about_ratio(sums.above() / sums.below(), sums, confidence, info);
}

/// 1 - R in the same way: the share of a reference's loss b that a model's loss a does away with.
[[nodiscard]] inline estimate one_minus_ratio(const ratio_sums& sums, confidence_level confidence,
                                              const info_card& info) noexcept {
    return detail::about_ratio(1 - sums.above() / sums.below(), sums, confidence, info);
}

}  // namespace leeway::inline v0
