// Precision and recall in one number.
#pragma once

#include <cmath>
#include <string>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/average.hpp"
#include "leeway/metrics/class_ratio.hpp"

namespace leeway::inline v0 {

/// F-beta, (1 + b^2) tp / ((1 + b^2) tp + b^2 fn + fp): the harmonic mean of precision and recall
/// in which recall counts b^2 times as much; in [0, 1], higher is better. b = 0 is precision, b =
/// infinity recall. Reported as f1 for b = 1, else as f_beta_2.
///
/// It is taken from the counts, so it is defined (0) where precision or recall alone is not;
/// undefined (zero denominator) when the class is in neither truth nor prediction. See average.hpp
/// for averages; micro is accuracy. Interval: Wilson's for micro, else the delta method
/// (class_table.hpp); Kish's effective rows when weighted. A beta that is negative or NaN raises.
/// Cost: O(classes^2). Thread rule: a pure function.
/// Source: C. van Rijsbergen, "Information Retrieval", 2nd ed. (1979), chapter 7.
struct f_beta {
    using state_type = confusion_matrix;
    static constexpr info_card info{"f_beta",
                                    "1",
                                    0,
                                    1,
                                    orientation::higher_is_better,
                                    "the class is in neither truth nor prediction"};

    double beta{1};
    average over{average::binary};
    confidence_level confidence{confidence_95};

    [[nodiscard]] class_ratio ratio() const {
        if (!(beta >= 0)) raise_invalid("f_beta", "beta", beta, "0 or more");
        // Divided by 1 + b^2, so that no b overflows.
        const double missed = std::isinf(beta * beta) ? 1 : beta * beta / (1 + beta * beta);
        return {.numerator = {.tp = 1}, .denominator = {.tp = 1, .fp = 1 - missed, .fn = missed}};
    }
    [[nodiscard]] std::string key() const {
        return averaged_key(beta == 1 ? "f1" : "f_beta_" + detail::shown(beta), over);
    }
    [[nodiscard]] estimate operator()(const confusion_matrix& counts) const {
        return averaged_ratio(*this, counts);
    }
};

}  // namespace leeway::inline v0
