// How closely predictions follow the targets on a straight line.
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

/// Pearson's correlation of target and prediction; in [-1, 1], higher is better. It does not see an
/// offset or a wrong scale: concordance_correlation does.
///
/// Undefined: empty; too little data for one row; constant target; zero denominator for constant
/// predictions; out of range when a sum of squares overflowed or is too
/// small for its digits (deviations below 1e-135, comoments.hpp). Interval: on Fisher's z scale,
/// from the influence of a row, u v - r (u^2 + v^2) / 2 with u and v the standardised target and
/// prediction: with V the mean of its square the variance of z is V / (1 - r^2)^2 / (n - 3), right
/// in large samples whatever the law of the rows, and Fisher's 1 / (n - 3) for a bivariate normal.
/// n is Kish's effective rows when weighted. Where V drowns in the rounding of its terms (1 - r^2
/// below some 1e-6), Fisher's; none up to 3 rows and at -1 and 1. Cost: O(1). Thread rule: a pure
/// function. Sources: fisher_interval.hpp; A. van der Vaart, "Asymptotic Statistics" (1998),
/// example 3.6 (the correlation's law without normality).
struct pearson_correlation {
    using state_type = comoments;
    static constexpr info_card info{"pearson_correlation",
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
        const double target = state.target_squares();
        const double prediction = state.prediction_squares();
        if (target == 0) return estimate(undefined::constant_target, weight);
        if (prediction == 0) return estimate(undefined::zero_denominator, weight);
        const double value = state.products() / (std::sqrt(target) * std::sqrt(prediction));
        if (!std::isfinite(value)) return estimate(undefined::out_of_range, weight);
        const double rows = effective_rows(weight, state.sum_of_squared_weights());
        const double r = std::clamp(value, -1.0, 1.0);
        return fisher_interval(r, scaled_influence(state, r) / (rows - 3), weight, confidence);
    }

  private:
    /// V / (1 - r^2)^2, from E u^2 v^2 (1 + r^2 / 2) - r (E u^3 v + E u v^3) + r^2 / 4 (E u^4 + E
    /// v^4).
    [[nodiscard]] static double scaled_influence(const comoments& state, double r) noexcept {
        const double w = state.weight();
        const double s = std::sqrt(state.target_squares() / w);
        const double t = std::sqrt(state.prediction_squares() / w);
        const double both = state.central(2, 2) / w / s / s / t / t * (1 + r * r / 2);
        const double more_of_target = state.central(3, 1) / w / s / s / s / t;
        const double more_of_prediction = state.central(1, 3) / w / s / t / t / t;
        const double fourths =
            r * r / 4 *
            (state.central(4, 0) / w / s / s / s / s + state.central(0, 4) / w / t / t / t / t);
        const double influence = both - r * (more_of_target + more_of_prediction) + fourths;
        const double rest = 1 - r * r;
        // All terms are of the size of these two, and good to some ulp.
        return influence > 1e-12 * (both + fourths) ? influence / rest / rest : 1;
    }
};

}  // namespace leeway::inline v0
