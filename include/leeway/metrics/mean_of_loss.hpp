// The mean of a pointwise loss with its large-sample interval: the form that MSE, MAE, log loss and
// Brier score share.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/fields.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// The mean with the interval of its standard error sqrt(variance / rows), rows by Kish when
/// weighted, inside the metric's range (score_interval in interval.hpp, rows - 1 degrees of
/// freedom).
///
/// Undefined when empty. Infinite, without an interval, when a row's loss is: state.infinite()
/// says how many there were, state.mean() what the others come to. No interval either for a single
/// row. Where every row has the same loss, up to rounding (rounding_of), which would claim
/// certainty, constant_interval: Wilson's on a range with two ends (Brier score), none (no
/// variation) on another (log loss, errors). The interval is short for a few tens of rows or fewer,
/// and for losses of which few rows make up most (docs/guarantees.md says by how much).
template <PointwiseLoss Loss>
[[nodiscard]] estimate mean_of_loss(const mean_loss<Loss>& state, confidence_level confidence,
                                    const info_card& info) noexcept {
    const double weight = state.weight();
    if (state.infinite() > 0) {
        return estimate::of(std::numeric_limits<double>::infinity(), weight);
    }
    if (!(weight > 0)) return undefined::empty;
    const double mean = state.mean();
    // Where the squares of the losses vanish, so does what is known of their variance.
    if (mean > 0 && mean * mean * std::min(weight, 1.0) < detail::least_square_sum)
        return estimate::of(mean, weight);
    const double rows = effective_rows(weight, state.sum_of_squared_weights());
    const double deviation = std::sqrt(state.variance());
    if (deviation <= detail::rounding_of(std::fabs(mean))) {
        return constant_interval(mean, rows, weight, confidence, info);
    }
    return score_interval(mean, deviation / std::sqrt(rows), rows - 1, weight, confidence, info);
}

/// The same, of a loss with parameters; raises when the state's are others than the metric's.
template <PointwiseLoss Loss>
[[nodiscard]] estimate mean_of_loss(const mean_loss<Loss>& state, const Loss& expected,
                                    confidence_level confidence, const info_card& info) {
    if (!(state.loss() == expected)) {
        raise(std::string(info.name) + ": the state's loss has {" + to_debug_string(state.loss()) +
              "}, the metric asks for {" + to_debug_string(expected) + "}");
    }
    return mean_of_loss(state, confidence, info);
}

namespace detail {

/// The same from sums over the rows of another state: `first` = sum w l, `second` = sum w l^2. The
/// variance (second - first^2 / W) / (W - sum w^2 / W) keeps its digits because losses vary about
/// as much as they are large; what rounding leaves of losses that do not vary is no
/// variance.
template <class State>
[[nodiscard]] estimate mean_of_sums(const State& state, double first, double second,
                                    confidence_level confidence, const info_card& info) {
    const double weight = state.weight();
    if (!(weight > 0)) return undefined::empty;
    const double mean = first / weight;
    if (mean > 0 && mean * mean * std::min(weight, 1.0) < least_square_sum)
        return estimate::of(mean, weight);
    const double left = second - first * mean;
    const double freedom = weight - state.sum_of_squared_weights() / weight;
    const double rows = effective_rows(weight, state.sum_of_squared_weights());
    if (freedom > 0 && left <= 4 * std::numeric_limits<double>::epsilon() * second)
        return constant_interval(mean, rows, weight, confidence, info);
    const double variance = freedom > 0 ? left / freedom : std::numeric_limits<double>::quiet_NaN();
    return score_interval(mean, std::sqrt(variance / rows), rows - 1, weight, confidence, info);
}

}  // namespace detail

/// The root of a mean of squares, between the roots of its ends: they hold exactly as often and
/// stay above 0, and to first order they are the delta method's.
[[nodiscard]] inline estimate root_of(const estimate& square) {
    if (!square) return square;
    const double root = std::sqrt(square.value());
    if (!square.has_interval()) {
        const auto why = square.interval_reason();
        return why ? estimate::without_interval(root, *why, square.weight())
                   : estimate::of(root, square.weight());
    }
    return estimate::within(root, std::sqrt(square.lower()), std::sqrt(square.upper()),
                            square.confidence(), square.weight());
}

}  // namespace leeway::inline v0
