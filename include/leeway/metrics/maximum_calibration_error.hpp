// The bin in which predicted probabilities are furthest off.
#pragma once

#include <algorithm>
#include <cmath>

#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/calibration_gaps.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// Maximum calibration error, max_b |mean score - positive rate| over bins of equal width that have
/// rows; in [0, 1], lower is better.
///
/// Undefined when empty. A single row in a bin of its own can make it near 1, so it is a figure for
/// much data or few bins. Interval: the upper end is the largest distance from a bin's mean score
/// to an end of Wilson's interval of its rate; the lower end is the largest distance to the nearest
/// end of a Wilson interval that holds for all K bins at once, whose critical value is z + sqrt(2
/// log(2 K)). Conservative; the upper end says how little a bin of few rows knows.
/// Cost: O(bins). Thread rule: a pure function. Source: M. Pakdaman Naeini, G. Cooper, M.
/// Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning", AAAI (2015).
struct maximum_calibration_error {
    using state_type = calibration_bins;
    static constexpr info_card info{"maximum_calibration_error",  "1", 0, 1,
                                    orientation::lower_is_better, ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const calibration_bins& state) const {
        return calibration_gaps::of(state).largest_gap(confidence);
    }
};

}  // namespace leeway::inline v0
