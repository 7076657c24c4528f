// The mean of the errors relative to the size of target and prediction.
#pragma once

#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/regression_losses.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_loss.hpp"

namespace leeway::inline v0 {

/// Symmetric mean absolute percentage error, the weighted mean of 2 |y - m| / (|y| + |m|) over
/// target y and prediction m; in [0, 2], lower is better. Some publish 100 times it, or half of it.
///
/// A row in which both are 0 counts 0. Undefined when empty. Interval: large-sample
/// (mean_of_loss.hpp). Cost: O(1). Thread rule: a pure function.
/// Source: S. Makridakis, "Accuracy measures: theoretical and practical concerns", Int. J.
/// Forecasting 9 (1993).
struct symmetric_mean_absolute_percentage_error {
    using state_type = mean_loss<loss::symmetric_absolute_percentage_error>;
    static constexpr info_card info{
        "symmetric_mean_absolute_percentage_error", "1", 0, 2, orientation::lower_is_better, ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const state_type& state) const noexcept {
        return mean_of_loss(state, confidence, info);
    }
};

}  // namespace leeway::inline v0
