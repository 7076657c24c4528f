// How often two models decide differently about the same row.
#pragma once

#include <cstdint>
#include <string>

#include "leeway/accumulators/paired_decisions.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// The flips that flip_rate counts, seen from the first model (the old one) to the second. With
/// three classes or more, `any` also has those from one wrong class to another.
enum class flip : std::uint8_t {
    any,
    negative,  ///< the first was right, the second is wrong
    positive   ///< the first was wrong, the second is right
};

/// Flip rate (churn), the weight of the rows on which two models decide differently over all; in
/// [0, 1]. A new model may be as accurate as the old one and still decide many rows the other way:
/// the negative flips are what its users notice. Reported as flip_rate, flip_rate_negative or
/// flip_rate_positive; positive less negative is the gain in accuracy.
///
/// Undefined when empty. Interval: Wilson's, over Kish's effective rows when weighted. Cost: O(1).
/// Thread rule: a pure function. Source: S. Yan et al., "Positive-congruent training: towards
/// regression-free model updates", CVPR (2021), section 3.
struct flip_rate {
    using state_type = paired_decisions;
    static constexpr info_card info{"flip_rate", "1", 0, 1, orientation::neither, ""};

    flip direction{flip::any};
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const {
        switch (direction) {
            case flip::negative:
                return "flip_rate_negative";
            case flip::positive:
                return "flip_rate_positive";
            case flip::any:
                break;
        }
        return "flip_rate";
    }

    [[nodiscard]] estimate operator()(const paired_decisions& decisions) const noexcept {
        const weight_sum all = decisions.all();
        const double weight = all.value();
        if (!(weight > 0)) return undefined::empty;
        const double flipped = direction == flip::negative   ? decisions.only_first_right()
                               : direction == flip::positive ? decisions.only_second_right()
                                                             : decisions.flips();
        return wilson_interval(flipped / weight, effective_rows(weight, all.squares()), weight,
                               confidence);
    }
};

}  // namespace leeway::inline v0
