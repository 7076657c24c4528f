// Precision and recall in one number, by their geometric mean.
#pragma once

#include <cmath>
#include <span>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/class_ratio.hpp"
#include "leeway/metrics/class_table.hpp"
#include "leeway/metrics/count_powers.hpp"

namespace leeway::inline v0 {

/// Fowlkes-Mallows index, sqrt(precision recall) = tp / sqrt((tp + fp) (tp + fn)) of class 1; in
/// [0, 1], higher is better; at least F1.
///
/// It is here the index of a classifier's decisions; scikit-learn's function of that name compares
/// two clusterings, and applies the formula to pairs of rows. Undefined (zero denominator) when
/// class 1 is not in the truth or was never predicted; a state of more than two classes raises.
/// Interval: the delta method (class_table.hpp), over Kish's effective rows when weighted. Cost:
/// O(1). Thread rule: a pure function. Source: E. Fowlkes, C. Mallows, "A method for comparing two
/// hierarchical clusterings", JASA 78 (1983).
struct fowlkes_mallows {
    using state_type = confusion_matrix;
    static constexpr info_card info{"fowlkes_mallows",
                                    "1",
                                    0,
                                    1,
                                    orientation::higher_is_better,
                                    "the class is not in the truth, or was never predicted"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const confusion_matrix& counts) const {
        const binary_counts of_one = two_class_counts(info.name, counts);
        const double weight = counts.total();
        if (!(weight > 0)) return undefined::empty;
        const double predicted = of_one.tp + of_one.fp;
        const double truth = of_one.tp + of_one.fn;
        if (!(predicted > 0 && truth > 0)) return estimate(undefined::zero_denominator, weight);
        const double value = std::sqrt(of_one.tp / predicted) * std::sqrt(of_one.tp / truth);
        return delta_interval(
            value, class_table::of(of_one), effective_rows_per_weight(counts), weight, confidence,
            info, [](const class_table& at, std::span<double> gradient) {
                return product_of_powers(
                    {{{.tp = 1}, 1}, {{.tp = 1, .fp = 1}, -0.5}, {{.tp = 1, .fn = 1}, -0.5}}, at,
                    gradient);
            });
    }
};

}  // namespace leeway::inline v0
