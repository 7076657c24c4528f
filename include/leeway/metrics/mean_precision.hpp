// Precision along a straight stretch of the ROC curve.
#pragma once

#include <cmath>

#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// The share of n that dn must stay below for mean_precision_near.
inline constexpr double most_near_rows = 1e-3;

/// mean_precision of a few rows after many: of numbers, or of several at once (block_sums.hpp).
template <class Number>
[[nodiscard]] Number mean_precision_near(const Number& t, const Number& n, const Number& dt,
                                         const Number& dn) noexcept {
    const Number one = Number(1.0) / n;
    const Number r = dn * one;
    // (r - log(1 + r)) / r^2 = 1 / 2 - r / 3 + r^2 / 4 - ...; what is left out is below 1e-18.
    const Number far = Number(1.0 / 5) - r * (Number(1.0 / 6) - r * Number(1.0 / 7));
    const Number near = Number(1.0 / 2) - r * (Number(1.0 / 3) - r * (Number(1.0 / 4) - r * far));
    return (t * (Number(1.0) - r * near) + dt * near) * one;
}

/// The mean of (t + u dt) / (n + u dn) over u from 0 to 1, where n + dn > 0 and dt <= dn: precision
/// while dt positives among dn rows are let through evenly, after t positives among n rows.
///
/// With r = dn / n it is t / n log(1 + r) / r + dt / n (r - log(1 + r)) / r^2, two terms of one
/// sign; at n = 0 it is dt / dn. Relative error: a few units in the last place.
[[nodiscard]] inline double mean_precision(double t, double n, double dt, double dn) noexcept {
    if (dn < most_near_rows * n) return mean_precision_near(t, n, dt, dn);
    if (!(n > 0)) return dt / dn;
    const double r = dn / n;
    if (std::isinf(r)) return dt / dn;
    const double log = std::log1p(r);
    double rest = 0;
    if (r < 0.04) {  // twelve terms leave less than 1e-17
        for (int k = 13; k >= 2; --k) rest = 1.0 / k - r * rest;
    } else {
        rest = (r - log) / r / r;
    }
    return t / n * (log / r) + dt / n * rest;
}

}  // namespace leeway::inline v0
