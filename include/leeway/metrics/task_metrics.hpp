// Every metric of a task, in the order in which reports show them.
#pragma once

#include <utility>

#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "leeway/metrics/balanced_accuracy.hpp"
#include "leeway/metrics/brier_score.hpp"
#include "leeway/metrics/expected_calibration_error.hpp"
#include "leeway/metrics/f_beta.hpp"
#include "leeway/metrics/log_loss.hpp"
#include "leeway/metrics/matthews_correlation.hpp"
#include "leeway/metrics/mean_absolute_error.hpp"
#include "leeway/metrics/mean_squared_error.hpp"
#include "leeway/metrics/precision.hpp"
#include "leeway/metrics/r_squared.hpp"
#include "leeway/metrics/recall.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "leeway/metrics/root_mean_squared_error.hpp"
#include "leeway/metrics/specificity.hpp"

namespace leeway::inline v0 {

namespace detail {

template <class See, class... Metrics>
void see_each(const confidence_level& confidence, See& see, Metrics... metrics) {
    const auto see_one = [&](auto metric) {
        if constexpr (requires { metric.confidence; }) metric.confidence = confidence;
        see(std::as_const(metric));
    };
    (see_one(std::move(metrics)), ...);
}

}  // namespace detail

// One list a task, for evaluate(), the monitor and the command line alike. A holder of states shows
// the metrics that can read one of them (ReadableFrom), so a metric that joins a list is in every
// report that can have it.

/// see(metric) for each metric of labels 0 and 1 with decisions, scores or probabilities.
template <class See>
void for_each_binary_metric(const confidence_level& confidence, See see) {
    detail::see_each(confidence, see,
                     // of the decisions
                     accuracy{}, precision{}, recall{}, f_beta{}, specificity{},
                     balanced_accuracy{}, matthews_correlation{},
                     // of the order of the scores
                     roc_auc{},
                     // of the scores as probabilities
                     log_loss{}, brier_score{}, expected_calibration_error{});
}

/// see(metric) for each metric of classes 0 .. k - 1. Those that are ratios of one class
/// (ClassRatioMetric) and roc_auc are shown averaged and for each class by who reads the list.
template <class See>
void for_each_multiclass_metric(const confidence_level& confidence, See see) {
    detail::see_each(confidence, see, accuracy{}, balanced_accuracy{}, matthews_correlation{},
                     precision{}, recall{}, f_beta{}, specificity{}, roc_auc{}, log_loss{},
                     brier_score{}, expected_calibration_error{});
}

/// see(metric) for each metric of a real target and its prediction.
template <class See>
void for_each_regression_metric(const confidence_level& confidence, See see) {
    detail::see_each(confidence, see, mean_squared_error{}, root_mean_squared_error{},
                     mean_absolute_error{}, r_squared{});
}

}  // namespace leeway::inline v0
