// How many rows are positive.
#pragma once

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/class_ratio.hpp"

namespace leeway::inline v0 {

/// Prevalence, the weight of the rows of class 1 over all; in [0, 1]. per_class() has every
/// class's.
///
/// Undefined when empty; a state of more than two classes raises, but for per_class(). Interval:
/// Wilson's, over Kish's effective rows when weighted. Cost: O(classes^2). Thread rule: a pure
/// function.
struct prevalence {
    using state_type = confusion_matrix;
    static constexpr info_card info{"prevalence", "1", 0, 1, orientation::neither, ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] static constexpr class_ratio ratio() noexcept {
        return {.numerator = {.tp = 1, .fn = 1},
                .denominator = {.tp = 1, .fp = 1, .fn = 1, .tn = 1}};
    }
    [[nodiscard]] estimate operator()(const confusion_matrix& counts) const {
        return binary_ratio(*this, counts);
    }
};

}  // namespace leeway::inline v0
