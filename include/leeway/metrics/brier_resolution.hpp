// The part of the Brier score that telling rows apart has removed.
#pragma once

#include <algorithm>
#include <cmath>

#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/calibration_gaps.hpp"

namespace leeway::inline v0 {

/// Resolution, sum_b (w_b / W) (positive rate of the bin - positive rate)^2 over bins of equal
/// width: the second term of Murphy's decomposition of the Brier score, which it lowers. In [0,
/// 1/4], higher is better; 0 when the bins do not tell rows apart. The other terms and what is left
/// within bins: brier_reliability.
///
/// Undefined when empty. Biased upwards by chance. Interval: the squares of the ends of an interval
/// of its root, conservative and not centred (calibration_gaps.hpp). Cost: O(bins). Thread rule: a
/// pure function. Source: A. Murphy, "A new vector partition of the probability score", J. Appl.
/// Meteorology 12 (1973).
struct brier_resolution {
    using state_type = calibration_bins;
    static constexpr info_card info{
        "brier_resolution", "1", 0, 0.25, orientation::higher_is_better, ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const calibration_bins& state) const {
        const calibration_gaps all = calibration_gaps::of(state);
        if (!(all.weight > 0)) return undefined::empty;
        const double rate = all.rate;
        const auto distance = [rate](const calibration_gap& bin) { return bin.rate - rate; };
        compensated_sum squares;
        for (const calibration_gap& bin : all.bins)
            squares.add(bin.share * distance(bin) * distance(bin));
        // Never above 1/4 but for rounding.
        const double value = std::min(squares.value(), info.highest);
        const estimate root = all.norm_interval(std::sqrt(value), confidence, root_info, distance);
        return estimate::within(value, std::min(value, root.lower() * root.lower()),
                                std::max(value, root.upper() * root.upper()), confidence.level,
                                all.weight);
    }

  private:
    static constexpr info_card root_info{
        "brier_resolution", "1", 0, 0.5, orientation::higher_is_better, ""};
};

}  // namespace leeway::inline v0
