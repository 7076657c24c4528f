// Forecasts of a real target that may be more than one number: what they claim, and their columns.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/naive_scale.hpp"

namespace leeway::inline v0 {

/// What the forecasts claim, for the kinds that are there (forecast_columns).
struct forecast_task {
    double level{0.9};             ///< of the intervals: the share they mean to cover, in (0, 1)
    std::vector<double> levels{};  ///< of the quantiles, ascending inside (0, 1)
    /// The yardstick of the scaled errors, naive_scale::of(training series, season): only the
    /// caller knows the training series. None: no scaled errors.
    std::optional<naive_scale> scale{};
    confidence_level confidence{confidence_95};
};

/// A target a row, and one or more kinds of forecasts for it; a kind whose columns are empty was
/// not made. The numbers are the caller's and outlive the call.
struct forecast_columns {
    std::span<const double> target;
    std::span<const double> point{};      ///< one number a row
    std::span<const double> lower{};      ///< intervals of the task's level
    std::span<const double> upper{};      ///< beside lower
    std::span<const double> quantiles{};  ///< row by row, one for each of the task's levels
    std::span<const double> members{};    ///< row by row, an ensemble of the same size each
    std::span<const double> mean{};       ///< of a normal distribution
    std::span<const double> deviation{};  ///< beside mean
    std::span<const double> weight{};     ///< empty: every weight is 1

    [[nodiscard]] std::size_t size() const noexcept { return target.size(); }
};

}  // namespace leeway::inline v0
