// Several intervals that are to hold together.
#pragma once

#include <cmath>
#include <cstddef>
#include <numbers>

#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// The level at which each of `intervals` must be made so that all hold together with the given
/// confidence, whatever their dependence: 1 - (1 - level) / intervals (Bonferroni's inequality).
///
/// The critical value is solved for in the header (a few steps of Newton's method on the logarithm
/// of erfc, good to 1e-14), so that header-only code has it. Pure.
[[nodiscard]] inline confidence_level simultaneous(confidence_level confidence,
                                                   std::size_t intervals) noexcept {
    if (intervals <= 1) return confidence;
    const double tail = (1 - confidence.level) / static_cast<double>(intervals);
    // log P(|Z| > z) falls and is concave: from the second step on z comes down on the root.
    double z = confidence.critical;
    for (int step = 0; step < 50; ++step) {
        const double beyond = std::erfc(z / std::numbers::sqrt2);
        const double density =
            std::exp(-z * z / 2) * 2 * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
        const double change = (std::log(beyond) - std::log(tail)) * beyond / density;
        z += change;
        if (std::fabs(change) <= 1e-15 * z) break;
    }
    return {1 - tail, z};
}

}  // namespace leeway::inline v0
