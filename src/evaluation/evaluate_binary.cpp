#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

#include "evaluation/evaluate_parts.hpp"
#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/accumulators/class_losses.hpp"
#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/error.hpp"
#include "leeway/evaluation/evaluate.hpp"
#include "leeway/metrics/score_curve.hpp"
#include "leeway/metrics/task_metrics.hpp"

namespace leeway::inline v0 {

namespace {

using binary_states =
    state_set<confusion_matrix, mean_loss<loss::logarithmic>, mean_loss<loss::brier>,
              class_losses<loss::logarithmic>, class_losses<loss::brier>, calibration_bins>;

/// Shows the states the rows, a block at a time, so that it is still in the cache when the last of
/// them reads it.
void show(binary_states& states, const probability_outcome::columns& rows, double threshold) {
    constexpr std::size_t block = 4096;
    std::array<std::int32_t, block> decided;
    for (std::size_t first = 0; first < rows.size(); first += block) {
        const std::size_t n = std::min(block, rows.size() - first);
        for (std::size_t i = 0; i < n; ++i) decided[i] = rows.score[first + i] >= threshold ? 1 : 0;
        const auto label = rows.label.subspan(first, n);
        const auto weight = rows.weight.empty() ? rows.weight : rows.weight.subspan(first, n);
        states.update(class_outcome::columns{
            .label = label, .prediction = std::span(decided).first(n), .weight = weight});
        states.update(probability_outcome::columns{
            .label = label, .score = rows.score.subspan(first, n), .weight = weight});
    }
}

}  // namespace

report evaluate(const binary_task& task, const class_outcome::columns& rows) {
    report::content figures = detail::begin_report("binary", rows.size(), task.confidence);
    confusion_matrix counts(2);
    counts.update(rows);
    figures.rejected = counts.rejected();
    figures.weight = counts.total();
    for_each_binary_metric(task.confidence, detail::figures_from(figures.entries, counts));
    return report(std::move(figures));
}

report evaluate(const binary_task& task, const probability_outcome::columns& rows) {
    if (!std::isfinite(task.threshold)) {
        raise_invalid("evaluate", "binary_task.threshold", task.threshold, "a finite number");
    }
    report::content figures = detail::begin_report("binary", rows.size(), task.confidence);
    scored_outcomes outcomes;
    outcomes.update(rows);
    binary_states states;
    const score_curve curve(outcomes);  // one sort for all figures of the scores' order
    show(states, {outcomes.labels(), outcomes.scores(), outcomes.weights()}, task.threshold);

    const auto& logarithmic = states.get<mean_loss<loss::logarithmic>>();
    figures.rejected = outcomes.rejected();
    figures.rejected.range = logarithmic.rejected().range;
    figures.infinite_losses = logarithmic.infinite();
    figures.weight = states.get<confusion_matrix>().total();
    for_each_binary_metric(task.confidence,
                           detail::figures_from(figures.entries, states.get<confusion_matrix>(),
                                                logarithmic, states.get<mean_loss<loss::brier>>(),
                                                states.get<class_losses<loss::logarithmic>>(),
                                                states.get<class_losses<loss::brier>>(),
                                                states.get<calibration_bins>(), curve, outcomes));
    return report(std::move(figures));
}

}  // namespace leeway::inline v0
