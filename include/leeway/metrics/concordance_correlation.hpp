// How closely predictions agree with the targets, scale and offset included.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>

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
/// Undefined as pearson_correlation is. Interval: on the scale of atanh, as Lin does, with the
/// variance V / (1 - c^2)^2 / (n - 2), V the mean square of a row's influence: with a and b the
/// deviations of target and prediction from their means, g = mean y - mean p and D the denominator,
/// (2 a b - c (a^2 + b^2 + 2 g (a - b)) - c g^2) / D. It is right in large samples whatever the law
/// of the rows. n is Kish's effective rows when weighted. None up to 2 rows, at -1 and 1, and where
/// V drowns in the rounding of its terms (1 - c^2 below some 1e-6). Cost: O(1). Thread rule: a pure
/// function. Sources: L. Lin, "A concordance correlation coefficient to evaluate reproducibility",
/// Biometrics 45 (1989); T. King, V. Chinchilli, "A generalized concordance correlation coefficient
/// for continuous and categorical data", Statistics in Medicine 20 (2001) (its law without
/// normality).
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
        const double c = 2 * (state.products() / weight) / (target + prediction + offset * offset);
        if (!std::isfinite(c)) return estimate(undefined::out_of_range, weight);
        const double rows = effective_rows(weight, state.sum_of_squared_weights());
        const double rest = 1 - c * c;
        const double variance = influence(state, offset, c) / rest / rest / (rows - 2);
        return fisher_interval(std::clamp(c, -1.0, 1.0), rows > 2 ? variance : 0.0, weight,
                               confidence);
    }

  private:
    /// V; 0 where it drowns in rounding. The mean of the square of p - q - s less its mean, c g^2,
    /// with p = 2 a b, q = c (a^2 + b^2) and s = 2 c g (a - b).
    [[nodiscard]] static double influence(const comoments& state, double g, double c) noexcept {
        const double w = state.weight();
        const double yy = state.target_squares() / w;
        const double mm = state.prediction_squares() / w;
        const double unit = yy + mm + g * g;
        // In units of D: of deviations its root.
        const double root = std::sqrt(unit);
        const auto of = [&](std::size_t i, std::size_t j) {
            double moment = state.central(i, j) / w;
            for (std::size_t n = i + j; n > 0; --n) moment /= root;
            return moment;
        };
        const double o = g / root;
        const double both = of(2, 2);
        const double pp = 4 * both;
        const double qq = c * c * (of(4, 0) + 2 * both + of(0, 4));
        const double ss = 4 * c * c * o * o * (yy - 2 * state.products() / w + mm) / unit;
        const double pq = 4 * c * (of(3, 1) + of(1, 3));
        const double ps = 8 * c * o * (of(2, 1) - of(1, 2));
        const double qs = 4 * c * c * o * (of(3, 0) - of(2, 1) + of(1, 2) - of(0, 3));
        const double mean = c * o * o;
        const double square = pp + qq + ss - pq - ps + qs - mean * mean;
        return square > 1e-12 * (pp + qq + ss) ? square : 0;
    }
};

}  // namespace leeway::inline v0
