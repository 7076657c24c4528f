// Whether the Brier score is what calibrated probabilities would have.
#pragma once

#include <cmath>
#include <limits>
#include <optional>

#include "leeway/accumulators/spiegelhalter_sums.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Spiegelhalter's z, sum w (y - p) (1 - 2 p) / sqrt(sum w^2 (1 - 2 p)^2 p (1 - p)): the Brier
/// score less its mean under calibration, in standard deviations; near standard normal if the
/// probabilities are right. Above 0 the model is worse than it says: its scores are too extreme.
///
/// It sees only the miscalibration that moves the Brier score; scores that are too high on one side
/// of 1/2 and too low on the other can cancel. p_value() is two-sided, 2 P(N > |z|), by the
/// large-sample law, and needs some tens of rows.
///
/// Undefined: empty; out of range, when a score is outside [0, 1]; zero denominator, when all
/// scores are 0, 1/2 or 1. No interval: it is evidence, not an effect, and grows with the rows; the
/// effect is brier_reliability. Cost: O(1). Thread rule: a pure function. Source: D.
/// Spiegelhalter, "Probabilistic prediction in patient management and clinical trials", Statistics
/// in Medicine 5 (1986).
struct spiegelhalter_z {
    using state_type = spiegelhalter_sums;
    static constexpr info_card info{"spiegelhalter_z",
                                    "1",
                                    -std::numeric_limits<double>::infinity(),
                                    std::numeric_limits<double>::infinity(),
                                    orientation::neither,
                                    "no score is off 0, 1/2 and 1"};

    [[nodiscard]] estimate operator()(const spiegelhalter_sums& state) const {
        const double weight = state.weight();
        if (state.rejected().range > 0) return estimate(undefined::out_of_range, weight);
        if (!(weight > 0)) return undefined::empty;
        if (!(state.variance() > 0)) return estimate(undefined::zero_denominator, weight);
        return estimate::of(state.excess() / std::sqrt(state.variance()), weight);
    }

    /// P(a deviation at least this large, either way, of calibrated probabilities); none where z is
    /// undefined. Defined in src.
    [[nodiscard]] std::optional<double> p_value(const spiegelhalter_sums& state) const;
};

}  // namespace leeway::inline v0
