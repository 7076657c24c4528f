// The share of a constant quantile's pinball loss that predictions do away with.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "leeway/accumulators/paired_values.hpp"
#include "leeway/accumulators/ratio_sums.hpp"
#include "leeway/accumulators/regression_losses.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/ratio_of_means.hpp"
#include "leeway/metrics/weighted_order.hpp"

namespace leeway::inline v0 {

/// D^2 of the pinball loss, 1 - (pinball loss of the predictions) / (pinball loss of the best
/// constant, the targets' own quantile of that level); at most 1, higher is better, 0 for that
/// constant. Reported as d2_pinball_score_0.9 for level 0.9.
///
/// The constant is one that minimises the loss: every quantile between the two of
/// weighted_order.hpp does, so their choice does not matter. scikit-learn's unweighted form takes
/// an interpolated one instead, which costs more and makes the score better than it is; its
/// weighted form agrees with this. Undefined: empty; too little data for one row; constant target;
/// out of range when a loss overflowed. A level outside (0, 1) raises. Interval: delta method
/// (ratio_of_means.hpp); the quantile's own error does not enter to first order, since the loss is
/// flat there. Cost: O(n log n). Thread rule: a pure function.
/// Source: R. Koenker, J. Machado, "Goodness of fit and related inference processes for quantile
/// regression", JASA 94 (1999).
struct d2_pinball_score {
    using state_type = paired_values;
    static constexpr info_card info{"d2_pinball_score",
                                    "1",
                                    -std::numeric_limits<double>::infinity(),
                                    1,
                                    orientation::higher_is_better,
                                    "the target is constant, or there is one row"};

    double level{0.5};
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const {
        return std::string(info.name) + '_' + detail::shown(level);
    }
    [[nodiscard]] estimate operator()(const paired_values& state) const {
        const loss::pinball loss{level};
        if (const std::string wrong = loss.defect(); !wrong.empty()) raise(wrong);
        if (state.size() == 0) return undefined::empty;
        if (state.size() < 2)
            return estimate(undefined::too_little_data, state.total_weight().value());
        std::vector<weighted_point> targets;
        targets.reserve(state.size());
        for (std::size_t row = 0; row < state.size(); ++row)
            targets.push_back({state[row].target, state[row].weight});
        const weighted_order order(std::move(targets));
        if (order.points().front().value == order.points().back().value)
            return estimate(undefined::constant_target, order.weight());
        const double constant = order.at_least(level);
        ratio_sums sums;
        for (std::size_t row = 0; row < state.size(); ++row) {
            const regression_outcome pair = state[row];
            sums.add(loss(pair), loss({pair.target, constant}), pair.weight);
        }
        return one_minus_ratio(sums, confidence, info);
    }
};

}  // namespace leeway::inline v0
