// What the evaluations of all tasks share.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/compose/state_set.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/fields.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/report.hpp"
#include "leeway/metrics/average.hpp"
#include "leeway/metrics/bounded_figure.hpp"
#include "leeway/metrics/expected_cost.hpp"

namespace leeway::inline v0::detail {

/// A report to be filled; raises when the confidence is none.
[[nodiscard]] report::content begin_report(std::string task, std::size_t rows,
                                           const confidence_level& confidence);

/// A metric of scores that is averaged over one class against the rest.
template <class M>
concept OneAgainstTheRest = Reads<M, std::span<const scored_outcomes>> && requires(M metric) {
    metric.over = average::macro;
};

/// The counts under the names of their classes, when there are not too many.
void keep_confusion(report::content& figures, const confusion_matrix& counts,
                    const std::vector<std::string>& names);

/// The figure of each of the costs.
void add_costs(report::content& figures, const confusion_matrix& counts,
               const std::vector<expected_cost>& costs);

/// The mean over classes or labels of those of their figures that are defined, by their shares
/// (negative: none). Its ends are the means of their ends, which hold however the classes depend on
/// one another; none when one of them has none. Undefined as the first of them when no share is
/// left.
[[nodiscard]] estimate mean_of_figures(const std::vector<estimate>& figures,
                                       const std::vector<double>& shares, double weight);

/// Of each class against the rest, in figures.classes, and averaged: the figures of
/// for_each_one_against_the_rest_metric. `squared_weights`: the rows'.
void add_against_the_rest(report::content& figures, const std::vector<binary_counts>& counts,
                          double squared_weights);

/// Whether the report has a figure of that key already.
[[nodiscard]] bool has_figure(const report::content& figures, std::string_view key);

/// Adds the figure of each metric given to it that one of the states has.
template <class... States>
[[nodiscard]] auto figures_from(std::vector<report::entry>& to, const States&... states) {
    return [&](const auto& metric) {
        if constexpr (ReadableFrom<std::remove_cvref_t<decltype(metric)>, States...>) {
            to.push_back({key_of(metric), read_from(metric, states...)});
        }
    };
}

/// Whether every row had weight 1, which the intervals of bounded tables need: sums of so many
/// weights and of their squares that are the number of rows.
[[nodiscard]] inline bool of_weight_one(double rows, double weight, double squares) noexcept {
    return weight == rows && squares == rows;
}

/// Adds a metric's figure with an interval for the sample where this bounded state has one
/// (bounded_figure.hpp); its key alone where rows are weighted.
template <class M, class State>
void add_in_sample(report::content& figures, const M& metric, const State& state, bool weighted) {
    if constexpr (HasSample<M>) {
        const auto form = in_sample(metric);
        if constexpr (requires { form(state); }) {
            const std::string key = key_of(form);
            if (has_figure(figures, key)) return;
            if (weighted) {
                figures.left_out.push_back(key);
            } else {
                figures.entries.push_back({key, form(state)});
            }
        }
    }
}

/// Raises unless the tasks are the same.
template <class Task>
void require_same_task(const Task& into, const Task& from) {
    if (into == from) return;
    raise("bounded_evaluation: merging an evaluation of another task, {" + to_debug_string(from) +
          "} into {" + to_debug_string(into) + "}");
}

}  // namespace leeway::inline v0::detail
