// The root of the mean of the squared errors on a logarithmic scale.
#pragma once

#include <limits>

#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/regression_losses.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_loss.hpp"
#include "leeway/metrics/mean_squared_log_error.hpp"

namespace leeway::inline v0 {

/// Root mean squared logarithmic error, the square root of mean_squared_log_error; at least 0,
/// lower is better. A small value is about the relative error of 1 + target.
///
/// Undefined when empty. Interval: the roots of the mean squared logarithmic error's ends
/// (mean_of_loss.hpp). Cost: O(1). Thread rule: a pure function.
struct root_mean_squared_log_error {
    using state_type = mean_loss<loss::squared_log_error>;
    static constexpr info_card info{
        "root_mean_squared_log_error", "1", 0, std::numeric_limits<double>::infinity(),
        orientation::lower_is_better,  ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const state_type& state) const {
        return root_of(mean_squared_log_error{confidence}(state));
    }
};

}  // namespace leeway::inline v0
