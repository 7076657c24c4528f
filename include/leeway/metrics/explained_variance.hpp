// How much of the target's variance is left in the errors, a common offset apart.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "leeway/accumulators/regression_moments.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// Explained variance, 1 - Var(target - prediction) / Var(target); at most 1, higher is better. R
/// squared of predictions freed of their bias, and equal to it where there is none.
///
/// Undefined as R squared is: empty; too little data for one row; constant target (scikit-learn
/// says 1 or 0); out of range when a sum of squares overflowed or
/// is too small for its digits (deviations below 1e-135, moments.hpp); without an interval where
/// fourth powers are. Interval: large-sample, from the
/// influence of a row, ((S / V) d^2 - c^2) / V with d = target - mean, c = error - mean error, V
/// and S their mean squares. The mean of c^2 d^2 in its variance is not held; it is bounded from
/// below by Minkowski's inequality, (sqrt(mean e^2 d^2) - |mean e| sqrt(V))^2, so the interval is
/// exact to first order without bias and wider than it need be with one. Cost: O(1). Thread rule:
/// a pure function. Source of the method: A. van der Vaart, "Asymptotic Statistics" (1998),
/// chapter 20.
struct explained_variance {
    using state_type = regression_moments;
    static constexpr info_card info{"explained_variance",
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
        double left = state.error().sum_of_squared_deviations() / total;
        // Errors whose squares are too small for their digits leave nothing beside such a total.
        const double squares = state.sum_of_squared_errors();
        if (detail::lost_digits(squares) && squares < 0x1p-60 * total) left = 0;
        const double value = 1 - left;
        if (!std::isfinite(value)) return estimate(undefined::out_of_range, weight);
        const double rows = effective_rows(weight, state.sum_of_squared_weights());
        return score_interval(value, std::sqrt(influence(state, total, left) / rows), rows - 1,
                              weight, confidence, info);
    }

  private:
    /// At least the mean square of a row's influence; NaN when a fourth power overflowed.
    [[nodiscard]] static double influence(const regression_moments& state, double total,
                                          double left) {
        constexpr double none = std::numeric_limits<double>::quiet_NaN();
        const double weight = state.weight();
        const double v = total / weight;
        const double bias = std::fabs(state.error().power_sum(1)) / weight;
        const double root =
            std::max(0.0, std::sqrt(state.cross() / weight / v / v) - bias / std::sqrt(v));
        // Where the errors do not vary their fourth moment is 0, and their kurtosis undefined.
        const double fourth =
            left == 0 ? 0.0 : left * left * state.error().kurtosis().value_or(none);
        const double square = left * left * state.target().kurtosis().value_or(none) -
                              2 * left * root * root + fourth;
        return square < 0 ? 0.0 : square;  // below zero only by rounding; NaN stays
    }
};

}  // namespace leeway::inline v0
