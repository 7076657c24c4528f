// One figure of several outputs.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "leeway/accumulators/multi_output.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// The metric of each output, in order.
template <class M, class State>
[[nodiscard]] std::vector<estimate> each_output(const M& metric, const multi_output<State>& rows) {
    std::vector<estimate> figures;
    figures.reserve(rows.outputs());
    for (const State& state : rows.states()) figures.push_back(metric(state));
    return figures;
}

/// sum s x / sum s over the outputs in which the figure x is defined, s their shares, finite and at
/// least 0. When it is defined in none, the reason of the first; zero denominator when the shares
/// of those in which it is are all 0.
///
/// Its ends are the averages of the ends, which hold however the outputs depend on one another; no
/// interval where one output has none. The weight is the largest of the outputs'.
[[nodiscard]] inline estimate weighted_average(std::span<const estimate> outputs,
                                               std::span<const double> shares) {
    if (shares.size() != outputs.size()) {
        raise_invalid("weighted_average", "shares.size()", shares.size(),
                      "one an output, " + detail::shown(outputs.size()));
    }
    if (outputs.empty()) return undefined::empty;
    double value = 0, lower = 0, upper = 0, total = 0, weight = 0, level = 0;
    bool any = false;
    bool with_interval = true;
    for (std::size_t k = 0; k < outputs.size(); ++k) {
        if (!(shares[k] >= 0 && std::isfinite(shares[k])))
            raise_invalid("weighted_average", "a share", shares[k], "a finite number, at least 0");
        weight = std::max(weight, outputs[k].weight());
        if (!outputs[k]) continue;
        any = true;
        if (shares[k] == 0) continue;
        total += shares[k];
        value += shares[k] * outputs[k].value();
        with_interval = with_interval && outputs[k].has_interval();
        if (!with_interval) continue;
        lower += shares[k] * outputs[k].lower();
        upper += shares[k] * outputs[k].upper();
        level = outputs[k].confidence();
    }
    if (!any) return estimate(*outputs.front().reason(), weight);
    if (!(total > 0)) return estimate(undefined::zero_denominator, weight);
    value /= total;
    if (!with_interval) return estimate::of(value, weight);
    return estimate::within(value, std::min(value, lower / total), std::max(value, upper / total),
                            level, weight);
}

/// The plain mean over the outputs in which the figure is defined.
[[nodiscard]] inline estimate uniform_average(std::span<const estimate> outputs) {
    return weighted_average(outputs, std::vector<double>(outputs.size(), 1.0));
}

/// The mean with each output's sum of squared deviations of the target as its share: the R squared
/// of all outputs together, where the metric is R squared. For states that know it:
/// regression_moments (target().sum_of_squared_deviations()) and comoments (target_squares()).
template <class M, class State>
[[nodiscard]] estimate variance_weighted(const M& metric, const multi_output<State>& rows) {
    std::vector<double> shares;
    shares.reserve(rows.outputs());
    for (const State& state : rows.states()) {
        if constexpr (requires { state.target_squares(); }) {
            shares.push_back(state.target_squares());
        } else {
            shares.push_back(state.target().sum_of_squared_deviations());
        }
    }
    return weighted_average(each_output(metric, rows), shares);
}

}  // namespace leeway::inline v0
