// How far predicted probabilities are from observed frequencies.
#pragma once

#include <cmath>

#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Expected calibration error, sum_b (w_b / W) |mean score - positive rate| over bins of equal
/// width; in [0, 1], lower is better.
///
/// Bins are closed on the left and 1 is in the last; empty bins add nothing. For several classes
/// the usual form is the top label's: fill the bins with {.label = prediction is right, .score =
/// largest probability}.
///
/// Undefined when empty. No interval: the figure is biased upwards by chance, by about sum_b
/// sqrt(w_b p_b (1 - p_b)) / W, so no closed form around it is honest; compare equal numbers of
/// rows and bins. Cost: O(bins). Thread rule: a pure function. Source: M. Pakdaman Naeini, G.
/// Cooper, M. Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning", AAAI
/// (2015).
struct expected_calibration_error {
    using state_type = calibration_bins;
    static constexpr info_card info{"expected_calibration_error", "1", 0, 1,
                                    orientation::lower_is_better, ""};

    [[nodiscard]] estimate operator()(const calibration_bins& state) const noexcept {
        compensated_sum weight;
        compensated_sum gap;
        for (const calibration_bin& bin : state.bins()) {
            weight.add(bin.weight);
            gap.add(std::fabs(bin.sum_score - bin.sum_label));
        }
        if (!(weight.value() > 0)) return undefined::empty;
        return estimate::of(gap.value() / weight.value(), weight.value());
    }
};

}  // namespace leeway::inline v0
