// How much of the target's variance the predictions explain.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "leeway/accumulators/regression_moments.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// R squared, 1 - sum w (target - prediction)^2 / sum w (target - mean target)^2; at most 1, higher
/// is better; 0 for the mean as prediction, negative below that.
///
/// Undefined: empty; too little data for one row; constant target (scikit-learn says 1 for an exact
/// prediction of it and 0 otherwise); out of range when a sum of squares overflowed or
/// is too small for its digits (deviations below 1e-135, moments.hpp); without an interval where
/// fourth powers are. Interval:
/// large-sample, from the influence of a row on M = sum w e^2 / W and V = sum w d^2 / W, where d =
/// target - mean: ((M / V) d^2 - e^2) / V. Its variance over Kish's effective rows is the
/// estimate's. Short for a few tens of rows or fewer. Cost: O(1). Thread rule: a pure function.
/// Source of the method: A. van der Vaart, "Asymptotic Statistics" (1998), chapter 20.
struct r_squared {
    using state_type = regression_moments;
    static constexpr info_card info{"r_squared",
                                    "1",
                                    -std::numeric_limits<double>::infinity(),
                                    1,
                                    orientation::higher_is_better,
                                    "the target is constant, or there is one row"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const regression_moments& state) const {
        const double weight = state.weight();
        if (!(weight > 0)) return undefined::empty;
        if (state.rows() < 2) return estimate(undefined::too_little_data, weight);
        const double total = state.target().sum_of_squared_deviations();
        if (total == 0) return estimate(undefined::constant_target, weight);
        const double unexplained = state.sum_of_squared_errors() / total;
        const double value = 1 - unexplained;
        if (!std::isfinite(value)) return estimate(undefined::out_of_range, weight);
        const double rows = effective_rows(weight, state.sum_of_squared_weights());
        return score_interval(value, std::sqrt(influence(state, total, unexplained) / rows),
                              rows - 1, weight, confidence, info);
    }

  private:
    /// Mean square of a row's influence; NaN when a fourth power overflowed.
    [[nodiscard]] static double influence(const regression_moments& state, double total,
                                          double unexplained) {
        // In units of V = total / W: sum w d^4 / (W V^2) is the target's kurtosis.
        const double weight = state.weight();
        const double v = total / weight;
        const double kurtosis =
            state.target().kurtosis().value_or(std::numeric_limits<double>::quiet_NaN());
        const double cross = state.cross() / weight / v / v;
        const double fourth = state.error().power_sum(4) / weight / v / v;
        const double square =
            unexplained * unexplained * kurtosis - 2 * unexplained * cross + fourth;
        return square < 0 ? 0.0 : square;  // below zero only by rounding; NaN stays
    }
};

}  // namespace leeway::inline v0
