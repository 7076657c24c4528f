// The mean of the logarithm of the hyperbolic cosine of the errors.
#pragma once

#include <limits>

#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/regression_losses.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_loss.hpp"

namespace leeway::inline v0 {

/// Log-cosh loss, the weighted mean of log(cosh(target - prediction)): half the squared error where
/// errors are small against 1, the absolute error less log 2 where they are large; at least 0,
/// lower is better. It depends on the target's unit.
///
/// Computed without overflow at any error and without loss of digits at small ones. Undefined when
/// empty. Interval: large-sample (mean_of_loss.hpp). Cost: O(1). Thread rule: a pure function.
struct log_cosh_loss {
    using state_type = mean_loss<loss::log_cosh>;
    static constexpr info_card info{"log_cosh_loss",
                                    "1",
                                    0,
                                    std::numeric_limits<double>::infinity(),
                                    orientation::lower_is_better,
                                    ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const state_type& state) const noexcept {
        return mean_of_loss(state, confidence, info);
    }
};

}  // namespace leeway::inline v0
