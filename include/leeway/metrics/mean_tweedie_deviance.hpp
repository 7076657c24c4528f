// The mean deviance of predictions whose variance is a power of the mean.
#pragma once

#include <limits>
#include <string>

#include "leeway/accumulators/deviance_losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_loss.hpp"

namespace leeway::inline v0 {

/// Mean Tweedie deviance of power p, the weighted mean of 2 (max(y, 0)^(2-p) / ((1-p) (2-p)) - y
/// m^(1-p) / (1-p) + m^(2-p) / (2-p)) over target y and predicted mean m; at least 0, lower is
/// better. p = 0 is the squared error, 1 Poisson, 2 gamma. Reported as mean_tweedie_deviance_1.5
/// for power 1.5.
///
/// Rows outside the power's range are counted in the state's rejected().range: p < 0 needs m > 0, 1
/// <= p < 2 also y >= 0, p >= 2 also y > 0. The state must be of the same power (empty_state()
/// makes one), or it raises; a power in (0, 1) raises. Undefined when empty. Interval: large-sample
/// (mean_of_loss.hpp). Cost: O(1), two or three powers a row. Thread rule: a pure function.
/// Source: B. Jorgensen, "The Theory of Dispersion Models" (1997), chapter 4.
struct mean_tweedie_deviance {
    using state_type = mean_loss<loss::tweedie_deviance>;
    static constexpr info_card info{
        "mean_tweedie_deviance",      "1", 0, std::numeric_limits<double>::infinity(),
        orientation::lower_is_better, ""};

    double power{1.5};
    confidence_level confidence{confidence_95};

    /// An empty state of this loss.
    [[nodiscard]] state_type empty_state() const {
        return state_type(loss::tweedie_deviance{power});
    }
    [[nodiscard]] std::string key() const {
        return std::string(info.name) + '_' + detail::shown(power);
    }
    [[nodiscard]] estimate operator()(const state_type& state) const {
        return mean_of_loss(state, loss::tweedie_deviance{power}, confidence, info);
    }
};

}  // namespace leeway::inline v0
