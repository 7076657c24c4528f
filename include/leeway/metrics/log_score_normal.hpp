// How surprised normal forecasts are by what happened.
#pragma once

#include <limits>

#include "leeway/accumulators/forecast_losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_loss.hpp"

namespace leeway::inline v0 {

/// Logarithmic score of normal forecasts, the mean over rows of -log density at the target = log s
/// + log(2 pi) / 2 + z^2 / 2, z = (y - mean) / s; in nats, of either sign (it depends on the
/// target's unit), lower is better.
///
/// Undefined when empty. A row so far off that z^2 overflows makes it infinite, without an
/// interval; the state's infinite() counts such rows. Deviations that are not positive are counted
/// in the state's rejected().range. Interval: large-sample (mean_of_loss.hpp). Cost: O(1). Thread
/// rule: a pure function. Source: I. Good, "Rational decisions", J. Roy. Stat. Soc. B 14 (1952).
struct log_score_normal {
    using state_type = mean_loss<loss::logarithmic_normal>;
    static constexpr info_card info{"log_score_normal",
                                    "nats",
                                    -std::numeric_limits<double>::infinity(),
                                    std::numeric_limits<double>::infinity(),
                                    orientation::lower_is_better,
                                    ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const state_type& state) const noexcept {
        return mean_of_loss(state, confidence, info);
    }
};

}  // namespace leeway::inline v0
