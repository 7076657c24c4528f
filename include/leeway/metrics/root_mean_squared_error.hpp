// The root of the mean of the squared errors.
#pragma once

#include <limits>

#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/regression_moments.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_loss.hpp"
#include "leeway/metrics/mean_squared_error.hpp"

namespace leeway::inline v0 {

/// Root mean squared error, sqrt(sum w (target - prediction)^2 / sum w), in the target's unit; at
/// least 0, lower is better.
///
/// Undefined when empty; out of range where the mean squared error is. Interval: the roots of the
/// ends of the mean squared error's, which holds exactly as often and stays above 0; to first order
/// it is the delta method's. Cost: O(1). Thread rule: a pure function.
struct root_mean_squared_error {
    using state_type = mean_loss<loss::squared_error>;
    static constexpr info_card info{
        "root_mean_squared_error",    "target", 0, std::numeric_limits<double>::infinity(),
        orientation::lower_is_better, ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const state_type& state) const {
        return root_of(mean_squared_error{confidence}(state));
    }
    [[nodiscard]] estimate operator()(const regression_moments& state) const {
        return root_of(mean_squared_error{confidence}(state));
    }
};

}  // namespace leeway::inline v0
