// How far the rows of a class and the rows predicted as it are the same.
#pragma once

#include <string>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/average.hpp"
#include "leeway/metrics/class_ratio.hpp"

namespace leeway::inline v0 {

/// Jaccard index (intersection over union, critical success index), tp / (tp + fp + fn); in [0, 1],
/// higher is better; with F1 = f it is f / (2 - f).
///
/// Undefined (zero denominator) when the class is in neither truth nor prediction, where
/// scikit-learn says 0; see average.hpp for averages. Interval: Wilson's for one class and micro,
/// the delta method (class_table.hpp) for macro and weighted; Kish's effective rows when weighted.
/// Cost: O(classes^2). Thread rule: a pure function. Source: P. Jaccard, "Etude comparative de la
/// distribution florale", Bull. Soc. Vaudoise Sci. Nat. 37 (1901).
struct jaccard {
    using state_type = confusion_matrix;
    static constexpr info_card info{"jaccard",
                                    "1",
                                    0,
                                    1,
                                    orientation::higher_is_better,
                                    "the class is in neither truth nor prediction"};

    average over{average::binary};
    confidence_level confidence{confidence_95};

    [[nodiscard]] static constexpr class_ratio ratio() noexcept {
        return {.numerator = {.tp = 1}, .denominator = {.tp = 1, .fp = 1, .fn = 1}};
    }
    [[nodiscard]] std::string key() const { return averaged_key(info.name, over); }
    [[nodiscard]] estimate operator()(const confusion_matrix& counts) const {
        return averaged_ratio(*this, counts);
    }
};

}  // namespace leeway::inline v0
