// The mean of the squared errors.
#pragma once

#include <limits>

#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/regression_moments.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_loss.hpp"

namespace leeway::inline v0 {

/// Mean squared error, sum w (target - prediction)^2 / sum w, in the target's unit squared; at
/// least 0, lower is better.
///
/// Undefined when empty; out of range when it is below 2^-900 and not 0, where squares lose digits
/// (errors of 1e-135); infinite when a square overflows. Interval: large-sample
/// (mean_of_loss.hpp). Cost: O(1). Thread rule: a pure function.
struct mean_squared_error {
    using state_type = mean_loss<loss::squared_error>;
    static constexpr info_card info{
        "mean_squared_error",         "target^2", 0, std::numeric_limits<double>::infinity(),
        orientation::lower_is_better, ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const state_type& state) const noexcept {
        const estimate mean = mean_of_loss(state, confidence, info);
        if (mean && detail::lost_digits(mean.value()))
            return estimate(undefined::out_of_range, mean.weight());
        return mean;
    }
    /// Of the moments that r_squared reads, for who holds them anyway. An error whose square
    /// overflows is in the sums here.
    [[nodiscard]] estimate operator()(const regression_moments& state) const {
        const double squares = state.sum_of_squared_errors();
        if (detail::lost_digits(squares) || detail::lost_digits(squares / state.weight()))
            return estimate(undefined::out_of_range, state.weight());
        return detail::mean_of_sums(state, squares, state.error().power_sum(4), confidence, info);
    }
};

}  // namespace leeway::inline v0
