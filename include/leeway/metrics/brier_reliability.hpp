// The part of the Brier score that better calibration would remove.
#pragma once

#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/calibration_gaps.hpp"
#include "leeway/metrics/root_mean_squared_calibration_error.hpp"

namespace leeway::inline v0 {

/// Reliability, sum_b (w_b / W) (mean score - positive rate)^2 over bins of equal width: the first
/// term of Murphy's decomposition of the Brier score. In [0, 1], lower is better.
///
/// brier_score = brier_reliability - brier_resolution + brier_uncertainty + within, exactly, with
/// within = sum_i (w_i / W) (d_i^2 - 2 d_i (y_i - rate of the bin)), d_i = score - mean score of
/// the bin. The last term is 0 when all scores of a bin are equal, and is otherwise the Brier score
/// less what the three come to.
///
/// Undefined when empty. Interval: the squares of the ends of root_mean_squared_calibration_error.
/// Cost: O(bins). Thread rule: a pure function. Source: A. Murphy, "A new vector partition of the
/// probability score", J. Appl. Meteorology 12 (1973); the term within bins: D. Stephenson, C.
/// Coelho, I. Jolliffe, "Two extra components in the Brier score decomposition", Weather and
/// Forecasting 23 (2008).
struct brier_reliability {
    using state_type = calibration_bins;
    static constexpr info_card info{"brier_reliability",          "1", 0, 1,
                                    orientation::lower_is_better, ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const calibration_bins& state) const {
        const estimate root = root_mean_squared_calibration_error{confidence}(state);
        if (!root) return root;
        return estimate::within(root.value() * root.value(), root.lower() * root.lower(),
                                root.upper() * root.upper(), confidence.level, root.weight());
    }
};

}  // namespace leeway::inline v0
