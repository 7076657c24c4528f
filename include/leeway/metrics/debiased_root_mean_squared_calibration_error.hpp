// The root mean squared calibration error less what chance adds to it.
#pragma once

#include <algorithm>
#include <cmath>

#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/calibration_gaps.hpp"
#include "leeway/metrics/root_mean_squared_calibration_error.hpp"

namespace leeway::inline v0 {

/// Root mean squared calibration error with each bin's bias taken off: sqrt(sum_b (w_b / W) ((mean
/// score - rate)^2 - rate (1 - rate) / (rows - 1))); in [0, 1], lower is better; 0 where the sum is
/// below 0, which good calibration makes it about every other time.
///
/// The sum under the root has no bias for the true mean square over these bins. Rows are effective
/// rows (Kish) when weighted; a bin of fewer than 1.5, that is of one row, cannot tell its noise
/// and is left out with its weight.
///
/// Undefined: empty; too little data, when no bin has two rows. Interval: that of
/// root_mean_squared_calibration_error, which is of the same true figure, with this value inside.
/// Cost: O(bins). Thread rule: a pure function. Source: J. Broecker, "Estimating reliability and
/// resolution of probability forecasts through decomposition of the empirical score", Climate
/// Dynamics 39 (2012); A. Kumar, P. Liang, T. Ma, "Verified Uncertainty Calibration", NeurIPS
/// (2019), section 5.
struct debiased_root_mean_squared_calibration_error {
    using state_type = calibration_bins;
    static constexpr info_card info{"debiased_root_mean_squared_calibration_error",
                                    "1",
                                    0,
                                    1,
                                    orientation::lower_is_better,
                                    "no bin has two rows"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const calibration_bins& state) const {
        const calibration_gaps all = calibration_gaps::of(state);
        if (!(all.weight > 0)) return undefined::empty;
        compensated_sum sum, share;
        for (const calibration_gap& bin : all.bins) {
            if (bin.rows < 1.5) continue;
            const double noise = bin.rate * (1 - bin.rate) / (bin.rows - 1);
            sum.add(bin.share * (bin.gap() * bin.gap() - noise));
            share.add(bin.share);
        }
        if (!(share.value() > 0)) return estimate(undefined::too_little_data, all.weight);
        const double value = std::sqrt(std::max(0.0, sum.value() / share.value()));
        const estimate biased = root_mean_squared_calibration_error{confidence}(state);
        return estimate::within(value, std::min(value, biased.lower()),
                                std::max(value, biased.upper()), confidence.level, all.weight);
    }
};

}  // namespace leeway::inline v0
