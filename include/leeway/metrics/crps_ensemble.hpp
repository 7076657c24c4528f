// How far ensembles are from what happened.
#pragma once

#include <limits>

#include "leeway/accumulators/forecast_losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_loss.hpp"

namespace leeway::inline v0 {

/// Continuous ranked probability score of an ensemble's empirical distribution: the mean over rows
/// of mean |x_i - y| - (1 / 2) mean |x_i - x_j| over all m^2 pairs; in the target's unit, from 0,
/// lower is better. For one member it is the absolute error.
///
/// It is the score of the ensemble as the forecast. As an estimate for the distribution that the
/// members were drawn from it is too large by (1 / (2 m)) mean |x_i - x_j|: fair_crps_ensemble.
///
/// Undefined when empty. Bad rows are counted in the state's rejected(). Interval: large-sample
/// (mean_of_loss.hpp). Cost: O(1). Thread rule: a pure function. Source: T. Gneiting, A. Raftery,
/// "Strictly proper scoring rules, prediction, and estimation", JASA 102 (2007), equation 20.
struct crps_ensemble {
    using state_type = mean_loss<loss::crps_ensemble>;
    static constexpr info_card info{"crps_ensemble",
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
