// Whether a group is selected at less than four fifths of the rate of another.
#pragma once

#include <cstdint>
#include <string_view>

#include "leeway/accumulators/grouped_counts.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/demographic_parity.hpp"

namespace leeway::inline v0 {

enum class four_fifths_verdict : std::uint8_t { below, not_below, not_enough_data };

/// "below", "not below", "not enough data".
[[nodiscard]] constexpr std::string_view to_string(four_fifths_verdict verdict) noexcept {
    switch (verdict) {
        case four_fifths_verdict::below:
            return "below";
        case four_fifths_verdict::not_below:
            return "not below";
        case four_fifths_verdict::not_enough_data:
            return "not enough data";
    }
    return "unknown";
}

/// Holds the interval of demographic_parity_ratio against a share, 4/5 by default: below when the
/// upper end is below it, not below when the lower end is not, not enough data otherwise (and where
/// the ratio is undefined). So both verdicts hold with the interval's confidence, where the rule of
/// thumb compares the bare ratio. It is a rule of thumb for screening, no finding of law.
///
/// Thread rule: a pure function. Source: US Uniform Guidelines on Employee Selection Procedures, 29
/// CFR 1607.4 D (1978).
struct four_fifths_rule {
    double share{0.8};  ///< in (0, 1]
    double least_support{10};
    confidence_level confidence{confidence_95};

    [[nodiscard]] four_fifths_verdict operator()(const grouped_counts& groups) const {
        return (*this)(demographic_parity_ratio{least_support, confidence}(groups));
    }
    /// Of a demographic parity ratio that is there already; its own confidence counts.
    [[nodiscard]] four_fifths_verdict operator()(const estimate& ratio) const {
        if (!(share > 0 && share <= 1))
            raise_invalid("four_fifths_rule", "share", share, "above 0, at most 1");
        if (!ratio) return four_fifths_verdict::not_enough_data;
        if (ratio.upper() < share) return four_fifths_verdict::below;
        return ratio.lower() >= share ? four_fifths_verdict::not_below
                                      : four_fifths_verdict::not_enough_data;
    }
};

}  // namespace leeway::inline v0
