// How far scores fall short of deciding right with a margin of 1.
#pragma once

#include <limits>

#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/row_losses.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_loss.hpp"

namespace leeway::inline v0 {

/// Hinge loss, the weighted mean of max(0, 1 - margin); at least 0, lower is better. The margin is
/// the score for label 1 and -score for label 0; of several classes, the label's score less the
/// largest other one. Scores are those of a margin classifier, of any size, not probabilities.
///
/// Undefined when empty. Interval: large-sample (mean_of_loss.hpp). Cost: O(1). Thread rule: a pure
/// function. Source: C. Cortes, V. Vapnik, "Support-vector networks", Machine Learning 20 (1995);
/// K. Crammer, Y. Singer, "On the algorithmic implementation of multiclass kernel-based vector
/// machines", J. Mach. Learn. Res. 2 (2001).
struct hinge_loss {
    using state_type = mean_loss<loss::hinge>;
    static constexpr info_card info{"hinge_loss",
                                    "1",
                                    0,
                                    std::numeric_limits<double>::infinity(),
                                    orientation::lower_is_better,
                                    ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const state_type& state) const noexcept {
        return mean_of_loss(state, confidence, info);
    }
    /// Of more than two classes.
    [[nodiscard]] estimate operator()(const mean_loss<loss::row_hinge>& state) const noexcept {
        return mean_of_loss(state, confidence, info);
    }
};

}  // namespace leeway::inline v0
