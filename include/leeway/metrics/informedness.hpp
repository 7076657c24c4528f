// How much better than chance a prediction tells positive rows from negative ones.
#pragma once

#include <span>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/class_ratio.hpp"
#include "leeway/metrics/class_table.hpp"
#include "leeway/metrics/false_positive_rate.hpp"
#include "leeway/metrics/recall.hpp"

namespace leeway::inline v0 {

/// Informedness (Youden's J, the true skill statistic), true positive rate less false positive rate
/// of class 1, which is recall + specificity - 1; in [-1, 1], higher is better, 0 is chance.
///
/// Undefined (one class) when the truth is a single class; a state of more than two classes raises:
/// there, ask for balanced_accuracy_adjusted, which is the same figure for two. Interval: the delta
/// method (class_table.hpp), over Kish's effective rows when weighted. Cost: O(1). Thread rule: a
/// pure function. Source: W. Youden, "Index for rating diagnostic tests", Cancer 3 (1950); D.
/// Powers, "Evaluation: from precision, recall and F-measure to ROC, informedness, markedness and
/// correlation", J. Mach. Learn. Technol. 2 (2011).
struct informedness {
    using state_type = confusion_matrix;
    static constexpr info_card info{
        "informedness", "1", -1, 1, orientation::higher_is_better, "the truth is one class"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const confusion_matrix& counts) const {
        const binary_counts of_one = two_class_counts(info.name, counts);
        const auto [tp, fp, fn, tn] = of_one;
        const double weight = counts.total();
        if (!(weight > 0)) return undefined::empty;
        if (!(tp + fn > 0 && fp + tn > 0)) return estimate(undefined::one_class, weight);
        const double value = tp / (tp + fn) - fp / (fp + tn);
        return delta_interval(value, class_table::of(of_one), effective_rows_per_weight(counts),
                              weight, confidence, info,
                              [](const class_table& at, std::span<double> gradient) {
                                  return difference_of_ratios(
                                      recall::ratio(), false_positive_rate::ratio(), at, gradient);
                              });
    }
};

}  // namespace leeway::inline v0
