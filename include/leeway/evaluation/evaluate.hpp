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
/// Which figures there are is listed, in order, in metrics/task_metrics.hpp.
///
/// Binary with scores: figures of the decisions score >= threshold, of the order of the scores
/// (exact, ties half), and of the scores as probabilities.
[[nodiscard]] report evaluate(const binary_task& task, const probability_outcome::columns& rows);
/// Binary with decisions only: the first of those.
[[nodiscard]] report evaluate(const binary_task& task, const class_outcome::columns& rows);
/// Multiclass: figures of the confusion matrix; ratios of one class (precision, recall, f1, ...)
/// with _micro, _macro and _weighted, and of each class; with probabilities also their losses,
/// calibration of the decided class, and roc_auc (one against the rest) of each class with its
/// _macro and _weighted mean.
[[nodiscard]] report evaluate(const multiclass_task& task, const multiclass_columns& rows);
/// Regression: errors, shares explained, correlations. Medians and rank correlations sort a copy of
/// the rows. A figure that is not defined on every row (a deviance where a target is negative) is
/// undefined: out of range.
[[nodiscard]] report evaluate(const regression_task& task, const regression_outcome::columns& rows);

/// Ranking, a row a query: ndcg, mean_average_precision, mean_reciprocal_rank, r_precision; ndcg,
/// dcg, precision, recall and hit_rate at each of the task's cutoffs. report::rows() are queries.
[[nodiscard]] report evaluate(const ranking_task& task, const ranked_query::columns& queries);

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
