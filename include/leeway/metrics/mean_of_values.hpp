// The weighted mean of numbers with its large-sample interval.
#pragma once

#include <cmath>

#include "leeway/accumulators/moments.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// sum w x / W with the interval of its standard error sqrt(variance / rows), the variance unbiased
/// and rows by Kish when weighted, inside the metric's range (score_interval), and
/// constant_interval where all are the same up to rounding. Undefined: empty; out of range when the
/// sum overflowed. No interval for a single row. Moments about a given shift of 0 keep the mean to
/// an ulp.
[[nodiscard]] inline estimate mean_of_values(const moments& values, confidence_level confidence,
                                             const info_card& info) {
    const estimate mean = values.mean(confidence);
    if (!mean) return mean;
    const double weight = values.weight();
    if (values.rows() < 2) return estimate::of(mean.value(), weight);
    // n / (n - 1) makes the variance unbiased, and 1 / n its mean's: n - 1 is left.
    const double rows = effective_rows(weight, values.sum_of_squared_weights());
    const double variance = values.sum_of_squared_deviations() / weight / (rows - 1);
    if (std::sqrt(variance * rows) <= detail::rounding_of(std::fabs(mean.value()))) {
        return constant_interval(mean.value(), rows, weight, confidence, info);
    }
    return score_interval(mean.value(), std::sqrt(variance), rows - 1, weight, confidence, info);
}

}  // namespace leeway::inline v0
