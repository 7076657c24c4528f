// The mean of the errors relative to the target.
#pragma once

#include <limits>

#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/regression_losses.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_loss.hpp"

namespace leeway::inline v0 {

/// Mean absolute percentage error, sum w |y - prediction| / max(|y|, 2^-52) / sum w, y the target;
/// a share (0.1 is ten per cent), at least 0, lower is better.
///
/// The floor is scikit-learn's: one row whose target is 0 makes the mean huge, and is meant to. For
/// targets that may be 0 use weighted_mean_absolute_percentage_error or mean_absolute_scaled_error.
/// Undefined when empty. Interval: large-sample (mean_of_loss.hpp). Cost: O(1). Thread rule: a pure
/// function.
struct mean_absolute_percentage_error {
    using state_type = mean_loss<loss::absolute_percentage_error>;
    static constexpr info_card info{
        "mean_absolute_percentage_error", "1", 0, std::numeric_limits<double>::infinity(),
        orientation::lower_is_better,     ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const state_type& state) const noexcept {
        return mean_of_loss(state, confidence, info);
    }
};

}  // namespace leeway::inline v0
