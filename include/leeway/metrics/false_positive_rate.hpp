// Of the rows that are not of a class, how many were predicted as it.
#pragma once

#include <string>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/average.hpp"
#include "leeway/metrics/class_ratio.hpp"

namespace leeway::inline v0 {

/// False positive rate (fall-out), fp / (fp + tn) = 1 - specificity; in [0, 1], lower is better.
///
/// Undefined (zero denominator) when every row is of the class; see average.hpp for averages.
/// Interval: Wilson's for one class and micro, the delta method (class_table.hpp) for macro and
/// weighted; Kish's effective rows when weighted. Cost: O(classes^2). Thread rule: a pure function.
struct false_positive_rate {
    using state_type = confusion_matrix;
    static constexpr info_card info{
        "false_positive_rate",      "1", 0, 1, orientation::lower_is_better,
        "every row is of the class"};

    average over{average::binary};
    confidence_level confidence{confidence_95};

    [[nodiscard]] static constexpr class_ratio ratio() noexcept {
        return {.numerator = {.fp = 1}, .denominator = {.fp = 1, .tn = 1}};
    }
    [[nodiscard]] std::string key() const { return averaged_key(info.name, over); }
    [[nodiscard]] estimate operator()(const confusion_matrix& counts) const {
        return averaged_ratio(*this, counts);
    }
};

}  // namespace leeway::inline v0
