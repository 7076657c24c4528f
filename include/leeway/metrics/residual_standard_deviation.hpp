// The spread of the errors about the predictions.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>

#include "leeway/accumulators/regression_moments.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"
#include "leeway/metrics/mean_of_loss.hpp"

namespace leeway::inline v0 {

/// Residual standard deviation, sqrt(sum w e^2 / W n / (n - p - 1)) of errors e about a model with
/// p features beside the intercept, over n rows (Kish's effective rows when weighted); in the
/// target's unit, at least 0, lower is better. For rows that the model was not fitted on use
/// root_mean_squared_error. Reported as residual_standard_deviation_3 for 3 features.
///
/// Undefined: empty; too little data unless n > p + 1; out of range when a square overflowed.
/// Interval: the roots of the large-sample ends of the mean square. Cost: O(1). Thread rule: a pure
/// function.
struct residual_standard_deviation {
    using state_type = regression_moments;
    static constexpr info_card info{"residual_standard_deviation",
                                    "target",
                                    0,
                                    std::numeric_limits<double>::infinity(),
                                    orientation::lower_is_better,
                                    "there are no more rows than parameters"};

    std::size_t features{1};
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const {
        return std::string(info.name) + '_' + detail::shown(features);
    }
    [[nodiscard]] estimate operator()(const regression_moments& state) const {
        const double weight = state.weight();
        if (!(weight > 0)) return undefined::empty;
        const double rows = effective_rows(weight, state.sum_of_squared_weights());
        const double freedom = rows - static_cast<double>(features) - 1;
        if (!(freedom > 1e-9 * rows)) return estimate(undefined::too_little_data, weight);
        const double square = state.sum_of_squared_errors() / weight;
        if (!std::isfinite(square) || detail::lost_digits(square))
            return estimate(undefined::out_of_range, weight);
        // Variance of e^2, unbiased: its mean fourth power less the square of its mean, n / (n -
        // 1).
        const double fourth = state.error().power_sum(4) / weight;
        const bool known = square == 0 || square * square >= detail::least_square_sum;
        const double left = fourth - square * square;
        // Squares that do not vary leave rounding alone.
        const bool vary = !(left <= 4 * std::numeric_limits<double>::epsilon() * fourth);
        const double spread =
            known ? (vary ? left / (rows - 1) : 0) : std::numeric_limits<double>::quiet_NaN();
        const double scale = rows / freedom;
        return root_of(score_interval(square * scale, scale * std::sqrt(spread), freedom, weight,
                                      confidence, info));
    }
};

}  // namespace leeway::inline v0
