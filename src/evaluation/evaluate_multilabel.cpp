#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "evaluation/evaluate_parts.hpp"
#include "evaluation/label_states.hpp"
#include "leeway/accumulators/multilabel_counts.hpp"
#include "leeway/accumulators/score_table.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/error.hpp"
#include "leeway/evaluation/evaluate.hpp"
#include "leeway/metrics/multilabel_ratio.hpp"
#include "leeway/metrics/score_cells.hpp"
#include "leeway/metrics/score_curve.hpp"
#include "leeway/metrics/task_metrics.hpp"

namespace leeway::inline v0 {

namespace {

using detail::label_states;

void require(const multilabel_task& task, const multilabel_columns& rows) {
    if (task.labels < 1 || static_cast<std::size_t>(task.labels) > multilabel_counts::most_labels) {
        raise_invalid("evaluate", "multilabel_task.labels", task.labels, "1 to 1048576");
    }
    const auto labels = static_cast<std::size_t>(task.labels);
    if (!task.names.empty() && task.names.size() != labels) {
        raise_invalid("evaluate", "multilabel_task.names.size()", task.names.size(),
                      "one name a label, or none");
    }
    if (!std::isfinite(task.threshold)) {
        raise_invalid("evaluate", "multilabel_task.threshold", task.threshold, "a finite number");
    }
    if (rows.label.size() % labels != 0) {
        raise_invalid("evaluate", "label.size()", rows.label.size(),
                      "a multiple of the number of labels, " + detail::shown(labels));
    }
    if (rows.prediction.empty() && rows.score.empty() && !rows.label.empty()) {
        raise("evaluate: neither predictions nor scores, expected at least one of them");
    }
    require_length("evaluate", "prediction", rows.prediction.size(), rows.label.size(), true);
    require_length("evaluate", "score", rows.score.size(), rows.label.size(), true);
    require_length("evaluate", "weight", rows.weight.size(), rows.label.size() / labels, true);
}

/// The scores of one label in order.
score_curve order_of(const scored_outcomes& label) {
    return score_curve(label);
}
score_cells order_of(const score_table& label) {
    return score_cells(label);
}

/// Adds a metric to the figures in every form it has: of all rows, averaged over the labels, of
/// each label.
template <class Scores>
class add_label_figures {
  public:
    add_label_figures(report::content& to, const label_states<Scores>& from)
        : to_(to), from_(from) {}

    template <class M>
    void operator()(M metric) const {
        if constexpr (ClassRatioMetric<M>) {
            add_of_each(metric, per_label(metric, from_.counts));
            for (const average over : {average::micro, average::macro, average::weighted}) {
                metric.over = over;
                add(multilabel_ratio<M>(metric), from_.counts);
            }
            if (detail::row_figure(metric.ratio(), from_.counts) != nullptr) {
                metric.over = average::samples;
                add(multilabel_ratio<M>(metric), from_.counts);
            }
        } else if constexpr (Reads<M, multilabel_counts>) {
            add(metric, from_.counts);
        } else if (from_.of_label.empty()) {
            return;
        } else if constexpr (detail::OneAgainstTheRest<M>) {
            add_of_each(metric, of_each(metric));
            for (const average over : {average::micro, average::macro, average::weighted}) {
                metric.over = over;
                add(metric, std::span<const Scores>(from_.of_label));
            }
        } else if constexpr (Reads<M, score_curve>) {
            const auto figures = of_each(metric);
            add_of_each(metric, figures);
            std::vector<double> plain(figures.size(), 1), by_support;
            for (std::size_t l = 0; l < figures.size(); ++l) {
                const binary_counts one = from_.counts.of_label(l);
                by_support.push_back(one.tp + one.fn);
            }
            const double weight = from_.counts.weight();
            const auto add_mean = [&](average over, const std::vector<double>& shares) {
                to_.entries.push_back({averaged_key(M::info.name, over),
                                       detail::mean_of_figures(figures, shares, weight)});
            };
            to_.entries.push_back({averaged_key(M::info.name, average::micro),
                                   metric.pooled(std::span<const Scores>(from_.of_label))});
            add_mean(average::macro, plain);
            add_mean(average::weighted, by_support);
        } else {
            add(metric, std::get<typename M::state_type>(from_.rankings));
        }
    }

  private:
    template <class M, class State>
    void add(const M& metric, const State& state) const {
        to_.entries.push_back({key_of(metric), metric(state)});
    }
    template <class M>
    [[nodiscard]] std::vector<estimate> of_each(const M& metric) const {
        std::vector<estimate> figures;
        for (const Scores& label : from_.of_label) figures.push_back(metric(order_of(label)));
        return figures;
    }
    template <class M>
    void add_of_each(const M& metric, const std::vector<estimate>& figures) const {
        for (std::size_t l = 0; l < figures.size(); ++l) {
            to_.classes[l].entries.push_back({key_of(metric), figures[l]});
        }
    }

