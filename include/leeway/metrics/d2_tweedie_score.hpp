// The share of the mean's Tweedie deviance that predictions do away with.
#pragma once

#include <cstddef>
#include <limits>
#include <string>

#include "leeway/accumulators/deviance_losses.hpp"
#include "leeway/accumulators/paired_values.hpp"
#include "leeway/accumulators/ratio_sums.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/ratio_of_means.hpp"

namespace leeway::inline v0 {

/// D^2 of the Tweedie deviance, 1 - (deviance of the predictions) / (deviance of the weighted mean
/// target); at most 1, higher is better, 0 for the mean as prediction. R squared at power 0.
/// Reported as d2_tweedie_score_1.5 for power 1.5.
///
/// Undefined: empty; too little data for one row; constant target; out of range when a row (or the
/// mean) lies outside the power's range (mean_tweedie_deviance) or a deviance overflowed. A power
/// in (0, 1) raises. Interval: delta method (ratio_of_means.hpp); the mean's own error does not
/// enter to first order, since the mean minimises the deviance. Cost: O(n), two or three powers a
/// row. Thread rule: a pure function. Source: T. Hastie, R. Tibshirani, M. Wainwright, "Statistical
/// Learning with Sparsity" (2015), section 3.2.
struct d2_tweedie_score {
    using state_type = paired_values;
    static constexpr info_card info{
        "d2_tweedie_score",
        "1",
        -std::numeric_limits<double>::infinity(),
        1,
        orientation::higher_is_better,
        "the target is constant, there is one row, or a row is outside the power's range"};

    double power{1.5};
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const {
        return std::string(info.name) + '_' + detail::shown(power);
    }
    [[nodiscard]] estimate operator()(const paired_values& state) const {
        const loss::tweedie_deviance loss{power};
        if (const std::string wrong = loss.defect(); !wrong.empty()) raise(wrong);
        if (state.size() == 0) return undefined::empty;
        const double weight = state.total_weight().value();
        if (state.size() < 2) return estimate(undefined::too_little_data, weight);
        compensated_sum total;
        bool constant = true;
        for (std::size_t row = 0; row < state.size(); ++row) {
            total.add(state[row].weight * state[row].target);
            constant = constant && state[row].target == state[0].target;
        }
        if (constant) return estimate(undefined::constant_target, weight);
        const double mean = total.value() / weight;
        ratio_sums sums;
        rejections refused;
        for (std::size_t row = 0; row < state.size(); ++row) {
            const regression_outcome pair = state[row];
            const regression_outcome plain{pair.target, mean, pair.weight};
            if (!loss.accepts(pair, refused) || !loss.accepts(plain, refused))
                return estimate(undefined::out_of_range, weight);
            sums.add(loss(pair), loss(plain), pair.weight);
        }
        return one_minus_ratio(sums, confidence, info);
    }
};

}  // namespace leeway::inline v0
