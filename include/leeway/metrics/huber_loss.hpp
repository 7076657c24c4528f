// The mean of a loss that is squared for small errors and linear for large ones.
#pragma once

#include <limits>
#include <string>

#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/regression_losses.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_loss.hpp"

namespace leeway::inline v0 {

/// Huber loss, the weighted mean over errors e of e^2 / 2 where |e| <= delta and delta (|e| - delta
/// / 2) beyond; in the target's unit squared, at least 0, lower is better. Reported as
/// huber_loss_1.5 for delta 1.5.
///
/// The state must be of the same delta (empty_state() makes one), or it raises; delta is a finite
/// number above 0. Undefined when empty. Interval: large-sample (mean_of_loss.hpp). Cost: O(1).
/// Thread rule: a pure function.
/// Source: P. Huber, "Robust estimation of a location parameter", Ann. Math. Stat. 35 (1964).
struct huber_loss {
    using state_type = mean_loss<loss::huber>;
    static constexpr info_card info{"huber_loss",
                                    "target^2",
                                    0,
                                    std::numeric_limits<double>::infinity(),
                                    orientation::lower_is_better,
                                    ""};

    double delta{1};
    confidence_level confidence{confidence_95};

    /// An empty state of this loss.
    [[nodiscard]] state_type empty_state() const { return state_type(loss::huber{delta}); }
    [[nodiscard]] std::string key() const {
        return std::string(info.name) + '_' + detail::shown(delta);
    }
    [[nodiscard]] estimate operator()(const state_type& state) const {
        return mean_of_loss(state, loss::huber{delta}, confidence, info);
    }
};

}  // namespace leeway::inline v0
