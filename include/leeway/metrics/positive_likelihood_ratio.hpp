// How much more often a positive prediction is made on positive rows than on negative ones.
#pragma once

#include <limits>
#include <span>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/class_ratio.hpp"
#include "leeway/metrics/class_table.hpp"
#include "leeway/metrics/count_powers.hpp"

namespace leeway::inline v0 {

/// Positive likelihood ratio, true positive rate over false positive rate, of class 1; from 0, 1 is
/// no better than chance, higher is better. A positive prediction multiplies the odds of the label
/// by it.
///
/// Undefined (one class) when the truth is a single class, and (zero denominator) without a false
/// positive, where it would be infinite; a state of more than two classes raises. Interval: the
/// delta method on the logarithm (log_delta_interval in class_table.hpp), over Kish's effective
/// rows when weighted. Cost: O(1). Thread rule: a pure function. Source: D. Simel, G. Samsa, D.
/// Matchar, "Likelihood ratios with confidence: sample size estimation for diagnostic test
/// studies", J. Clin. Epidemiol. 44 (1991).
struct positive_likelihood_ratio {
    using state_type = confusion_matrix;
    static constexpr info_card info{"positive_likelihood_ratio",
                                    "1",
                                    0,
                                    std::numeric_limits<double>::infinity(),
                                    orientation::higher_is_better,
                                    "the truth is one class, or no false positive"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const confusion_matrix& counts) const {
        const auto [tp, fp, fn, tn] = two_class_counts(info.name, counts);
        const double weight = counts.total();
        if (!(weight > 0)) return undefined::empty;
        if (!(tp + fn > 0 && fp + tn > 0)) return estimate(undefined::one_class, weight);
        if (!(fp > 0)) return estimate(undefined::zero_denominator, weight);
        const double value = tp / (tp + fn) / (fp / (fp + tn));
        return log_delta_interval(value, class_table::of({.tp = tp, .fp = fp, .fn = fn, .tn = tn}),
                                  effective_rows_per_weight(counts), weight, confidence,
                                  [](const class_table& at, std::span<double> gradient) {
                                      return product_of_powers({{{.tp = 1}, 1},
                                                                {{.tp = 1, .fn = 1}, -1},
                                                                {{.fp = 1}, -1},
                                                                {{.fp = 1, .tn = 1}, 1}},
                                                               at, gradient);
                                  });
    }
};

}  // namespace leeway::inline v0
