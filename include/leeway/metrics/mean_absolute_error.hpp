// The mean of the absolute errors.
#pragma once

#include <limits>

#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/regression_moments.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_loss.hpp"

namespace leeway::inline v0 {

/// Mean absolute error, sum w |target - prediction| / sum w, in the target's unit; at least 0,
/// lower is better.
///
/// Undefined when empty. Interval: large-sample (mean_of_loss.hpp). Cost: O(1). Thread rule: a pure
/// function.
struct mean_absolute_error {
    using state_type = mean_loss<loss::absolute_error>;
    static constexpr info_card info{
        "mean_absolute_error",        "target", 0, std::numeric_limits<double>::infinity(),
        orientation::lower_is_better, ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const state_type& state) const noexcept {
        return mean_of_loss(state, confidence, info);
    }
    /// Of the moments that r_squared reads, for who holds them anyway.
    [[nodiscard]] estimate operator()(const regression_moments& state) const {
        return detail::mean_of_sums(state, state.sum_of_absolute_errors(),
                                    state.sum_of_squared_errors(), confidence, info);
    }
};

}  // namespace leeway::inline v0
