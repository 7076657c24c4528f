// How many predictions are right, each class counting the same.
#pragma once

#include <cstddef>
#include <string>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/average.hpp"
#include "leeway/metrics/recall.hpp"

namespace leeway::inline v0 {

/// Balanced accuracy, the plain mean of recall over the classes present in the truth; in [0, 1],
/// higher is better; 1 / classes for a constant prediction. Adjusted, (mean - 1 / classes) / (1 - 1
/// / classes) over the classes in the truth: 0 for a constant prediction, at least -1; reported as
/// balanced_accuracy_adjusted.
///
/// Undefined when empty and, adjusted, (one class) when the truth is one class. A class that was
/// predicted but is not in the truth is left out. Interval: the delta method (class_table.hpp),
/// over Kish's effective rows when weighted. Cost: O(classes^2). Thread rule: a pure function.
/// Source: K. Brodersen, C. Ong, K. Stephan, J. Buhmann, "The balanced accuracy and its posterior
/// distribution", ICPR (2010).
struct balanced_accuracy {
    using state_type = confusion_matrix;
    static constexpr info_card info{"balanced_accuracy",
                                    "1",
                                    0,
                                    1,
                                    orientation::higher_is_better,
                                    "adjusted, and the truth is one class"};

    confidence_level confidence{confidence_95};
    bool adjusted{false};

    [[nodiscard]] std::string key() const {
        return adjusted ? "balanced_accuracy_adjusted" : "balanced_accuracy";
    }
    [[nodiscard]] estimate operator()(const confusion_matrix& counts) const {
        const estimate mean = recall{average::macro, confidence}(counts);
        if (!adjusted || !mean) return mean;
        double classes = 0;
        for (std::size_t c = 0; c < counts.classes(); ++c) {
            if (counts.label_total(c) > 0) ++classes;
        }
        if (classes < 2) return estimate(undefined::one_class, mean.weight());
        const auto above_chance = [&](double x) { return (x * classes - 1) / (classes - 1); };
        return estimate::within(above_chance(mean.value()), above_chance(mean.lower()),
                                above_chance(mean.upper()), mean.confidence(), mean.weight());
    }
};

}  // namespace leeway::inline v0
