// The Brier score of predicting the observed frequency for every row.
#pragma once

#include <algorithm>

#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/calibration_gaps.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// Uncertainty, rate (1 - rate) of the observed share of label 1: the third term of Murphy's
/// decomposition of the Brier score, which no model can change. In [0, 1/4], neither direction is
/// better. The other terms and what is left within bins: brier_reliability.
///
/// Undefined when empty. Interval: the least and largest value over Wilson's interval of the share,
/// rows by Kish when weighted. Cost: O(bins). Thread rule: a pure function. Source: A. Murphy, "A
/// new vector partition of the probability score", J. Appl. Meteorology 12 (1973).
struct brier_uncertainty {
    using state_type = calibration_bins;
    static constexpr info_card info{"brier_uncertainty", "1", 0, 0.25, orientation::neither, ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const calibration_bins& state) const {
        const calibration_gaps all = calibration_gaps::of(state);
        if (!(all.weight > 0)) return undefined::empty;
        const auto spread = [](double rate) { return rate * (1 - rate); };
        const double value = spread(all.rate);
        const estimate rate = wilson_interval(all.rate, all.rows, all.weight, confidence);
        const auto [least, largest] = std::minmax({spread(rate.lower()), spread(rate.upper())});
        const bool across = rate.lower() <= 0.5 && rate.upper() >= 0.5;
        return estimate::within(value, std::min(least, value),
                                std::max(across ? info.highest : largest, value), confidence.level,
                                all.weight);
    }
};

}  // namespace leeway::inline v0
