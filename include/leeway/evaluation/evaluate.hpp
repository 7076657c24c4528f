// A test set, once: spans in, a report out. Defined in src: link leeway::leeway.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "leeway/accumulators/multi_output.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/forecast_task.hpp"
#include "leeway/evaluation/report.hpp"
#include "leeway/evaluation/survival_task.hpp"
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

/// Which labels each row has, with a score for each label, and (or) a decision. Row-major: row
/// times the task's labels.
struct multilabel_columns {
    std::span<const std::int32_t> label;         ///< 0 or 1
    std::span<const std::int32_t> prediction{};  ///< 0 or 1; may be empty when scores are given
    std::span<const double> score{};             ///< any size; may be empty
    std::span<const double> weight{};            ///< one a row; empty: every weight is 1
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
/// (exact, ties half), and of the scores as probabilities. Last come those of binary_task::also.
[[nodiscard]] report evaluate(const binary_task& task, const probability_outcome::columns& rows);
/// Binary with decisions only: the first of those.
[[nodiscard]] report evaluate(const binary_task& task, const class_outcome::columns& rows);
/// Multiclass: figures of the confusion matrix; ratios of one class (precision, recall, f1, ...)
/// with _micro, _macro and _weighted, and of each class; with probabilities also their losses,
/// calibration of the decided class, and roc_auc (one against the rest) of each class with its
/// _macro and _weighted mean, and _micro of all classes' scores together. Last come those of
/// multiclass_task::also.
[[nodiscard]] report evaluate(const multiclass_task& task, const multiclass_columns& rows);
/// Multilabel: exact match and Hamming loss; ratios of one label (precision, recall, f1, jaccard,
/// ...) with _micro, _macro, _weighted and _samples (the mean over the rows' own figures); with
/// scores roc_auc and average_precision, and of the ranking of each row's labels
/// label_ranking_average_precision, coverage_error and label_ranking_loss. report::classes() are
/// the labels with their figures.
[[nodiscard]] report evaluate(const multilabel_task& task, const multilabel_columns& rows);
/// Between groups of a binary task: how far rates differ, as differences and ratios with intervals
/// that hold for all pairs of groups together; report::classes() are the groups with their rates.
/// With scores also calibration within groups. A row of no group of the task (a negative number,
/// say) is left out and counted as missing. Groups with few rows are left out of a comparison by
/// each metric's least_support.
[[nodiscard]] report evaluate(const group_task& task, const grouped_probability::columns& rows);
/// With decisions only: the same without calibration.
[[nodiscard]] report evaluate(const group_task& task, const grouped_outcome::columns& rows);
/// Regression: errors, shares explained, correlations. Medians and rank correlations sort a copy of
/// the rows. A figure that is not defined on every row (a deviance where a target is negative) is
/// undefined: out of range. Last come the figures of the powers, levels, deltas and features that
/// the task names; a power in (0, 1) and a level outside of it raise.
[[nodiscard]] report evaluate(const regression_task& task, const regression_outcome::columns& rows);

/// Regression of several outputs, one a name: of each output (report::classes()) the figures of a
/// regression, and their plain mean over the outputs in which they are defined, as
/// r_squared_uniform_average; r_squared and explained_variance also weighted by the targets'
/// variances. A row that one output refuses counts once in report::rejected() and serves the
/// others. Columns that do not fit the names, and no names, raise.
[[nodiscard]] report evaluate(const regression_task& task, const output_rows& rows,
                              std::span<const std::string> names);

/// Ranking, a row a query: ndcg, mean_average_precision, mean_reciprocal_rank, r_precision; ndcg,
/// dcg, precision, recall and hit_rate at each of the task's cutoffs. report::rows() are queries.
[[nodiscard]] report evaluate(const ranking_task& task, const ranked_query::columns& queries);

/// Forecasts: of intervals coverage, mean width and Winkler's score; of quantiles the weighted
/// interval score, the pinball loss of each level, and coverage and mean width between each two
/// levels a and 1 - a (interval_coverage_0.8); of ensembles the CRPS, plain and fair; of normal
/// distributions the CRPS and the logarithmic score; of points the figures of a regression and,
/// with a scale, the scaled errors. A row that one kind of figure refuses is counted once in
/// report::rejected() and still taken by the others. Levels outside (0, 1) or out of order, and no
/// forecasts at all, raise.
[[nodiscard]] report evaluate(const forecast_task& task, const forecast_columns& rows);

/// Survival: of risks the concordance index; of probabilities the Brier score at each time and,
/// from two times on, integrated over them. A row with a number that cannot be used is left out of
/// every figure. Times that are negative or out of order, and neither risks nor times, raise.
[[nodiscard]] report evaluate(const survival_task& task, const survival_columns& rows);

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
