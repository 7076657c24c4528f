// How differently groups fare in true and in false positives.
#pragma once

#include <array>

#include "leeway/accumulators/grouped_counts.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/class_ratio.hpp"
#include "leeway/metrics/group_gap.hpp"

namespace leeway::inline v0 {

/// Equalised odds as a difference: the larger of the gaps (largest less smallest over groups)
/// in true positive rate, tp / (tp + fn), and in false positive rate, fp / (fp + tn); in [0,
/// 1], 0 is parity, lower is better.
///
/// Undefined (empty) without rows, and (too little data) when fewer than two groups have the
/// least support; left_out() counts the groups that were left out. Interval: simultaneous over
/// all pairs of groups, see group_gap.hpp for what it covers. Cost: O(groups^2). Thread rule: a
/// pure function. Source: M. Hardt, E. Price, N. Srebro, "Equality of Opportunity in Supervised
/// Learning", NeurIPS (2016).
struct equalised_odds_difference {
    using state_type = grouped_counts;
    static constexpr info_card info{
        "equalised_odds_difference",         "1", 0, 1, orientation::lower_is_better,
        "fewer than two groups with support"};

    double least_support{10};  ///< effective rows in the denominator that a group needs
    confidence_level confidence{confidence_95};

    [[nodiscard]] static constexpr std::array<class_ratio, 2> rates() noexcept {
        return {{{.numerator = {.tp = 1}, .denominator = {.tp = 1, .fn = 1}},
                 {.numerator = {.fp = 1}, .denominator = {.fp = 1, .tn = 1}}}};
    }
    [[nodiscard]] estimate operator()(const grouped_counts& groups) const {
        return group_difference(*this, groups);
    }
};

/// Equalised odds as a ratio: the smaller of the ratios (smallest over largest over groups) of
/// true positive rates and of false positive rates; in [0, 1], 1 is parity, higher is better.
///
/// Undefined also (zero denominator) when one of the rates is 0 in every group. Undefined
/// (empty) without rows, and (too little data) when fewer than two groups have the least
/// support; left_out() counts the groups that were left out. Interval: simultaneous over all
/// pairs of groups, see group_gap.hpp for what it covers. Cost: O(groups^2). Thread rule: a
/// pure function. Source: M. Hardt, E. Price, N. Srebro, "Equality of Opportunity in Supervised
/// Learning", NeurIPS (2016).
struct equalised_odds_ratio {
    using state_type = grouped_counts;
    static constexpr info_card info{"equalised_odds_ratio",
                                    "1",
                                    0,
                                    1,
                                    orientation::higher_is_better,
                                    "fewer than two groups with support, or every rate 0"};

    double least_support{10};  ///< effective rows in the denominator that a group needs
    confidence_level confidence{confidence_95};

    [[nodiscard]] static constexpr std::array<class_ratio, 2> rates() noexcept {
        return {{{.numerator = {.tp = 1}, .denominator = {.tp = 1, .fn = 1}},
                 {.numerator = {.fp = 1}, .denominator = {.fp = 1, .tn = 1}}}};
    }
    [[nodiscard]] estimate operator()(const grouped_counts& groups) const {
        return group_quotient(*this, groups);
    }
};

}  // namespace leeway::inline v0
