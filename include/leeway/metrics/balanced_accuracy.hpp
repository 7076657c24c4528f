// How many predictions are right, each class counting the same.
#pragma once

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/average.hpp"
#include "leeway/metrics/recall.hpp"

namespace leeway::inline v0 {

/// Balanced accuracy, the plain mean of recall over the classes present in the truth; in [0, 1],
/// higher is better; 1 / classes for a constant prediction.
///
/// Undefined when empty. A class that was predicted but is not in the truth is left out. Interval:
/// the delta method (class_table.hpp), over Kish's effective rows when weighted. Cost:
/// O(classes^2). Thread rule: a pure function. Source: K. Brodersen, C. Ong, K. Stephan, J.
/// Buhmann, "The balanced accuracy and its posterior distribution", ICPR (2010).
struct balanced_accuracy {
    using state_type = confusion_matrix;
    static constexpr info_card info{"balanced_accuracy",           "1", 0, 1,
                                    orientation::higher_is_better, ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const confusion_matrix& counts) const {
        return recall{average::macro, confidence}(counts);
    }
};

}  // namespace leeway::inline v0
