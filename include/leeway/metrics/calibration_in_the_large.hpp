// By how much predicted logits are too low on the whole.
#pragma once

#include <limits>

#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"
#include "leeway/metrics/logistic_recalibration.hpp"

namespace leeway::inline v0 {

/// Intercept a of the logistic regression logit P(label 1) = a + logit(score), the slope held at 1;
/// 0 is best, above 0 the scores are too low on the whole. calibration_ratio says the same as a
/// ratio of means.
///
/// Undefined: empty; one class; out of range, when a score is not inside (0, 1).
/// Interval: large-sample, from the residuals, so that it holds where the slope is not 1; rows by
/// Kish when weighted; short where positives or negatives are a few tens or fewer. Cost: O(rows) a
/// step of Newton's method (logistic_recalibration.hpp). Thread rule: a pure function. Source: D.
/// Cox, "Two further applications of a model for binary regression", Biometrika 45 (1958); E.
/// Steyerberg, "Clinical Prediction Models", 2nd ed. (2019), section 15.3.
struct calibration_in_the_large {
    using state_type = scored_outcomes;
    static constexpr info_card info{"calibration_in_the_large",
                                    "logit",
                                    -std::numeric_limits<double>::infinity(),
                                    std::numeric_limits<double>::infinity(),
                                    orientation::neither,
                                    "there is one class, or a score is 0 or 1"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const scored_outcomes& state) const {
        const auto fit = logistic_recalibration::of(state, false);
        if (fit.reason) return estimate(*fit.reason, fit.weight);
        return normal_interval(fit.intercept, fit.intercept_error, fit.weight, confidence, info);
    }
};

}  // namespace leeway::inline v0
