// How surprised the predicted probabilities are by what happened.
#pragma once

#include <limits>

#include "leeway/accumulators/class_losses.hpp"
#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/row_losses.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_loss.hpp"

namespace leeway::inline v0 {

/// Log loss (cross-entropy), -sum w log(probability of what happened) / sum w, in nats; at least 0,
/// lower is better; log(classes) for even odds.
///
/// Undefined when empty. One row that was certain of the wrong class makes it infinite, and then it
/// has no interval; the state's infinite() says how many such rows there are and its mean() what
/// the others come to. scikit-learn 1.2.1 clips every probability to [2.2e-16, 1 - 2.2e-16], so
/// that such a row costs it 36.04. Scores outside [0, 1] are counted in the state's rejected().
/// Interval: large-sample (mean_of_loss.hpp). Cost: O(1). Thread rule: a pure function.
/// Source: I. Good, "Rational decisions", J. Roy. Stat. Soc. B 14 (1952).
struct log_loss {
    using state_type = mean_loss<loss::logarithmic>;
    static constexpr info_card info{"log_loss",
                                    "nats",
                                    0,
                                    std::numeric_limits<double>::infinity(),
                                    orientation::lower_is_better,
                                    ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const state_type& state) const noexcept {
        return mean_of_loss(state, confidence, info);
    }
    /// Of the losses by class, for who holds them anyway.
    [[nodiscard]] estimate operator()(const class_losses<loss::logarithmic>& state) const {
        return mean_of_loss(state.all(), confidence, info);
    }
    [[nodiscard]] estimate operator()(const class_losses<loss::row_logarithmic>& state) const {
        return mean_of_loss(state.all(), confidence, info);
    }
    /// Of more than two classes.
    [[nodiscard]] estimate operator()(
        const mean_loss<loss::row_logarithmic>& state) const noexcept {
        return mean_of_loss(state, confidence, info);
    }
};

}  // namespace leeway::inline v0
