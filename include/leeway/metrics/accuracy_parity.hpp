// How differently often decisions are right in groups.
#pragma once

#include <array>

#include "leeway/accumulators/grouped_counts.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/class_ratio.hpp"
#include "leeway/metrics/group_gap.hpp"

namespace leeway::inline v0 {

/// Accuracy parity (overall accuracy equality) as a difference: largest accuracy, (tp + tn) / all
/// of a group less the smallest; in [0, 1], 0 is parity, lower is better.
///
/// Undefined (empty) without rows, and (too little data) when fewer than two groups have the
/// least support; left_out() counts the groups that were left out. Interval: simultaneous over
/// all pairs of groups, see group_gap.hpp for what it covers. Cost: O(groups^2). Thread rule: a
/// pure function. Source: R. Berk et al., "Fairness in Criminal Justice Risk Assessments: The State
/// of the Art", Sociological Methods & Research 50 (2021), section 3.
struct accuracy_parity_difference {
    using state_type = grouped_counts;
    static constexpr info_card info{
        "accuracy_parity_difference",        "1", 0, 1, orientation::lower_is_better,
        "fewer than two groups with support"};

    double least_support{10};  ///< effective rows in the denominator that a group needs
    confidence_level confidence{confidence_95};

    [[nodiscard]] static constexpr std::array<class_ratio, 1> rates() noexcept {
        return {{{.numerator = {.tp = 1, .tn = 1},
                  .denominator = {.tp = 1, .fp = 1, .fn = 1, .tn = 1}}}};
    }
    [[nodiscard]] estimate operator()(const grouped_counts& groups) const {
        return group_difference(*this, groups);
    }
};

/// Accuracy parity as a ratio: smallest accuracy, (tp + tn) / all of a group over the largest; in
/// [0, 1], 1 is parity, higher is better.
///
/// Undefined also (zero denominator) when the rate is 0 in every group. Undefined (empty)
/// without rows, and (too little data) when fewer than two groups have the least support;
/// left_out() counts the groups that were left out. Interval: simultaneous over all pairs of
/// groups, see group_gap.hpp for what it covers. Cost: O(groups^2). Thread rule: a pure
/// function. Source: R. Berk et al., "Fairness in Criminal Justice Risk Assessments: The State of
/// the Art", Sociological Methods & Research 50 (2021), section 3.
struct accuracy_parity_ratio {
    using state_type = grouped_counts;
    static constexpr info_card info{"accuracy_parity_ratio",
                                    "1",
                                    0,
                                    1,
                                    orientation::higher_is_better,
                                    "fewer than two groups with support, or every rate 0"};

    double least_support{10};  ///< effective rows in the denominator that a group needs
    confidence_level confidence{confidence_95};

    [[nodiscard]] static constexpr std::array<class_ratio, 1> rates() noexcept {
        return {{{.numerator = {.tp = 1, .tn = 1},
                  .denominator = {.tp = 1, .fp = 1, .fn = 1, .tn = 1}}}};
    }
    [[nodiscard]] estimate operator()(const grouped_counts& groups) const {
        return group_quotient(*this, groups);
    }
};

}  // namespace leeway::inline v0
