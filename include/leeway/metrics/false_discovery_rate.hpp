// Of the rows predicted as a class, how many are not of it.
#pragma once

#include <string>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/average.hpp"
#include "leeway/metrics/class_ratio.hpp"

namespace leeway::inline v0 {

/// False discovery rate, fp / (fp + tp) = 1 - precision; in [0, 1], lower is better.
///
/// Undefined (zero denominator) when the class was never predicted; see average.hpp for averages.
/// Interval: Wilson's for one class and micro, the delta method (class_table.hpp) for macro and
/// weighted; Kish's effective rows when weighted. Cost: O(classes^2). Thread rule: a pure function.
struct false_discovery_rate {
    using state_type = confusion_matrix;
    static constexpr info_card info{
        "false_discovery_rate",         "1", 0, 1, orientation::lower_is_better,
        "the class was never predicted"};

    average over{average::binary};
    confidence_level confidence{confidence_95};

    [[nodiscard]] static constexpr class_ratio ratio() noexcept {
        return {.numerator = {.fp = 1}, .denominator = {.tp = 1, .fp = 1}};
    }
    [[nodiscard]] std::string key() const { return averaged_key(info.name, over); }
    [[nodiscard]] estimate operator()(const confusion_matrix& counts) const {
        return averaged_ratio(*this, counts);
    }
};

}  // namespace leeway::inline v0
