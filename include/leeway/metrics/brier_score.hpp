// The mean squared error of predicted probabilities.
#pragma once

#include "leeway/accumulators/class_losses.hpp"
#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/row_losses.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_loss.hpp"

namespace leeway::inline v0 {

/// Brier score, sum w (probability - label)^2 / sum w; lower is better. In [0, 1] for a binary
/// task, which looks at the positive class alone; in [0, 2] for several classes, where the squares
/// are added over all of them (so two classes as rows give twice the binary score).
///
/// Undefined when empty. Scores outside [0, 1] are counted in the state's rejected(). Interval:
/// large-sample (mean_of_loss.hpp). Cost: O(1). Thread rule: a pure function.
/// Source: G. Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather
/// Review 78 (1950), the form over all classes.
struct brier_score {
    using state_type = mean_loss<loss::brier>;
    static constexpr info_card info{"brier_score", "1", 0, 1, orientation::lower_is_better, ""};
    static constexpr info_card rows_info{
        "brier_score", "1", 0, 2, orientation::lower_is_better, ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const state_type& state) const noexcept {
        return mean_of_loss(state, confidence, info);
    }
    /// Of the losses by class, for who holds them anyway.
    [[nodiscard]] estimate operator()(const class_losses<loss::brier>& state) const {
        return mean_of_loss(state.all(), confidence, info);
    }
    [[nodiscard]] estimate operator()(const class_losses<loss::row_brier>& state) const {
        return mean_of_loss(state.all(), confidence, rows_info);
    }
    /// Of more than two classes.
    [[nodiscard]] estimate operator()(const mean_loss<loss::row_brier>& state) const noexcept {
        return mean_of_loss(state, confidence, rows_info);
    }
};

}  // namespace leeway::inline v0
