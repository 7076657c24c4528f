// The odds of a positive prediction on positive rows, over those on negative rows.
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

/// Diagnostic odds ratio, (tp tn) / (fp fn) of class 1, the positive over the negative likelihood
/// ratio; from 0, 1 is no better than chance, higher is better.
///
/// Undefined (zero denominator) when fp or fn is 0, where the odds are infinite; a state of more
/// than two classes raises. Interval: the delta method on the logarithm (log_delta_interval in
/// class_table.hpp), over Kish's effective rows when weighted. Cost: O(1). Thread rule: a pure
/// function.
/// Source: A. Glas et al., "The diagnostic odds ratio: a single indicator of test performance",
/// J. Clin. Epidemiol. 56 (2003).
struct diagnostic_odds_ratio {
    using state_type = confusion_matrix;
    static constexpr info_card info{"diagnostic_odds_ratio",
                                    "1",
                                    0,
                                    std::numeric_limits<double>::infinity(),
                                    orientation::higher_is_better,
                                    "no false positive or no false negative"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const confusion_matrix& counts) const {
        const auto [tp, fp, fn, tn] = two_class_counts(info.name, counts);
        const double weight = counts.total();
        if (!(weight > 0)) return undefined::empty;
        if (!(fp > 0 && fn > 0)) return estimate(undefined::zero_denominator, weight);
        const double value = tp / fp * (tn / fn);
        return log_delta_interval(
            value, class_table::of({.tp = tp, .fp = fp, .fn = fn, .tn = tn}),
            effective_rows_per_weight(counts), weight, confidence,
            [](const class_table& at, std::span<double> gradient) {
                return product_of_powers(
                    {{{.tp = 1}, 1}, {{.fp = 1}, -1}, {{.tn = 1}, 1}, {{.fn = 1}, -1}}, at,
                    gradient);
            });
    }
};

}  // namespace leeway::inline v0
