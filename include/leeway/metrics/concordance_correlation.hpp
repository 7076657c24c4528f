// How closely predictions agree with the targets, scale and offset included.
#pragma once

#include <algorithm>
#include <cmath>

#include "leeway/accumulators/comoments.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/fisher_interval.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// Lin's concordance correlation, 2 s_yp / (s_yy + s_pp + (mean y - mean p)^2) with the variances
/// and covariance of target y and prediction p divided by the weight; in [-1, 1], higher is better,
/// 1 only for predictions equal to the targets.
///
/// Undefined as pearson_correlation is. Interval: Lin's large-sample variance of atanh, for
/// bivariate normal rows, n Kish's effective rows when weighted; none up to 2 rows, at -1, 0 and 1.
/// Cost: O(1). Thread rule: a pure function.
/// Source: L. Lin, "A concordance correlation coefficient to evaluate reproducibility", Biometrics
/// 45 (1989), with the correction in Biometrics 56 (2000).
struct concordance_correlation {
    using state_type = comoments;
    static constexpr info_card info{"concordance_correlation",
                                    "1",
                                    -1,
                                    1,
                                    orientation::higher_is_better,
                                    "target or prediction is constant, or there is one row"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const comoments& state) const noexcept {
        const double weight = state.weight();
        if (!(weight > 0)) return undefined::empty;
        if (state.rows() < 2) return estimate(undefined::too_little_data, weight);
        const double target = state.target_squares() / weight;
        const double prediction = state.prediction_squares() / weight;
        if (target == 0) return estimate(undefined::constant_target, weight);
        if (prediction == 0) return estimate(undefined::zero_denominator, weight);
        const double offset = state.mean_error();
        const double spread = std::sqrt(target) * std::sqrt(prediction);
        const double c = 2 * (state.products() / weight) / (target + prediction + offset * offset);
        if (!std::isfinite(c)) return estimate(undefined::out_of_range, weight);
        const double r = std::clamp(state.products() / weight / spread, -1.0, 1.0);
        const double rows = effective_rows(weight, state.sum_of_squared_weights());
        // In u^2 = offset^2 / spread. For r = 0 it divides by 0 and leaves no interval.
        const double u2 = offset * offset / spread;
        const double rest = 1 - c * c;
        const double variance = ((1 - r * r) * c * c / (rest * r * r) +
                                 2 * c * c * c * (1 - c) * u2 / (r * rest * rest) -
                                 c * c * c * c * u2 * u2 / (2 * r * r * rest * rest)) /
                                (rows - 2);
        return fisher_interval(std::clamp(c, -1.0, 1.0), rows > 2 ? variance : 0.0, weight,
                               confidence);
    }
};

}  // namespace leeway::inline v0
