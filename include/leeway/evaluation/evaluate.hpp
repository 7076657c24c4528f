// A test set, once: spans in, a report out. Defined in src: link leeway::leeway.
#pragma once

#include <cstdint>
#include <span>

#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/report.hpp"
#include "leeway/evaluation/task.hpp"

namespace leeway::inline v0 {

/// Labels with a probability for each class, and (or) a decision.
struct multiclass_columns {
    std::span<const std::int32_t> label;
    /// One decided class a row; may be empty when probabilities are given: then their argmax.
    std::span<const std::int32_t> prediction{};
    /// Row-major, label.size() times the task's classes; may be empty when predictions are given.
    std::span<const double> probability{};
    std::span<const double> weight{};  ///< empty: every weight is 1
};

/// Evaluates every metric of the task in one go; metrics that read the same state share it, so each
/// state is filled once.
///
/// Columns of unequal length, an empty classes count, a threshold that is not finite: raise. A bad
/// row (NaN, infinity, unknown label, negative weight) is left out and counted by reason in
/// report::rejected(). No rows at all: every figure is undefined (empty), with its key present.
///
/// Binary with scores: accuracy, precision, recall, f1, specificity, balanced_accuracy,
/// matthews_correlation (of the decisions score >= threshold), roc_auc (exact, ties half; DeLong
/// interval), log_loss, brier_score, expected_calibration_error (of the scores as probabilities).
[[nodiscard]] report evaluate(const binary_task& task, const probability_outcome::columns& rows);
/// Binary with decisions only: the first seven of those.
[[nodiscard]] report evaluate(const binary_task& task, const class_outcome::columns& rows);
/// Multiclass: accuracy, balanced_accuracy, matthews_correlation; precision, recall, f1 and
/// specificity with _micro, _macro and _weighted, and of each class; with probabilities also
/// log_loss, brier_score, expected_calibration_error, and roc_auc (one against the rest) of each
/// class with its _macro and _weighted mean.
[[nodiscard]] report evaluate(const multiclass_task& task, const multiclass_columns& rows);
/// Regression: mean_squared_error, root_mean_squared_error, mean_absolute_error, r_squared.
[[nodiscard]] report evaluate(const regression_task& task, const regression_outcome::columns& rows);

/// The same with the columns in a row, truth first. Scores are doubles and decisions integers:
/// their type chooses between the two.
[[nodiscard]] inline report evaluate(const binary_task& task, std::span<const std::int32_t> labels,
                                     std::span<const double> scores,
                                     std::span<const double> weights = {}) {
    return evaluate(task, {.label = labels, .score = scores, .weight = weights});
}
[[nodiscard]] inline report evaluate(const binary_task& task, std::span<const std::int32_t> labels,
                                     std::span<const std::int32_t> predictions,
                                     std::span<const double> weights = {}) {
    return evaluate(task, {.label = labels, .prediction = predictions, .weight = weights});
}
[[nodiscard]] inline report evaluate(const multiclass_task& task,
                                     std::span<const std::int32_t> labels,
                                     std::span<const double> probabilities,
                                     std::span<const double> weights = {}) {
    return evaluate(
        task, multiclass_columns{.label = labels, .probability = probabilities, .weight = weights});
}
[[nodiscard]] inline report evaluate(const multiclass_task& task,
                                     std::span<const std::int32_t> labels,
                                     std::span<const std::int32_t> predictions,
                                     std::span<const double> weights = {}) {
    return evaluate(
        task, multiclass_columns{.label = labels, .prediction = predictions, .weight = weights});
}
[[nodiscard]] inline report evaluate(const regression_task& task, std::span<const double> targets,
                                     std::span<const double> predictions,
                                     std::span<const double> weights = {}) {
    return evaluate(task, {.target = targets, .prediction = predictions, .weight = weights});
}

}  // namespace leeway::inline v0
