// The mean of the squared errors on a logarithmic scale.
#pragma once

#include <limits>

#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/regression_losses.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_loss.hpp"

namespace leeway::inline v0 {

/// Mean squared logarithmic error, the weighted mean of (log(1 + target) - log(1 + prediction))^2;
/// at least 0, lower is better.
///
/// Targets and predictions must be above -1: other rows are counted in the state's rejected().range
/// (scikit-learn 1.2.1 raises below 0). Undefined when empty. Interval: large-sample
/// (mean_of_loss.hpp). Cost: O(1). Thread rule: a pure function.
struct mean_squared_log_error {
    using state_type = mean_loss<loss::squared_log_error>;
    static constexpr info_card info{
        "mean_squared_log_error",     "1", 0, std::numeric_limits<double>::infinity(),
        orientation::lower_is_better, ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const state_type& state) const noexcept {
        return mean_of_loss(state, confidence, info);
    }
};

}  // namespace leeway::inline v0
