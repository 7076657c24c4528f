// How far predicted probabilities are from observed frequencies.
#pragma once

#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/calibration_gaps.hpp"

namespace leeway::inline v0 {

/// Expected calibration error, sum_b (w_b / W) |mean score - positive rate| over bins of equal
/// width; in [0, 1], lower is better.
///
/// Bins are closed on the left and 1 is in the last; empty bins add nothing. For several classes
/// the usual form is the top label's: fill the bins with {.label = prediction is right, .score =
/// largest probability}.
///
/// Undefined when empty. By chance alone the figure is about sum_b sqrt(2 w_b p_b (1 - p_b) / pi) /
/// W above its true value, so compare equal numbers of rows and bins, or debiased figures
/// (debiased_expected_calibration_error). Interval: of the true error over these bins, conservative
/// and not centred (calibration_gaps.hpp): a well calibrated model's reaches 0. Simulated coverage
/// of the 95 % interval is 97 % or more at 30 to 3,000 rows and 5 to 20 bins
/// (tests/metrics/expected_calibration_error.cpp). Cost: O(bins). Thread rule: a pure function.
/// Source: M. Pakdaman Naeini, G. Cooper, M. Hauskrecht, "Obtaining Well Calibrated Probabilities
/// Using Bayesian Binning", AAAI (2015).
struct expected_calibration_error {
    using state_type = calibration_bins;
    static constexpr info_card info{"expected_calibration_error", "1", 0, 1,
                                    orientation::lower_is_better, ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const calibration_bins& state) const {
        return calibration_gaps::of(state).mean_gap(confidence, info);
    }
};

}  // namespace leeway::inline v0
