// How far predicted probabilities of ordered classes are from what happened.
#pragma once

#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/row_losses.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_loss.hpp"

namespace leeway::inline v0 {

/// Ranked probability score of ordered classes 0 .. k - 1: the mean over rows of sum_c (P(class <=
/// c) - [label <= c])^2 / (k - 1) over the k - 1 cuts c; in [0, 1], lower is better. Probability
/// two classes off costs more than one class off, which brier_score does not see. For two classes
/// it is the binary Brier score; without the division by k - 1 it is in [0, k - 1].
///
/// Undefined when empty. Rows that are no distribution are counted in the state's rejected().
/// Interval: large-sample (mean_of_loss.hpp). Cost: O(1). Thread rule: a pure function.
/// Source: E. Epstein, "A scoring system for probability forecasts of ranked categories", J. Appl.
/// Meteorology 8 (1969); A. Murphy, "A note on the ranked probability score", J. Appl. Meteorology
/// 10 (1971).
struct ranked_probability_score {
    using state_type = mean_loss<loss::row_ranked>;
    static constexpr info_card info{"ranked_probability_score",   "1", 0, 1,
                                    orientation::lower_is_better, ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const state_type& state) const noexcept {
        return mean_of_loss(state, confidence, info);
    }
};

}  // namespace leeway::inline v0
