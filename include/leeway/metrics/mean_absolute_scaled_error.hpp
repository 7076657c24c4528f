// The absolute errors of a forecast against those of the naive one.
#pragma once

#include <limits>

#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_absolute_error.hpp"
#include "leeway/metrics/naive_scale.hpp"

namespace leeway::inline v0 {

/// Mean absolute scaled error, the mean |target - prediction| over the mean absolute change of the
/// *training* series over one season; at least 0, lower is better, below 1 better than the naive
/// forecast was there. naive_scale::of(training, season) makes the scale.
///
/// Undefined: empty; too little data when the training series was no longer than a season; zero
/// denominator when it never changed over one; out of range when its changes overflowed. Interval:
/// the mean absolute error's over the scale; the scale counts as given. Cost: O(1). Thread rule: a
/// pure function. Source: R. Hyndman, A. Koehler, "Another look at measures of forecast accuracy",
/// Int. J. Forecasting 22 (2006).
struct mean_absolute_scaled_error {
    using state_type = mean_loss<loss::absolute_error>;
    static constexpr info_card info{
        "mean_absolute_scaled_error",
        "1",
        0,
        std::numeric_limits<double>::infinity(),
        orientation::lower_is_better,
        "the training series never changes over a season, or is no longer than one"};

    naive_scale scale{};
    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const state_type& state) const {
        return detail::over_naive(mean_absolute_error{confidence}(state), scale.absolute,
                                  scale.differences);
    }
};

}  // namespace leeway::inline v0
