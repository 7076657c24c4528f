// The mean deviance of predicted counts.
#pragma once

#include <limits>

#include "leeway/accumulators/deviance_losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_loss.hpp"

namespace leeway::inline v0 {

/// Mean Poisson deviance, the weighted mean of 2 (y log(y / m) - y + m) over target y and predicted
/// mean m; at least 0, lower is better.
///
/// Rows with y < 0 or m <= 0 are counted in the state's rejected().range (scikit-learn raises).
/// Undefined when empty. Interval: large-sample (mean_of_loss.hpp). Cost: O(1). Thread rule: a pure
/// function. Source: P. McCullagh, J. Nelder, "Generalized Linear Models", 2nd ed. (1989),
/// section 2.3.
struct mean_poisson_deviance {
    using state_type = mean_loss<loss::poisson_deviance>;
    static constexpr info_card info{
        "mean_poisson_deviance",      "1", 0, std::numeric_limits<double>::infinity(),
        orientation::lower_is_better, ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const state_type& state) const noexcept {
        return mean_of_loss(state, confidence, info);
    }
};

}  // namespace leeway::inline v0
