// How wide forecast intervals are.
#pragma once

#include <limits>

#include "leeway/accumulators/interval_losses.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_loss.hpp"

namespace leeway::inline v0 {

/// Mean of upper - lower, in the target's unit, from 0; lower is better at the same coverage
/// (interval_coverage), and winkler_score weighs the two.
///
/// Undefined when empty. Crossing intervals are counted in the state's rejected().range. Interval:
/// large-sample (mean_of_loss.hpp). Cost: O(1). Thread rule: a pure function. Source: T. Gneiting,
/// F. Balabdaoui, A. Raftery, "Probabilistic forecasts, calibration and sharpness", J. Roy. Stat.
/// Soc. B 69 (2007).
struct mean_interval_width {
    using state_type = interval_losses;
    static constexpr info_card info{
        "mean_interval_width",        "target", 0, std::numeric_limits<double>::infinity(),
        orientation::lower_is_better, ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const interval_losses& state) const noexcept {
        return mean_of_loss(state.width(), confidence, info);
    }
};

}  // namespace leeway::inline v0
