// How often targets are inside their forecast intervals.
#pragma once

#include <algorithm>

#include "leeway/accumulators/interval_losses.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// Coverage, the weight of rows with lower <= target <= upper over all; in [0, 1]. Best is the
/// level that the intervals claim: more means that they are too wide.
///
/// Undefined when empty. Crossing intervals are counted in the state's rejected().range. Interval:
/// Wilson, rows by Kish when weighted. Cost: O(1). Thread rule: a pure function. Source: P.
/// Christoffersen, "Evaluating interval forecasts", International Economic Review 39 (1998).
struct interval_coverage {
    using state_type = interval_losses;
    static constexpr info_card info{"interval_coverage", "1", 0, 1, orientation::neither, ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const interval_losses& state) const noexcept {
        const double weight = state.weight();
        if (!(weight > 0)) return undefined::empty;
        // Sums of other rows, rounded apart.
        const double share = std::min(1.0, state.covered() / weight);
        return wilson_interval(share, effective_rows(weight, state.sum_of_squared_weights()),
                               weight, confidence);
    }
};

}  // namespace leeway::inline v0
