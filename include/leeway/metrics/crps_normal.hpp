// How far normal forecasts are from what happened.
#pragma once

#include <limits>

#include "leeway/accumulators/forecast_losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_loss.hpp"

namespace leeway::inline v0 {

/// Continuous ranked probability score of normal forecasts: the mean over rows of s (z (2 P(N <= z)
/// - 1) + 2 phi(z) - 1 / sqrt(pi)), z = (y - mean) / s; in the target's unit, above 0, lower is
/// better. It forgives a far miss linearly, where log_score_normal squares it.
///
/// Undefined when empty. Deviations that are not positive are counted in the state's
/// rejected().range. Interval: large-sample (mean_of_loss.hpp). Cost: O(1). Thread rule: a pure
/// function. Source: T. Gneiting, A. Raftery, "Strictly proper scoring rules, prediction, and
/// estimation", JASA 102 (2007), equation 21 for the normal.
struct crps_normal {
    using state_type = mean_loss<loss::crps_normal>;
    static constexpr info_card info{"crps_normal",
                                    "target",
                                    0,
                                    std::numeric_limits<double>::infinity(),
                                    orientation::lower_is_better,
                                    ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const state_type& state) const noexcept {
        return mean_of_loss(state, confidence, info);
    }
};

}  // namespace leeway::inline v0
