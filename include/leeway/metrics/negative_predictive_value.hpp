// Of the rows not predicted as a class, how many are not of it.
#pragma once

#include <string>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/average.hpp"
#include "leeway/metrics/class_ratio.hpp"

namespace leeway::inline v0 {

/// Negative predictive value, tn / (tn + fn); in [0, 1], higher is better.
///
/// Undefined (zero denominator) when every row was predicted as the class; see average.hpp for
/// averages. Interval: Wilson's for one class and micro, the delta method (class_table.hpp) for
/// macro and weighted; Kish's effective rows when weighted. Cost: O(classes^2). Thread rule: a pure
/// function.
struct negative_predictive_value {
    using state_type = confusion_matrix;
    static constexpr info_card info{
        "negative_predictive_value",           "1", 0, 1, orientation::higher_is_better,
        "every row was predicted as the class"};

    average over{average::binary};
    confidence_level confidence{confidence_95};

    [[nodiscard]] static constexpr class_ratio ratio() noexcept {
        return {.numerator = {.tn = 1}, .denominator = {.fn = 1, .tn = 1}};
    }
    [[nodiscard]] std::string key() const { return averaged_key(info.name, over); }
    [[nodiscard]] estimate operator()(const confusion_matrix& counts) const {
        return averaged_ratio(*this, counts);
    }
};

}  // namespace leeway::inline v0
