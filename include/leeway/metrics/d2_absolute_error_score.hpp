// The share of the median's absolute error that predictions do away with.
#pragma once

#include <limits>

#include "leeway/accumulators/error_histograms.hpp"
#include "leeway/accumulators/paired_values.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/d2_pinball_score.hpp"

namespace leeway::inline v0 {

/// D^2 of the absolute error, 1 - sum w |target - prediction| / sum w |target - median target|; at
/// most 1, higher is better, 0 for the median as prediction. R squared with absolute errors.
///
/// It is d2_pinball_score at level 1/2, of paired_values and, certified, of error_histograms:
/// undefined, interval, band and cost are its. Thread rule: a pure function.
struct d2_absolute_error_score {
    using state_type = paired_values;
    static constexpr info_card info{"d2_absolute_error_score",
                                    "1",
                                    -std::numeric_limits<double>::infinity(),
                                    1,
                                    orientation::higher_is_better,
                                    "the target is constant, or there is one row"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const paired_values& state) const {
        return d2_pinball_score{0.5, confidence}(state);
    }

    [[nodiscard]] estimate operator()(const error_histograms& state) const {
        return d2_pinball_score{0.5, confidence}(state);
    }

    [[nodiscard]] estimate of_sample(const error_histograms& state) const {
        return d2_pinball_score{0.5, confidence}.of_sample(state);
    }
};

}  // namespace leeway::inline v0
