// How far an observed distribution can be from the one it was drawn from, everywhere at once.
#pragma once

#include <cmath>

#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// e with P(|F(x) - G(x)| <= e at every x) >= 1 - (1 - level) / sides for the distribution F of
/// `rows` (effective) rows drawn from G: sqrt(log(2 sides / (1 - level)) / (2 rows)), whatever G
/// is. `sides` distributions hold together at the level.
///
/// From it come intervals of figures of which only a comparison of two distributions is known, and
/// whose thresholds were chosen on the same rows. They never cover less than the level in
/// unweighted rows; they cover more, so they are wide. Infinite for no rows. Source: P. Massart,
/// "The tight constant in the Dvoretzky-Kiefer-Wolfowitz inequality", Ann. Probab. 18 (1990).
[[nodiscard]] inline double distribution_margin(double rows, int sides,
                                                confidence_level confidence) noexcept {
    return std::sqrt(std::log(2 * sides / (1 - confidence.level)) / (2 * rows));
}

}  // namespace leeway::inline v0
