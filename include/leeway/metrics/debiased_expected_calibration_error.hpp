// The expected calibration error less what chance adds to it.
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>

#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/calibration_gaps.hpp"
#include "leeway/metrics/expected_calibration_error.hpp"

namespace leeway::inline v0 {

/// Expected calibration error with each bin's bias taken off: sum_b (w_b / W) (2 |g_b| - E |N(g_b,
/// s_b^2)|), g_b = mean score - positive rate and s_b^2 = rate (1 - rate) / rows; in [0, 1], lower
/// is better; 0 where the sum is below 0.
///
/// An observed |g| is larger than the true one on average, by as much as E |N(g, s^2)| is larger
/// than |g|; here the observed gap stands for the true one. E |N(g, s^2)| = s sqrt(2 / pi) exp(-g^2
/// / (2 s^2)) + g (1 - 2 P(N < -g / s)). Rows are effective rows (Kish) when weighted. A bin whose
/// labels are all alike has no s, and keeps its bias.
///
/// Undefined when empty. Interval: that of expected_calibration_error, which is of the same true
/// figure, with this value inside. Cost: O(bins). Thread rule: a pure function. Source: after
/// A. Kumar, P. Liang, T. Ma, "Verified Uncertainty Calibration", NeurIPS (2019), with the closed
/// form of the folded normal's mean instead of sampling it.
struct debiased_expected_calibration_error {
    using state_type = calibration_bins;
    static constexpr info_card info{"debiased_expected_calibration_error", "1", 0, 1,
                                    orientation::lower_is_better,          ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const calibration_bins& state) const {
        const calibration_gaps all = calibration_gaps::of(state);
        if (!(all.weight > 0)) return undefined::empty;
        compensated_sum sum;
        for (const calibration_gap& bin : all.bins) {
            const double gap = std::fabs(bin.gap());
            const double deviation = std::sqrt(bin.rate * (1 - bin.rate) / bin.rows);
            sum.add(bin.share * (gap - excess(gap, deviation)));
        }
        const double value = std::max(0.0, sum.value());
        const estimate biased = expected_calibration_error{confidence}(state);
        return estimate::within(value, std::min(value, biased.lower()),
                                std::max(value, biased.upper()), confidence.level, all.weight);
    }

  private:
    /// E |N(gap, deviation^2)| - gap for gap >= 0; 1 - 2 P(N < -x) - 1 = -erfc(x / sqrt 2).
    [[nodiscard]] static double excess(double gap, double deviation) noexcept {
        if (!(deviation > 0)) return 0;
        const double x = gap / deviation / std::numbers::sqrt2;
        return deviation * std::numbers::sqrt2 * std::numbers::inv_sqrtpi * std::exp(-x * x) -
               gap * std::erfc(x);
    }
};

}  // namespace leeway::inline v0
