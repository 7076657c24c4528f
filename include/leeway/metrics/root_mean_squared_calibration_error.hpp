// The root of the mean squared distance of predicted probabilities from observed frequencies.
#pragma once

#include <cmath>

#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/calibration_gaps.hpp"

namespace leeway::inline v0 {

/// Root mean squared calibration error, sqrt(sum_b (w_b / W) (mean score - positive rate)^2) over
/// bins of equal width; in [0, 1], lower is better. Its square is brier_reliability.
///
/// Undefined when empty. Biased upwards by chance, like the expected calibration error; see
/// debiased_root_mean_squared_calibration_error. Interval: of the true error over these bins,
/// conservative and not centred (calibration_gaps.hpp). Cost: O(bins). Thread rule: a pure
/// function. Source: A. Murphy, "A new vector partition of the probability score", J. Appl.
/// Meteorology 12 (1973); the name: A. Kumar, P. Liang, T. Ma, "Verified Uncertainty Calibration",
/// NeurIPS (2019).
struct root_mean_squared_calibration_error {
    using state_type = calibration_bins;
    static constexpr info_card info{"root_mean_squared_calibration_error", "1", 0, 1,
                                    orientation::lower_is_better,          ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const calibration_bins& state) const {
        return calibration_gaps::of(state).root_mean_squared_gap(confidence, info);
    }
};

}  // namespace leeway::inline v0
