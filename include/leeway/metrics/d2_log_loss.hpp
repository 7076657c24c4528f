// How much of the log loss a model saves.
#pragma once

#include <cmath>
#include <limits>

#include "leeway/accumulators/class_losses.hpp"
#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/row_losses.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/skill_of_loss.hpp"

namespace leeway::inline v0 {

/// 1 - log loss / log loss of predicting the observed class frequencies for every row (McFadden's
/// pseudo R squared against the intercept alone); at most 1, higher is better, 0 for a model that
/// knows no more than the frequencies, below 0 for one that knows less.
///
/// Undefined: empty; one class, where the frequencies cost nothing. One row that was certain of the
/// wrong class makes it -infinity, without an interval; the state's infinite() counts them, and the
/// frequencies are of the other rows. Scores outside [0, 1] are counted in the state's rejected().
/// Interval: large-sample, by the rows' influences (skill_of_loss.hpp). Cost: O(classes). Thread
/// rule: a pure function. Source: D. McFadden, "Conditional logit analysis of qualitative choice
/// behavior", Frontiers in Econometrics (1974).
struct d2_log_loss {
    using state_type = class_losses<loss::logarithmic>;
    static constexpr info_card info{"d2_log_loss",
                                    "1",
                                    -std::numeric_limits<double>::infinity(),
                                    1,
                                    orientation::higher_is_better,
                                    "there is only one class"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const state_type& state) const {
        return skill_of_loss(state, confidence, info, [](const class_share& of) {
            return of.share < 0.5 ? -std::log(of.share) : -std::log1p(-of.others);
        });
    }
    /// Of rows with a probability for every class.
    [[nodiscard]] estimate operator()(const class_losses<loss::row_logarithmic>& state) const {
        return skill_of_loss(state, confidence, info, [](const class_share& of) {
            return of.share < 0.5 ? -std::log(of.share) : -std::log1p(-of.others);
        });
    }
};

}  // namespace leeway::inline v0
