// How many rows are right in all of their labels.
#pragma once

#include "leeway/accumulators/multilabel_counts.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// Exact match (subset accuracy), the weight of the rows whose labels are all predicted right over
/// all; in [0, 1], higher is better. scikit-learn's accuracy_score of rows with several labels.
///
/// Undefined when empty. Interval: Wilson's, over Kish's effective rows when weighted. Cost: O(1).
/// Thread rule: a pure function.
struct exact_match {
    using state_type = multilabel_counts;
    static constexpr info_card info{"exact_match", "1", 0, 1, orientation::higher_is_better, ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const multilabel_counts& counts) const noexcept {
        const double weight = counts.weight();
        if (!(weight > 0)) return undefined::empty;
        return wilson_interval(counts.exact() / weight,
                               effective_rows(weight, counts.sum_of_squared_weights()), weight,
                               confidence);
    }
};

}  // namespace leeway::inline v0