    report::content& to_;
    const label_states<Scores>& from_;
};

template <class Scores>
void fill(report::content& figures, const multilabel_task& task,
          const label_states<Scores>& states) {
    figures.rejected.merge(states.counts.rejected());
    figures.weight = states.counts.weight();
    std::apply([&](const auto&... state) { figures.skipped = std::max({state.skipped()...}); },
               states.rankings);
    for (std::size_t l = 0; l < states.counts.labels(); ++l) {
        const binary_counts one = states.counts.of_label(l);
        figures.classes.push_back({.index = static_cast<std::int32_t>(l),
                                   .name = task.names.empty() ? detail::shown(l) : task.names[l],
                                   .weight = one.tp + one.fn});
    }
    const add_label_figures<Scores> add(figures, states);
    for_each_multilabel_metric(task.confidence, add);
    for (const double beta : task.betas) {
        const f_beta metric{beta, average::micro, task.confidence};
        if (!detail::has_figure(figures, key_of(metric))) add(metric);
    }
    if (task.thorough) {
        std::vector<binary_counts> counts;
        for (std::size_t l = 0; l < states.counts.labels(); ++l)
            counts.push_back(states.counts.of_label(l));
        detail::add_against_the_rest(figures, counts, states.counts.sum_of_squared_weights());
    }
}

/// The figures of the scores' order again, with intervals for the sample: averaged and of each
/// label.
void add_label_samples(report::content& figures, const label_states<score_table>& states) {
    const std::span<const score_table> labels(states.of_label);
    if (labels.empty()) return;
    const multilabel_counts& counts = states.counts;
    const bool weighted = !detail::of_weight_one(static_cast<double>(counts.rows()),
                                                 counts.weight(), counts.sum_of_squared_weights());
    for (const average over : {average::micro, average::macro, average::weighted})
        detail::add_in_sample(figures, roc_auc{over, figures.confidence}, labels, weighted);
    const average_precision precision{figures.confidence};
    const bounded_roc_auc area{.confidence = figures.confidence};
    const bounded_figure bounded{precision};
    const auto key = [&](average over) { return averaged_key(key_of(bounded), over); };
    if (weighted) {
        for (const average over : {average::micro, average::macro, average::weighted})
            figures.left_out.push_back(key(over));
        return;
    }
    std::vector<estimate> of_each;
    std::vector<double> plain(labels.size(), 1), by_support;
    for (std::size_t l = 0; l < labels.size(); ++l) {
        const score_cells cells(labels[l]);
        of_each.push_back(bounded(cells));
        by_support.push_back(cells.positives());
        auto& entries = figures.classes[l].entries;
        entries.push_back({key_of(area), area(cells)});
        entries.push_back({key_of(bounded), of_each.back()});
    }
    figures.entries.push_back({key(average::micro), precision.pooled_sample(labels)});
    figures.entries.push_back(
        {key(average::macro), detail::mean_of_figures(of_each, plain, counts.weight())});
    figures.entries.push_back(
        {key(average::weighted), detail::mean_of_figures(of_each, by_support, counts.weight())});
}

}  // namespace

report evaluate(const multilabel_task& task, const multilabel_columns& rows) {
    require(task, rows);
    const auto labels = static_cast<std::size_t>(task.labels);
    const std::size_t n = rows.label.size() / labels;
    report::content figures = detail::begin_report("multilabel", n, task.confidence);
    label_states<scored_outcomes> states(task);
    if (!rows.score.empty() || rows.label.empty()) states.of_label.resize(labels);
    const auto part = [&](const auto& column, std::size_t row) {
        return column.empty() ? column : column.subspan(row * labels, labels);
    };
    for (std::size_t row = 0; row < n; ++row) {
        states.take(part(rows.label, row), part(rows.prediction, row), part(rows.score, row),
                    rows.weight.empty() ? 1.0 : rows.weight[row], figures.rejected);
    }
    fill(figures, task, states);
    return report(std::move(figures));
}

namespace detail {

report bounded_labels::result() const {
    report::content figures = begin_report("multilabel", rows_, states_.task.confidence);
    figures.bounded = true;
    figures.rejected = rejected_;
    fill(figures, states_.task, states_);
    add_label_samples(figures, states_);
    return report(std::move(figures));
}

}  // namespace detail

}  // namespace leeway::inline v0
