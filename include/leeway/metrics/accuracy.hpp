// How many predictions are right.
#pragma once

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// Accuracy, the weight of right predictions over all; in [0, 1], higher is better.
///
/// Undefined when empty. Interval: Wilson's, over Kish's effective rows when weighted.
/// Cost: O(classes^2). Thread rule: a pure function.
struct accuracy {
    using state_type = confusion_matrix;
    static constexpr info_card info{"accuracy", "1", 0, 1, orientation::higher_is_better, ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const confusion_matrix& counts) const noexcept {
        const double weight = counts.total();
        if (!(weight > 0)) return undefined::empty;
        return wilson_interval(counts.correct() / weight,
                               effective_rows(weight, counts.sum_of_squared_weights()), weight,
                               confidence);
    }
};

}  // namespace leeway::inline v0
