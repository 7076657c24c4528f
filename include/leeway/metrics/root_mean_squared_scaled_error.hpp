// The squared errors of a forecast against those of the naive one.
#pragma once

#include <limits>

#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_loss.hpp"
#include "leeway/metrics/mean_squared_error.hpp"
#include "leeway/metrics/naive_scale.hpp"

namespace leeway::inline v0 {

/// Root mean squared scaled error, the root of the mean (target - prediction)^2 over the mean
/// squared change of the *training* series over one season; at least 0, lower is better, below 1
/// better than the naive forecast was there. naive_scale::of(training, season) makes the scale.
///
/// Undefined: empty; too little data when the training series was no longer than a season; zero
/// denominator when it never changed over one; out of range when its changes overflowed. Interval:
/// the roots of the mean squared error's ends over the scale; the scale counts as given. Cost:
/// O(1). Thread rule: a pure function. Source: S. Makridakis, E. Spiliotis, V. Assimakopoulos, "M5
/// accuracy competition: results, findings, and conclusions", Int. J. Forecasting 38 (2022).
struct root_mean_squared_scaled_error {
    using state_type = mean_loss<loss::squared_error>;
    static constexpr info_card info{
        "root_mean_squared_scaled_error",
        "1",
        0,
        std::numeric_limits<double>::infinity(),
        orientation::lower_is_better,
        "the training series never changes over a season, or is no longer than one"};

    naive_scale scale{};
    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const state_type& state) const {
        return root_of(detail::over_naive(mean_squared_error{confidence}(state), scale.squared,
                                          scale.differences));
    }
};

}  // namespace leeway::inline v0
