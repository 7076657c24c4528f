#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "evaluation/evaluate_parts.hpp"
#include "leeway/accumulators/grouped_counts.hpp"
#include "leeway/accumulators/grouped_residuals.hpp"
#include "leeway/core/error.hpp"
#include "leeway/evaluation/evaluate.hpp"
#include "leeway/metrics/task_metrics.hpp"

namespace leeway::inline v0 {

namespace {

void require(const group_task& task) {
    if (task.groups < 1 || static_cast<std::size_t>(task.groups) > grouped_counts::most_groups) {
        raise_invalid("evaluate", "group_task.groups", task.groups, "1 to 65536");
    }
    if (!task.names.empty() && task.names.size() != static_cast<std::size_t>(task.groups)) {
        raise_invalid("evaluate", "group_task.names.size()", task.names.size(),
                      "one name a group, or none");
    }
    if (!std::isfinite(task.threshold)) {
        raise_invalid("evaluate", "group_task.threshold", task.threshold, "a finite number");
    }
}

void add_to_each(report::content& figures, std::string_view key,
                 const std::vector<estimate>& of_group) {
    for (std::size_t g = 0; g < of_group.size(); ++g) {
        figures.classes[g].entries.push_back({std::string(key), of_group[g]});
    }
}

/// The groups with the rates that the metrics compare; any support will do to show one.
void add_groups(report::content& figures, const group_task& task, const grouped_counts& counts) {
    for (std::size_t g = 0; g < counts.groups().size(); ++g) {
        figures.classes.push_back({.index = static_cast<std::int32_t>(g),
                                   .name = task.names.empty() ? detail::shown(g) : task.names[g],
                                   .weight = counts.groups()[g].weights().total()});
    }
    const auto add_rate = [&](std::string_view key, const class_ratio& rate) {
        add_to_each(figures, key, group_rates(counts, rate, 0, task.confidence));
    };
    add_rate("predicted_positive_rate", demographic_parity_difference::rates()[0]);
    add_rate("recall", equal_opportunity_difference::rates()[0]);
    add_rate("false_positive_rate", equalised_odds_difference::rates()[1]);
    add_rate("precision", predictive_parity_difference::rates()[0]);
    add_rate("accuracy", accuracy_parity_difference::rates()[0]);
}

grouped_counts counted(const group_task& task, const grouped_outcome::columns& rows,
                       report::content& figures) {
    grouped_counts counts(static_cast<std::size_t>(task.groups));
    counts.update(rows);
    figures.rejected = counts.rejected();
    figures.rejected.missing += counts.unknown_groups();
    figures.weight = counts.total();
    add_groups(figures, task, counts);
    return counts;
}

}  // namespace

report evaluate(const group_task& task, const grouped_outcome::columns& rows) {
    require(task);
    report::content figures = detail::begin_report("groups", rows.size(), task.confidence);
    const grouped_counts counts = counted(task, rows, figures);
    for_each_group_metric(task.confidence, detail::figures_from(figures.entries, counts));
    return report(std::move(figures));
}

report evaluate(const group_task& task, const grouped_probability::columns& rows) {
    require(task);
    require_lengths("evaluate", rows);
    report::content figures = detail::begin_report("groups", rows.size(), task.confidence);
    // A score that is not finite decides nothing: its row is left out of the decisions too.
    rejections scores;
    std::vector<std::int32_t> group, label, decided;
    std::vector<double> weight;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const grouped_probability one = rows[row];
        if (!scores.accepts(probability_outcome{one.label, one.score, one.weight})) continue;
        group.push_back(one.group);
        label.push_back(one.label);
        decided.push_back(one.score >= task.threshold ? 1 : 0);
        weight.push_back(one.weight);
    }
    const grouped_counts counts = counted(task, {group, label, decided, weight}, figures);
    figures.rejected.merge(scores);
    grouped_residuals residuals(static_cast<std::size_t>(task.groups));
    residuals.update(rows);
    figures.rejected.range = residuals.rejected().range;
    for_each_group_metric(task.confidence,
                          detail::figures_from(figures.entries, counts, residuals));
    const group_calibration_gap gap{.confidence = task.confidence};
    add_to_each(figures, "calibration_gap", gap.per_group(residuals));
    return report(std::move(figures));
}

}  // namespace leeway::inline v0
