// How many decisions are wrong.
#pragma once

#include <cstddef>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/accumulators/multilabel_counts.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"
#include "leeway/metrics/multilabel_ratio.hpp"

namespace leeway::inline v0 {

/// Hamming loss, the weight of wrong decisions over all decisions; in [0, 1], lower is better. With
/// one decision a row it is 1 - accuracy (the error rate, zero-one loss).
///
/// With several labels a row it is the mean share of them that is wrong.
///
/// Undefined when empty. Interval: Wilson's; with several labels large-sample, the row being the
/// unit (mean_over_rows in multilabel_ratio.hpp); over Kish's effective rows when weighted. Cost:
/// O(classes^2), O(1). Thread rule: a pure function. Source: R. Hamming, "Error detecting and error
/// correcting codes", Bell System Technical Journal 29 (1950).
struct hamming_loss {
    using state_type = confusion_matrix;
    static constexpr info_card info{"hamming_loss", "1", 0, 1, orientation::lower_is_better, ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const confusion_matrix& counts) const noexcept {
        const double weight = counts.total();
        if (!(weight > 0)) return undefined::empty;
        double wrong =
            0;  // added up, since the difference to 1 would lose the digits of a small one
        const std::size_t classes = counts.classes();
        for (std::size_t i = 0; i < classes; ++i) {
            for (std::size_t j = 0; j < classes; ++j) {
                if (i != j) wrong += counts.cells()[i * classes + j];
            }
        }
        return wilson_interval(wrong / weight,
                               effective_rows(weight, counts.sum_of_squared_weights()), weight,
                               confidence);
    }
    /// Of rows with several labels.
    [[nodiscard]] estimate operator()(const multilabel_counts& counts) const {
        if (!(counts.weight() > 0)) return undefined::empty;
        return mean_over_rows(counts.row_wrong(), confidence, info);
    }
};

}  // namespace leeway::inline v0
