// How much of the Brier score a model saves.
#pragma once

#include <limits>

#include "leeway/accumulators/class_losses.hpp"
#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/row_losses.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/skill_of_loss.hpp"

namespace leeway::inline v0 {

/// 1 - Brier score / Brier score of predicting the observed class frequencies for every row (the
/// Brier skill score against the sample's climatology); at most 1, higher is better, 0 for a model
/// that knows no more than the frequencies, below 0 for one that knows less. The same for two
/// classes in binary form and as rows.
///
/// Undefined: empty; one class, where the frequencies cost nothing. Scores outside [0, 1] are
/// counted in the state's rejected(). Interval: large-sample, by the rows' influences
/// (skill_of_loss.hpp). Cost: O(classes). Thread rule: a pure function. Source: A. Murphy, "Skill
/// scores based on the mean square error and their relationships to the correlation coefficient",
/// Monthly Weather Review 116 (1988).
struct d2_brier_score {
    using state_type = class_losses<loss::brier>;
    static constexpr info_card info{"d2_brier_score",
                                    "1",
                                    -std::numeric_limits<double>::infinity(),
                                    1,
                                    orientation::higher_is_better,
                                    "there is only one class"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const state_type& state) const {
        return skill_of_loss(state, confidence, info,
                             [](const class_share& of) { return of.others * of.others; });
    }
    /// Of rows with a probability for every class.
    [[nodiscard]] estimate operator()(const class_losses<loss::row_brier>& state) const {
        return skill_of_loss(state, confidence, info, [](const class_share& of) {
            return of.others * of.others + of.other_squares;
        });
    }
};

}  // namespace leeway::inline v0
