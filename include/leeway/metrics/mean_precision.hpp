// Precision along a straight stretch of the ROC curve.
#pragma once

#include <cmath>

#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// The mean of (t + u dt) / (n + u dn) over u from 0 to 1, where n + dn > 0 and dt <= dn: precision
/// while dt positives among dn rows are let through evenly, after t positives among n rows.
///
/// With r = dn / n it is t / n log(1 + r) / r + dt / n (r - log(1 + r)) / r^2, two terms of one
/// sign; at n = 0 it is dt / dn. Relative error: a few units in the last place.
[[nodiscard]] inline double mean_precision(double t, double n, double dt, double dn) noexcept {
    if (!(n > 0)) return dt / dn;
    const double r = dn / n;
    if (std::isinf(r)) return dt / dn;
    if (!(r > 0)) return t / n;
    if (r < 1e-3) {  // the common case: one row among many
        // (r - log(1 + r)) / r^2 = 1 / 2 - r / 3 + r^2 / 4 - ...; what is left out is below 1e-18.
        const double rest =
            1.0 / 2 - r * (1.0 / 3 - r * (1.0 / 4 - r * (1.0 / 5 - r * (1.0 / 6 - r / 7))));
        return (t * (1 - r * rest) + dt * rest) / n;
    }
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
