// How strongly predicted logits should be stretched.
#pragma once

#include <limits>

#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"
#include "leeway/metrics/logistic_recalibration.hpp"

namespace leeway::inline v0 {

/// Slope b of the logistic regression logit P(label 1) = a + b logit(score); 1 is best, below 1 the
/// scores are too extreme (the mark of overfitting), above 1 too timid.
///
/// Undefined: empty; one class; out of range, when a score is not inside (0, 1); zero denominator,
/// when all scores are equal; too little data, when a threshold separates the classes, where no
/// finite slope is the likeliest.
/// Interval: large-sample, from the information, rows by Kish when weighted; short where positives
/// or negatives are a few tens or fewer. Cost: O(rows) a step of Newton's method
/// (logistic_recalibration.hpp). Thread rule: a pure function. Source: D. Cox, "Two further
/// applications of a model for binary regression", Biometrika 45 (1958); E. Steyerberg,
/// "Clinical Prediction Models", 2nd ed. (2019), section 15.3.
struct calibration_slope {
    using state_type = scored_outcomes;
    static constexpr info_card info{"calibration_slope",
                                    "1",
                                    -std::numeric_limits<double>::infinity(),
                                    std::numeric_limits<double>::infinity(),
                                    orientation::neither,
                                    "the classes do not overlap, or a score is 0 or 1"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const scored_outcomes& state) const {
        const auto fit = logistic_recalibration::of(state);
        if (fit.reason) return estimate(*fit.reason, fit.weight);
        return normal_interval(fit.slope, fit.slope_error, fit.weight, confidence, info);
    }
};

}  // namespace leeway::inline v0
