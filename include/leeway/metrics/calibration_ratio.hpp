// How many positives were promised for each that came.
#pragma once

#include <algorithm>
#include <limits>

#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/calibration_gaps.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// Mean predicted probability over the observed share of label 1 (expected over observed); from 0,
/// 1 is calibrated in the large, above 1 the model promises too much.
///
/// It needs the sums alone, so the number of bins does not matter. Undefined: empty; zero
/// denominator, when no label is 1. Interval: the mean probability over the ends of Wilson's
/// interval of the share, rows by Kish when weighted: it takes the scores as given and is a little
/// wide where they tell the labels apart. Cost: O(bins). Thread rule: a pure function. Source: E.
/// Steyerberg, "Clinical Prediction Models", 2nd ed. (2019), section 15.3.
struct calibration_ratio {
    using state_type = calibration_bins;
    static constexpr info_card info{
        "calibration_ratio", "1", 0, std::numeric_limits<double>::infinity(), orientation::neither,
        "no label is 1"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const calibration_bins& state) const {
        const calibration_gaps all = calibration_gaps::of(state);
        if (!(all.weight > 0)) return undefined::empty;
        if (!(all.rate > 0)) return estimate(undefined::zero_denominator, all.weight);
        const estimate rate = wilson_interval(all.rate, all.rows, all.weight, confidence);
        // The ends' product is rate^2 / (1 + z^2 / rows), which keeps the lower one's digits.
        const double z = confidence.critical;
        const double lower = all.rate / (1 + z * z / all.rows) * (all.rate / rate.upper());
        const double value = all.mean_score / all.rate;
        return estimate::within(value, std::min(value, all.mean_score / rate.upper()),
                                std::max(value, all.mean_score / lower), confidence.level,
                                all.weight);
    }
};

}  // namespace leeway::inline v0
