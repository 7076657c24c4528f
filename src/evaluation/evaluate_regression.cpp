#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "evaluation/evaluate_parts.hpp"
#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/paired_values.hpp"
#include "leeway/accumulators/regression_moments.hpp"
#include "leeway/core/error.hpp"
#include "leeway/evaluation/bounded_evaluation.hpp"
#include "leeway/evaluation/evaluate.hpp"
#include "leeway/evaluation/task_states.hpp"
#include "leeway/metrics/adjusted_r_squared.hpp"
#include "leeway/metrics/d2_pinball_score.hpp"
#include "leeway/metrics/d2_tweedie_score.hpp"
#include "leeway/metrics/huber_loss.hpp"
#include "leeway/metrics/mean_tweedie_deviance.hpp"
#include "leeway/metrics/pinball_loss.hpp"
#include "leeway/metrics/task_metrics.hpp"

namespace leeway::inline v0 {

namespace {

/// The figures of the powers, levels, deltas and features that the task names; none is there twice.
/// A D2 score that `order` has no form of is left out.
template <class Order>
void add_asked(report::content& figures, const regression_task& task,
               const regression_moments& moments, const detail::asked_regression_states& asked,
               const Order& order) {
    const auto add = [&](const auto& metric, const estimate& figure) {
        if (!detail::has_figure(figures, key_of(metric)))
            figures.entries.push_back({key_of(metric), figure});
    };
    const auto add_skill = [&](const auto& metric) {
        if constexpr (Reads<std::remove_cvref_t<decltype(metric)>, Order>) {
            add(metric, metric(order));
        } else {
            figures.left_out.push_back(key_of(metric));
        }
    };
    if (task.features) {
        const adjusted_r_squared metric{*task.features, task.confidence};
        add(metric, metric(moments));
    }
    for (std::size_t i = 0; i < task.powers.size(); ++i) {
        const auto& state = asked.deviances[i];
        const mean_tweedie_deviance deviance{task.powers[i], task.confidence};
        // A figure of the rows that happen to be in its range would look like one of all rows.
        add(deviance, state.rejected().range > 0 ? estimate(undefined::out_of_range, figures.weight)
                                                 : deviance(state));
        add_skill(d2_tweedie_score{task.powers[i], task.confidence});
    }
    for (std::size_t i = 0; i < task.levels.size(); ++i) {
        const pinball_loss pinball{task.levels[i], task.confidence};
        add(pinball, pinball(asked.pinballs[i]));
        add_skill(d2_pinball_score{task.levels[i], task.confidence});
    }
    for (std::size_t i = 0; i < task.deltas.size(); ++i) {
        const huber_loss huber{task.deltas[i], task.confidence};
        add(huber, huber(asked.hubers[i]));
    }
}

/// The figures of rows; `order` is what those of the order of errors and targets are read from.
template <class Order>
[[nodiscard]] report::content figures_of(const regression_task& task, std::uint64_t rows,
                                         bool bounded, const detail::regression_states& states,
                                         const detail::partial_regression_states& partial,
                                         const detail::asked_regression_states& asked,
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
    add_asked(figures, task, moments, asked, order);
    return figures;
}

}  // namespace

report evaluate(const regression_task& task, const regression_outcome::columns& rows) {
    detail::regression_states states;
    detail::partial_regression_states partial;
    detail::asked_regression_states asked(task);
    paired_values all;
    states.update(rows);
    partial.update(rows);
    asked.update(rows);
    all.update(rows);
    return report(figures_of(task, rows.size(), false, states, partial, asked, all));
}

bounded_evaluation<regression_task>::bounded_evaluation(const regression_task& task,
                                                        const log_linear_layout& targets)
    : task_(task), asked_(task), histograms_(targets) {}

void bounded_evaluation<regression_task>::update(const regression_outcome& row) noexcept {
    states_.update(row);
    partial_.update(row);
    asked_.update(row);
    histograms_.update(row);
}

void bounded_evaluation<regression_task>::update(const regression_outcome::columns& rows) {
    states_.update(rows);
    partial_.update(rows);
    asked_.update(rows);
    histograms_.update(rows);
}

void bounded_evaluation<regression_task>::merge(const bounded_evaluation& other) {
    detail::require_same_task(task_, other.task_);
    histograms_.merge(other.histograms_);  // first: it may refuse
    states_.merge(other.states_);
    partial_.merge(other.partial_);
    asked_.merge(other.asked_);
}

void bounded_evaluation<regression_task>::reset() noexcept {
    states_.reset();
    partial_.reset();
    asked_.reset();
    histograms_.reset();
}

report bounded_evaluation<regression_task>::result() const {
    report::content figures = figures_of(task_, rows() + rejected().total(), true, states_,
                                         partial_, asked_, histograms_);
    const auto& moments = states_.get<regression_moments>();
    const bool weighted = !detail::of_weight_one(
        static_cast<double>(moments.rows()), moments.weight(), moments.sum_of_squared_weights());
    const auto add = [&](const auto& metric) {
        detail::add_in_sample(figures, metric, histograms_, weighted);
    };
    for_each_regression_metric(task_.confidence, add);
    for (const double level : task_.levels) add(d2_pinball_score{level, task_.confidence});
    return report(std::move(figures));
}

std::size_t bounded_evaluation<regression_task>::bytes() const noexcept {
    const std::size_t asked =
        sizeof(double) * (task_.powers.size() + task_.levels.size() + task_.deltas.size());
    return sizeof *this - sizeof histograms_ - sizeof asked_ + histograms_.bytes() +
           asked_.bytes() + asked;
}

std::string bounded_evaluation<regression_task>::defect() const {
    const auto fit = [](const auto& values, const auto& states, auto parameter) {
        return values.size() == states.size() &&
               std::equal(values.begin(), values.end(), states.begin(),
                          [&](double value, const auto& state) {
                              return value == parameter(state.loss());
                          });
    };
    const bool sound =
        fit(task_.powers, asked_.deviances, [](const auto& loss) { return loss.power; }) &&
        fit(task_.levels, asked_.pinballs, [](const auto& loss) { return loss.level; }) &&
        fit(task_.deltas, asked_.hubers, [](const auto& loss) { return loss.delta; });
    return sound ? "" : "bounded_evaluation: the states do not fit the regression task";
}

}  // namespace leeway::inline v0
