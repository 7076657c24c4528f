// The score of forecast intervals: their width, and a penalty for each miss.
#pragma once

#include <cmath>
#include <limits>
#include <string>

#include "leeway/accumulators/interval_losses.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// Winkler's interval score of intervals of level 1 - alpha, the mean of (upper - lower) + (2 /
/// alpha) max(lower - target, target - upper, 0); in the target's unit, from 0, lower is better.
/// Its least mean is at the alpha / 2 and 1 - alpha / 2 quantiles. Key: winkler_score_0.05 for
/// alpha = 0.05, the default.
///
/// Undefined when empty. Crossing intervals are counted in the state's rejected().range; an alpha
/// outside (0, 1) raises. The state serves every alpha, though intervals were made for one.
/// Interval: large-sample, from the variances of width and miss and their covariance, rows by Kish
/// when weighted; short when few rows miss. Cost: O(1). Thread rule: a pure function. Source: R.
/// Winkler, "A decision-theoretic approach to interval estimation", JASA 67 (1972); T. Gneiting, A.
/// Raftery, "Strictly proper scoring rules, prediction, and estimation", JASA 102 (2007), equation
/// 43.
struct winkler_score {
    using state_type = interval_losses;
    static constexpr info_card info{"winkler_score",
                                    "target",
                                    0,
                                    std::numeric_limits<double>::infinity(),
                                    orientation::lower_is_better,
                                    ""};

    double alpha{0.05};  ///< 1 - level of the intervals, in (0, 1)
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const {
        return std::string(info.name) + "_" + detail::shown(alpha);
    }

    [[nodiscard]] estimate operator()(const interval_losses& state) const {
        if (!(alpha > 0 && alpha < 1)) raise_invalid(info.name, "alpha", alpha, "in (0, 1)");
        const double weight = state.weight();
        if (!(weight > 0)) return undefined::empty;
        const double cost = 2 / alpha;
        const double variance = state.width().variance() + 2 * cost * state.covariance() +
                                cost * cost * state.miss().variance();
        const double rows = effective_rows(weight, state.sum_of_squared_weights());
        // The covariance is a difference: rounding may leave the sum a little beside 0. A single
        // row has no variance, which is NaN and goes on.
        const double terms = state.width().variance() + cost * cost * state.miss().variance();
        const bool vary = !(variance <= detail::rounding_of(terms));
        const double deviation = std::sqrt((vary ? variance : 0.0) / rows);
        return score_interval(state.width().mean() + cost * state.miss().mean(), deviation,
                              rows - 1, weight, confidence, info);
    }
};

}  // namespace leeway::inline v0
