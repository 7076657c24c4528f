// R squared, corrected for the features that the model was given.
#pragma once

#include <cstddef>
#include <limits>
#include <string>

#include "leeway/accumulators/regression_moments.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"
#include "leeway/metrics/r_squared.hpp"

namespace leeway::inline v0 {

/// Adjusted R squared, 1 - (1 - R^2) (n - 1) / (n - p - 1) for p features beside the intercept and
/// n rows (Kish's effective rows when weighted); at most 1, higher is better. Meant for the rows
/// that the model was fitted on. Reported as adjusted_r_squared_3 for 3 features.
///
/// Undefined as R squared is, and (too little data) unless n > p + 1. Interval: R squared's, mapped
/// in the same way. Cost: O(1). Thread rule: a pure function.
/// Source: H. Theil, "Economic Forecasts and Policy" (1961), chapter 6.
struct adjusted_r_squared {
    using state_type = regression_moments;
    static constexpr info_card info{
        "adjusted_r_squared",
        "1",
        -std::numeric_limits<double>::infinity(),
        1,
        orientation::higher_is_better,
        "the target is constant, or there are no more rows than parameters"};

    std::size_t features{1};
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const {
        return std::string(info.name) + '_' + detail::shown(features);
    }
    [[nodiscard]] estimate operator()(const regression_moments& state) const {
        const estimate plain = r_squared{confidence}(state);
        if (!plain) return plain;
        const double rows = effective_rows(state.weight(), state.sum_of_squared_weights());
        const double freedom = rows - static_cast<double>(features) - 1;
        if (!(freedom > 1e-9 * rows)) return estimate(undefined::too_little_data, plain.weight());
        const auto adjusted = [&](double r2) { return 1 - (1 - r2) * ((rows - 1) / freedom); };
        if (!plain.has_interval()) return estimate::of(adjusted(plain.value()), plain.weight());
        return estimate::within(adjusted(plain.value()), adjusted(plain.lower()),
                                adjusted(plain.upper()), plain.confidence(), plain.weight());
    }
};

}  // namespace leeway::inline v0
