// Is one forecast better than another, or was it luck? Defined in src: link leeway::leeway.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// What the Diebold-Mariano test found.
struct diebold_mariano_result {
    /// Mean loss of the first less that of the second, below 0 when the first is better; between
    /// ends that leave out 0 exactly when p_value is below 1 - confidence.
    estimate difference{undefined::empty};
    double statistic{0};          ///< the difference over its error, with the small-sample factor
    double p_value{1};            ///< two-sided, of Student's t with n - 1 degrees
    double long_run_variance{0};  ///< of one loss difference, its neighbours' covariances included
    bool bartlett{false};         ///< those were damped, because the plain sum was not positive
    std::size_t n{0};
    std::size_t horizon{1};
    std::optional<undefined> reason{};  ///< set: there is no statistic, and why

    [[nodiscard]] bool defined() const noexcept { return !reason.has_value(); }
    [[nodiscard]] explicit operator bool() const noexcept { return defined(); }
};

/// The Diebold-Mariano test of equal accuracy of two forecasts, from their losses (squared errors,
/// absolute errors, pinball losses ...) at the same points in time, in order.
///
/// With d_t the difference of the losses and c_k its autocovariance over n, the variance of the
/// mean of d is V = (c_0 + 2 (c_1 + ... + c_(h-1))) / n for forecasts h steps ahead, whose errors
/// depend on their h - 1 neighbours; statistic = sqrt((n + 1 - 2h + h (h - 1) / n) / n) mean(d) /
/// sqrt(V) is compared with Student's t of n - 1 degrees (Harvey, Leybourne and Newbold). Where V
/// is not positive, which can happen for h > 1, the covariances are damped by 1 - k / h (Bartlett's
/// weights, as Newey and West), which keeps it so.
///
/// Undefined: empty; too little data unless n > h; zero denominator when the differences do not
/// vary by more than 64 ulp of the largest loss (rounding_of), which is what is left of a constant
/// after a subtraction; difference then has its value and no interval. Columns of unequal length,
/// losses that are not finite (a gap would shift the neighbours) and horizon 0 raise. Cost: O(n h).
/// Thread rule: a pure function. Source: F. Diebold, R. Mariano, "Comparing predictive accuracy",
/// J. Bus. Econ. Stat. 13 (1995); D. Harvey, S. Leybourne, P. Newbold, "Testing the equality of
/// prediction mean squared errors", Int. J. Forecasting 13 (1997).
[[nodiscard]] diebold_mariano_result diebold_mariano(std::span<const double> first_losses,
                                                     std::span<const double> second_losses,
                                                     std::size_t horizon = 1,
                                                     confidence_level confidence = confidence_95);

}  // namespace leeway::inline v0
