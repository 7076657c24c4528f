#include <utility>

#include "evaluation/evaluate_parts.hpp"
#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/regression_moments.hpp"
#include "leeway/evaluation/evaluate.hpp"
#include "leeway/metrics/task_metrics.hpp"

namespace leeway::inline v0 {

report evaluate(const regression_task& task, const regression_outcome::columns& rows) {
    report::content figures = detail::begin_report("regression", rows.size(), task.confidence);
    mean_loss<loss::squared_error> squared;
    mean_loss<loss::absolute_error> absolute;
    regression_moments moments;
    squared.update(rows);
    absolute.update(rows);
    moments.update(rows);
    figures.rejected = moments.rejected();
    figures.infinite_losses = squared.infinite();
    figures.weight = moments.weight();
    for_each_regression_metric(task.confidence,
                               detail::figures_from(figures.entries, squared, absolute, moments));
    return report(std::move(figures));
}

}  // namespace leeway::inline v0
