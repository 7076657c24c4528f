// The mean cost of a predicted quantile.
#pragma once

#include <limits>
#include <string>

#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/regression_losses.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_loss.hpp"

namespace leeway::inline v0 {

/// Pinball loss, the weighted mean over e = target - prediction of level e where e > 0 and (level -
/// 1) e where e < 0; in the target's unit, at least 0, lower is better. It is least for the
/// quantile of that level. Reported as pinball_loss_0.9 for level 0.9.
///
/// The state must be of the same level (empty_state() makes one), or it raises; level is in (0, 1).
/// At 0.5 it is half the mean absolute error. Undefined when empty. Interval: large-sample
/// (mean_of_loss.hpp). Cost: O(1). Thread rule: a pure function.
/// Source: R. Koenker, G. Bassett, "Regression quantiles", Econometrica 46 (1978).
struct pinball_loss {
    using state_type = mean_loss<loss::pinball>;
    static constexpr info_card info{"pinball_loss",
                                    "target",
                                    0,
                                    std::numeric_limits<double>::infinity(),
                                    orientation::lower_is_better,
                                    ""};

    double level{0.5};
    confidence_level confidence{confidence_95};

    /// An empty state of this loss.
    [[nodiscard]] state_type empty_state() const { return state_type(loss::pinball{level}); }
    [[nodiscard]] std::string key() const {
        return std::string(info.name) + '_' + detail::shown(level);
    }
    [[nodiscard]] estimate operator()(const state_type& state) const {
        return mean_of_loss(state, loss::pinball{level}, confidence, info);
    }
};

}  // namespace leeway::inline v0
