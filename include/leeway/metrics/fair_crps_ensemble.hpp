// How far the distributions behind ensembles are from what happened.
#pragma once

#include <limits>

#include "leeway/accumulators/forecast_losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_loss.hpp"

namespace leeway::inline v0 {

/// Continuous ranked probability score, fair for ensembles: the mean over rows of mean |x_i - y| -
/// sum_{i < j} |x_i - x_j| / (m (m - 1)); in the target's unit, from 0, lower is better.
///
/// Its mean is the score of the distribution that the members were drawn from, so ensembles of
/// different size can be compared; crps_ensemble scores the ensemble itself.
///
/// Undefined when empty, and (too little data) where every row had fewer than two members. Bad
/// rows, and ensembles of fewer than two members, are counted in the state's rejected(). Interval:
/// large-sample (mean_of_loss.hpp). Cost: O(1). Thread rule: a pure function. Source: C. Ferro,
/// "Fair scores for ensemble forecasts", Quarterly J. Royal Meteorol. Soc. 140 (2014).
struct fair_crps_ensemble {
    using state_type = mean_loss<loss::fair_crps_ensemble>;
    static constexpr info_card info{"fair_crps_ensemble",
                                    "target",
                                    0,
                                    std::numeric_limits<double>::infinity(),
                                    orientation::lower_is_better,
                                    "every ensemble has a single member"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const state_type& state) const noexcept {
        if (state.rows() == 0 && state.rejected().range > 0) return undefined::too_little_data;
        return mean_of_loss(state, confidence, info);
    }
};

}  // namespace leeway::inline v0
