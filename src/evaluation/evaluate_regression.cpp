#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "evaluation/evaluate_parts.hpp"
#include "evaluation/regression_parameters.hpp"
#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/paired_values.hpp"
#include "leeway/accumulators/regression_moments.hpp"
#include "leeway/core/error.hpp"
#include "leeway/evaluation/bounded_evaluation.hpp"
#include "leeway/evaluation/evaluate.hpp"
#include "leeway/evaluation/task_states.hpp"
#include "leeway/metrics/task_metrics.hpp"

namespace leeway::inline v0 {

namespace {

/// The figures of rows; `order` is what those of the order of errors and targets are read from.
template <class Order>
[[nodiscard]] report::content figures_of(const regression_task& task, std::uint64_t rows,
                                         bool bounded, const detail::regression_states& states,
                                         const detail::partial_regression_states& partial,
                                         const Order& order) {
    report::content figures = detail::begin_report("regression", rows, task.confidence);
    figures.bounded = bounded;
    const auto& moments = states.get<regression_moments>();
    figures.rejected = moments.rejected();
    figures.infinite_losses = states.get<mean_loss<loss::squared_error>>().infinite();
    figures.weight = moments.weight();
    for_each_regression_metric(task.confidence, [&](const auto& metric) {
        using metric_type = std::remove_cvref_t<decltype(metric)>;
        if constexpr (detail::regression_states::reads<metric_type>) {
            figures.entries.push_back({key_of(metric), states.read(metric)});
        } else if constexpr (Reads<metric_type, Order>) {
            figures.entries.push_back({key_of(metric), metric(order)});
        } else if constexpr (detail::partial_regression_states::reads<metric_type>) {
            // A figure of the rows that happen to be in its range would look like one of all rows.
            const auto& state = partial.get<typename metric_type::state_type>();
            figures.entries.push_back(
                {key_of(metric), state.rejected().range > 0
                                     ? estimate(undefined::out_of_range, figures.weight)
                                     : metric(state)});
        } else {
            figures.left_out.push_back(key_of(metric));
        }
    });
    return figures;
}

}  // namespace

report evaluate(const regression_task& task, const regression_outcome::columns& rows) {
    detail::regression_states states;
    detail::partial_regression_states partial;
    paired_values all;
    states.update(rows);
    partial.update(rows);
    all.update(rows);
    report::content figures = figures_of(task, rows.size(), false, states, partial, all);
    detail::asked_regression asked(task);
    asked.update(rows);
    asked.add_to(figures, &all);
    return report(std::move(figures));
}

bounded_evaluation<regression_task>::bounded_evaluation(const regression_task& task,
                                                        const log_linear_layout& targets)
    : task_(task), histograms_(targets) {
    if (!task.powers.empty() || !task.levels.empty() || !task.deltas.empty() || task.features) {
        raise(
            "bounded_evaluation: powers, levels, deltas and features are evaluate()'s, expected "
            "none");
    }
}

void bounded_evaluation<regression_task>::update(const regression_outcome& row) noexcept {
    states_.update(row);
    partial_.update(row);
    histograms_.update(row);
}

void bounded_evaluation<regression_task>::update(const regression_outcome::columns& rows) {
    states_.update(rows);
    partial_.update(rows);
    histograms_.update(rows);
}

void bounded_evaluation<regression_task>::merge(const bounded_evaluation& other) {
    detail::require_same_task(task_, other.task_);
    histograms_.merge(other.histograms_);  // first: it may refuse
    states_.merge(other.states_);
    partial_.merge(other.partial_);
}

void bounded_evaluation<regression_task>::reset() noexcept {
    states_.reset();
    partial_.reset();
    histograms_.reset();
}

report bounded_evaluation<regression_task>::result() const {
    report::content figures =
        figures_of(task_, rows() + rejected().total(), true, states_, partial_, histograms_);
    const auto& moments = states_.get<regression_moments>();
    const bool weighted = !detail::of_weight_one(
        static_cast<double>(moments.rows()), moments.weight(), moments.sum_of_squared_weights());
    for_each_regression_metric(task_.confidence, [&](const auto& metric) {
        detail::add_in_sample(figures, metric, histograms_, weighted);
    });
    return report(std::move(figures));
}

std::size_t bounded_evaluation<regression_task>::bytes() const noexcept {
    return sizeof *this - sizeof histograms_ + histograms_.bytes();
}

}  // namespace leeway::inline v0
