// The mean of the squared errors.
#pragma once

#include <cmath>
#include <limits>

#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/regression_moments.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"
#include "leeway/metrics/mean_of_loss.hpp"

namespace leeway::inline v0 {

/// Mean squared error, sum w (target - prediction)^2 / sum w, in the target's unit squared; at
/// least 0, lower is better.
///
/// Undefined when empty; infinite when a square overflows. Interval: large-sample
/// (mean_of_loss.hpp). Cost: O(1). Thread rule: a pure function.
struct mean_squared_error {
    using state_type = mean_loss<loss::squared_error>;
    static constexpr info_card info{
        "mean_squared_error",         "target^2", 0, std::numeric_limits<double>::infinity(),
        orientation::lower_is_better, ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const state_type& state) const noexcept {
        return mean_of_loss(state, confidence, info);
    }
    /// Of the moments that r_squared reads, for who holds them anyway: sum w e^4 - (sum w e^2)^2 /
    /// W over W - sum w^2 / W is the variance of the squares. An error whose square overflows is in
    /// the sums here.
    [[nodiscard]] estimate operator()(const regression_moments& state) const {
        const double weight = state.weight();
        if (!(weight > 0)) return undefined::empty;
        const double squares = state.sum_of_squared_errors();
        const double mean = squares / weight;
        const double fourth = state.error().power_sum(4);
        const double left = fourth - squares * mean;
        // Squares that do not vary leave rounding alone.
        const bool vary = !(left <= 4 * std::numeric_limits<double>::epsilon() * fourth);
        const double freedom = weight - state.sum_of_squared_weights() / weight;
        const double variance =
            freedom > 0 ? (vary ? left / freedom : 0) : std::numeric_limits<double>::quiet_NaN();
        const double rows = effective_rows(weight, state.sum_of_squared_weights());
        return score_interval(mean, std::sqrt(variance / rows), rows - 1, weight, confidence, info);
    }
};

}  // namespace leeway::inline v0
