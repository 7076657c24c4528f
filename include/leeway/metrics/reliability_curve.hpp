// Predicted against observed, bin by bin, to plot or to print.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// One point of a reliability curve: a bin that has rows.
struct reliability_point {
    double lower_edge{0};  ///< scores of the bin are at least this
    double upper_edge{1};  ///< and below this (1 itself is in the last bin)
    double mean_score{0};  ///< mean predicted probability
    estimate rate;         ///< observed share of label 1, with Wilson's interval; weight of the bin
};

/// The reliability curve: mean predicted probability and positive rate of every bin that has rows,
/// in order of probability; empty when nothing was observed. A calibrated model's intervals hold
/// the mean score of their bin, each with the confidence asked for (not all of them at once).
///
/// The interval is Wilson's, rows by Kish when weighted. Cost: O(bins). Thread rule: a pure
/// function. Source: A. Murphy, R. Winkler, "Reliability of subjective probability forecasts of
/// precipitation and temperature", Applied Statistics 26 (1977).
[[nodiscard]] inline std::vector<reliability_point> reliability_curve(
    const calibration_bins& state, confidence_level confidence = confidence_95) {
    std::vector<reliability_point> points;
    const auto width = static_cast<double>(state.bins().size());
    for (std::size_t i = 0; i < state.bins().size(); ++i) {
        const calibration_bin& bin = state.bins()[i];
        if (!(bin.weight > 0)) continue;
        points.push_back({static_cast<double>(i) / width, static_cast<double>(i + 1) / width,
                          std::min(1.0, bin.sum_score / bin.weight),
                          wilson_interval(std::min(1.0, bin.sum_label / bin.weight),
                                          effective_rows(bin.weight, bin.sum_squared_weight),
                                          bin.weight, confidence)});
    }
    return points;
}

}  // namespace leeway::inline v0
