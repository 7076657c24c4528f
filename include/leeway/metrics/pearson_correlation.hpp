// How closely predictions follow the targets on a straight line.
#pragma once

#include <algorithm>
#include <cmath>

#include "leeway/accumulators/comoments.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/fisher_interval.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// Pearson's correlation of target and prediction; in [-1, 1], higher is better. It does not see an
/// offset or a wrong scale: concordance_correlation does.
///
/// Undefined: empty; too little data for one row; constant target; zero denominator for constant
/// predictions; out of range when a sum of squares overflowed. Interval: Fisher's z with variance 1
/// / (n - 3), n Kish's effective rows when weighted; exact for a bivariate normal, none up to 3
/// rows and at -1 and 1. Cost: O(1). Thread rule: a pure function. Source: fisher_interval.hpp.
struct pearson_correlation {
    using state_type = comoments;
    static constexpr info_card info{"pearson_correlation",
                                    "1",
                                    -1,
                                    1,
                                    orientation::higher_is_better,
                                    "target or prediction is constant, or there is one row"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const comoments& state) const noexcept {
        const double weight = state.weight();
        if (!(weight > 0)) return undefined::empty;
        if (state.rows() < 2) return estimate(undefined::too_little_data, weight);
        const double target = state.target_squares();
        const double prediction = state.prediction_squares();
        if (target == 0) return estimate(undefined::constant_target, weight);
        if (prediction == 0) return estimate(undefined::zero_denominator, weight);
        const double value = state.products() / (std::sqrt(target) * std::sqrt(prediction));
        if (!std::isfinite(value)) return estimate(undefined::out_of_range, weight);
        const double rows = effective_rows(weight, state.sum_of_squared_weights());
        return fisher_interval(std::clamp(value, -1.0, 1.0), 1 / (rows - 3), weight, confidence);
    }
};

}  // namespace leeway::inline v0
