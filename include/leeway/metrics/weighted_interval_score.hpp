// The score of forecasts that are quantiles at several levels.
#pragma once

#include <limits>

#include "leeway/accumulators/forecast_losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_loss.hpp"

namespace leeway::inline v0 {

/// Weighted interval score: twice the mean over rows and levels a of the pinball loss, max(a (y -
/// q), (a - 1) (y - q)); in the target's unit, from 0, lower is better. With more levels it nears
/// the CRPS. For the levels 1/2 and a, 1 - a for K values of a it is Bracher's (|y - median| / 2 +
/// sum_k (a_k / 2) winkler_score_k) / (K + 1/2), where the a_k = 2 a are the intervals' alphas.
///
/// Undefined when empty. Levels that do not ascend inside (0, 1) and quantiles that cross are
/// counted in the state's rejected().range. Interval: large-sample (mean_of_loss.hpp). Cost: O(1).
/// Thread rule: a pure function. Source: J. Bracher, E. Ray, T. Gneiting, N. Reich, "Evaluating
/// epidemic forecasts in an interval format", PLOS Computational Biology 17 (2021).
struct weighted_interval_score {
    using state_type = mean_loss<loss::weighted_interval>;
    static constexpr info_card info{
        "weighted_interval_score",    "target", 0, std::numeric_limits<double>::infinity(),
        orientation::lower_is_better, ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const state_type& state) const noexcept {
        return mean_of_loss(state, confidence, info);
    }
};

}  // namespace leeway::inline v0
