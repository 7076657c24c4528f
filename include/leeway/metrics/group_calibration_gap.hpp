// How far the probabilities of the worst group are from what happened there.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "leeway/accumulators/grouped_residuals.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/group_gap.hpp"
#include "leeway/metrics/interval.hpp"
#include "leeway/metrics/simultaneous.hpp"

namespace leeway::inline v0 {

/// Calibration within groups: the largest |mean score - rate of label 1| of a group; in [0, 1], 0
/// is calibrated in the large in every group, lower is better. per_group() has the sign.
///
/// Undefined (empty) without rows, and (too little data) when no group has the least support;
/// left_out() counts the groups with rows that were left out. Interval: the mean's large-sample
/// interval for each group at the level at which all hold together (simultaneous.hpp); it ranges
/// over the largest absolute gaps that these allow, so it covers the largest gap of the groups that
/// were looked at. It claims too much where a group's residuals do not vary, so ask for support.
/// Cost: O(groups). Thread rule: a pure function. Source: J. Kleinberg, S. Mullainathan, M.
/// Raghavan, "Inherent Trade-Offs in the Fair Determination of Risk Scores", ITCS (2017).
struct group_calibration_gap {
    using state_type = grouped_residuals;
    static constexpr info_card info{
        "group_calibration_gap", "1", 0, 1, orientation::lower_is_better, "no group with support"};

    double least_support{30};  ///< effective rows that a group needs
    confidence_level confidence{confidence_95};

    /// Mean score less rate of each group, with its own large-sample interval.
    [[nodiscard]] std::vector<estimate> per_group(const grouped_residuals& state) const {
        return at(state, confidence);
    }

    /// Groups with rows, but too few.
    [[nodiscard]] std::size_t left_out(const grouped_residuals& state) const {
        const auto groups = per_group(state);
        return static_cast<std::size_t>(std::count_if(
            groups.begin(), groups.end(),
            [](const estimate& gap) { return gap.reason() == undefined::too_little_data; }));
    }

    [[nodiscard]] estimate operator()(const grouped_residuals& state) const {
        const double weight = state.total();
        if (!(weight > 0)) return undefined::empty;
        auto groups = at(state, confidence);
        const auto used = static_cast<std::size_t>(std::count_if(
            groups.begin(), groups.end(), [](const estimate& gap) { return gap.defined(); }));
        if (used == 0) return estimate(undefined::too_little_data, weight);
        groups = at(state, simultaneous(confidence, used));
        double value = 0;
        double lower = 0;
        double upper = 0;
        bool sure = true;
        for (const estimate& gap : groups) {
            if (!gap) continue;
            value = std::max(value, std::fabs(gap.value()));
            sure = sure && gap.has_interval();
            if (!gap.has_interval()) continue;
            lower = std::max({lower, gap.lower(), -gap.upper()});
            upper = std::max({upper, -gap.lower(), gap.upper()});
        }
        if (!sure) return estimate::of(value, weight);
        return estimate::within(value, std::min(lower, value), std::max(upper, value),
                                confidence.level, weight);
    }

  private:
    [[nodiscard]] std::vector<estimate> at(const grouped_residuals& state,
                                           confidence_level level) const {
        static constexpr info_card range{"gap of a group", "1", -1, 1};
        std::vector<estimate> gaps;
        gaps.reserve(state.groups().size());
        for (const moments& group : state.groups()) {
            const double weight = group.weight();
            const double squares = group.sum_of_squared_weights();
            const double rows = effective_rows(weight, squares);
            if (!(weight > 0)) {
                gaps.emplace_back(undefined::empty);
            } else if (!has_support(rows, least_support)) {
                gaps.emplace_back(undefined::too_little_data, weight);
            } else {
                // Unbiased for weights that say how much a row counts, as mean_loss::variance.
                const double variance =
                    group.sum_of_squared_deviations() / (weight - squares / weight);
                gaps.push_back(normal_interval(group.mean(level).value(),
                                               std::sqrt(variance / rows), weight, level, range));
            }
        }
        return gaps;
    }
};

}  // namespace leeway::inline v0
