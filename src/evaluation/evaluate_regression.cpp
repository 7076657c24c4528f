#include <type_traits>
#include <utility>

#include "evaluation/evaluate_parts.hpp"
#include "leeway/accumulators/absolute_totals.hpp"
#include "leeway/accumulators/comoments.hpp"
#include "leeway/accumulators/deviance_losses.hpp"
#include "leeway/accumulators/error_extrema.hpp"
#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/paired_values.hpp"
#include "leeway/accumulators/regression_losses.hpp"
#include "leeway/accumulators/regression_moments.hpp"
#include "leeway/evaluation/evaluate.hpp"
#include "leeway/metrics/task_metrics.hpp"

namespace leeway::inline v0 {

namespace {

/// Defined on every finite row.
using always_defined =
    state_set<mean_loss<loss::squared_error>, mean_loss<loss::absolute_error>, regression_moments,
              comoments, error_extrema, absolute_totals, paired_values, mean_loss<loss::huber>,
              mean_loss<loss::log_cosh>, mean_loss<loss::absolute_percentage_error>,
              mean_loss<loss::symmetric_absolute_percentage_error>>;

/// Defined where targets and predictions are, say, positive.
using sometimes_defined =
    state_set<mean_loss<loss::squared_log_error>, mean_loss<loss::poisson_deviance>,
              mean_loss<loss::gamma_deviance>>;

}  // namespace

report evaluate(const regression_task& task, const regression_outcome::columns& rows) {
    report::content figures = detail::begin_report("regression", rows.size(), task.confidence);
    always_defined states;
    sometimes_defined partial;
    states.update(rows);
    partial.update(rows);
    const auto& moments = states.get<regression_moments>();
    figures.rejected = moments.rejected();
    figures.infinite_losses = states.get<mean_loss<loss::squared_error>>().infinite();
    figures.weight = moments.weight();
    for_each_regression_metric(task.confidence, [&](const auto& metric) {
        using metric_type = std::remove_cvref_t<decltype(metric)>;
        if constexpr (always_defined::reads<metric_type>) {
            figures.entries.push_back({key_of(metric), states.read(metric)});
        } else {
            // A figure of the rows that happen to be in its range would look like one of all rows.
            const auto& state = partial.get<typename metric_type::state_type>();
            figures.entries.push_back(
                {key_of(metric), state.rejected().range > 0
                                     ? estimate(undefined::out_of_range, figures.weight)
                                     : metric(state)});
        }
    });
    return report(std::move(figures));
}

}  // namespace leeway::inline v0
