// How often the label is among the classes with the largest scores.
#pragma once

#include <cstddef>
#include <string>

#include "leeway/accumulators/label_ranks.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// Top-k accuracy, the weight of the rows whose label is among the k classes with the largest
/// scores, over all; in [0, 1], higher is better. Reported as top_3_accuracy for k = 3; top_1 is
/// the accuracy of the class with the largest score.
///
/// Of classes with the same score those of lower number come first, so a tie at the k-th place is
/// won by the lowest class; scikit-learn lets the highest win. Undefined when empty. A k of 0, or
/// above the number of classes, raises. Interval: Wilson's, over Kish's effective rows when
/// weighted. Cost: O(classes). Thread rule: a pure function. Source: O. Russakovsky et al.,
/// "ImageNet large scale visual recognition challenge", Int. J. Comput. Vis. 115 (2015),
/// section 4.1, for k = 5.
struct top_k_accuracy {
    using state_type = label_ranks;
    static constexpr info_card info{"top_k_accuracy", "1", 0, 1, orientation::higher_is_better, ""};

    std::size_t k{5};
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const { return "top_" + detail::shown(k) + "_accuracy"; }

    [[nodiscard]] estimate operator()(const label_ranks& ranks) const {
        if (k < 1 || k > ranks.classes()) {
            raise_invalid(info.name, "k", k,
                          "1 to the number of classes, " + detail::shown(ranks.classes()));
        }
        const double weight = ranks.total();
        if (!(weight > 0)) return undefined::empty;
        double hits = 0;
        for (std::size_t r = 0; r < k; ++r) hits += ranks.weights()[r];
        return wilson_interval(hits / weight,
                               effective_rows(weight, ranks.sum_of_squared_weights()), weight,
                               confidence);
    }
};

}  // namespace leeway::inline v0
