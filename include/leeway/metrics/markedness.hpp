// How much better than chance a prediction is to be believed.
#pragma once

#include <span>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/class_ratio.hpp"
#include "leeway/metrics/class_table.hpp"
#include "leeway/metrics/false_omission_rate.hpp"
#include "leeway/metrics/precision.hpp"

namespace leeway::inline v0 {

/// Markedness, precision + negative predictive value - 1 of class 1; in [-1, 1], higher is better,
/// 0 is chance. It is informedness with truth and prediction exchanged.
///
/// Undefined (zero denominator) when every prediction is the same; a state of more than two classes
/// raises. Interval: the delta method (class_table.hpp), over Kish's effective rows when weighted.
/// Cost: O(1). Thread rule: a pure function. Source: D. Powers, "Evaluation: from precision, recall
/// and F-measure to ROC, informedness, markedness and correlation", J. Mach. Learn. Technol. 2
/// (2011).
struct markedness {
    using state_type = confusion_matrix;
    static constexpr info_card info{
        "markedness", "1", -1, 1, orientation::higher_is_better, "every prediction is the same"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const confusion_matrix& counts) const {
        const binary_counts of_one = two_class_counts(info.name, counts);
        const auto [tp, fp, fn, tn] = of_one;
        const double weight = counts.total();
        if (!(weight > 0)) return undefined::empty;
        if (!(tp + fp > 0 && fn + tn > 0)) return estimate(undefined::zero_denominator, weight);
        const double value = tp / (tp + fp) - fn / (fn + tn);
        return delta_interval(
            value, class_table::of(of_one), effective_rows_per_weight(counts), weight, confidence,
            info, [](const class_table& at, std::span<double> gradient) {
                return difference_of_ratios(precision::ratio(), false_omission_rate::ratio(), at,
                                            gradient);
            });
    }
};

}  // namespace leeway::inline v0
