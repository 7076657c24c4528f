// The interval of a correlation, on the scale on which its spread does not depend on its size.
#pragma once

#include <algorithm>
#include <cmath>

#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// tanh(atanh(value) +- z sqrt(variance)) for a correlation in [-1, 1]; `variance` is that of
/// atanh(value). Without an interval at -1 and 1, where it would claim certainty, and where the
/// variance is not a finite number > 0.
/// Source: R. Fisher, "On the probable error of a coefficient of correlation deduced from a small
/// sample", Metron 1 (1921).
[[nodiscard]] inline estimate fisher_interval(double value, double variance, double weight,
                                              confidence_level confidence) noexcept {
    if (!(std::fabs(value) < 1 && variance > 0 && std::isfinite(variance)))
        return estimate::of(value, weight);
    const double z = std::atanh(value);
    const double half = confidence.critical * std::sqrt(variance);
    return estimate::within(value, std::min(value, std::tanh(z - half)),
                            std::max(value, std::tanh(z + half)), confidence.level, weight);
}

}  // namespace leeway::inline v0
