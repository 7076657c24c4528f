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
#include "leeway/accumulators/multilabel_counts.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/error.hpp"
#include "leeway/evaluation/evaluate.hpp"
#include "leeway/metrics/multilabel_ratio.hpp"
#include "leeway/metrics/task_metrics.hpp"

namespace leeway::inline v0 {

namespace {

/// Everything that the figures of several labels a row are read from.
struct label_states {
    label_states(std::size_t labels, undefined_query rule)
        : counts(labels),
          rankings(label_ranking_average_precision{}.empty_state(rule),
                   coverage_error{}.empty_state(rule), label_ranking_loss{}.empty_state(rule)) {}

    multilabel_counts counts;
    std::tuple<label_ranking_average_precision::state_type, coverage_error::state_type,
               label_ranking_loss::state_type>
        rankings;
    std::vector<scored_outcomes> of_label{};  ///< empty without scores
};

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

/// Gives the states every row that can be evaluated; the others are counted.
void show(label_states& states, const multilabel_task& task, const multilabel_columns& rows,
          rejections& rejected) {
    const auto labels = static_cast<std::size_t>(task.labels);
    const bool scored = !rows.score.empty() || rows.label.empty();
    if (scored) states.of_label.resize(labels);
    std::vector<std::int32_t> decided(labels);
    std::vector<double> relevance(labels);
    for (std::size_t row = 0; row < rows.label.size() / labels; ++row) {
        const double weight = rows.weight.empty() ? 1.0 : rows.weight[row];
        if (!rejected.accepts_weight(weight)) continue;
        const auto label = rows.label.subspan(row * labels, labels);
        const auto score =
            scored ? rows.score.subspan(row * labels, labels) : std::span<const double>();
        if (std::any_of(score.begin(), score.end(),
                        [&](double one) { return rejected.counts(one); })) {
            continue;
        }
        for (std::size_t l = 0; l < labels; ++l) {
            decided[l] = !rows.prediction.empty()     ? rows.prediction[row * labels + l]
                         : score[l] >= task.threshold ? 1
                                                      : 0;
            relevance[l] = label[l];
        }
        const auto counted = states.counts.rows();
        states.counts.update({label, decided, weight});
        if (!scored || states.counts.rows() == counted) continue;
        std::apply(
            [&](auto&... state) {
                (state.update({relevance, score, weight}), ...);
            },
            states.rankings);
        for (std::size_t l = 0; l < labels; ++l) {
            states.of_label[l].update({label[l], score[l], weight});
        }
    }
    rejected.merge(states.counts.rejected());
}

/// The mean over the labels in which the figure is defined, plain or by the weight of their
/// positives. Its ends are the averages of the labels' ends, which hold however the labels depend
/// on one another; none when one of them has none.
estimate mean_over_labels(const std::vector<estimate>& figures, const std::vector<double>& shares,
                          double weight, const confidence_level& confidence) {
    double value = 0, lower = 0, upper = 0, sum = 0;
    bool bounded = true;
    for (std::size_t l = 0; l < figures.size(); ++l) {
        const estimate& one = figures[l];
        if (!one) continue;
        value += shares[l] * one.value();
        sum += shares[l];
        bounded = bounded && one.has_interval();
        if (!one.has_interval()) continue;
        lower += shares[l] * one.lower();
        upper += shares[l] * one.upper();
    }
    if (!(weight > 0)) return undefined::empty;
    if (!(sum > 0)) return estimate(undefined::one_class, weight);
    if (!bounded) return estimate::of(value / sum, weight);
    return estimate::within(value / sum, lower / sum, upper / sum, confidence.level, weight);
}

/// Adds a metric to the figures in every form it has: of all rows, averaged over the labels, of
/// each label.
class add_label_figures {
  public:
    add_label_figures(report::content& to, const label_states& from) : to_(to), from_(from) {}

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
                add(metric, std::span<const scored_outcomes>(from_.of_label));
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
                to_.entries.push_back(
                    {averaged_key(M::info.name, over),
                     mean_over_labels(figures, shares, weight, metric.confidence)});
            };
            to_.entries.push_back({averaged_key(M::info.name, average::micro), pooled(metric)});
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
        for (const scored_outcomes& label : from_.of_label) {
            figures.push_back(metric(score_curve(label)));
        }
        return figures;
    }
    /// Of the pairs of rows and labels together. Those of one row hang together, so the interval of
    /// as many rows would be too short: there is none.
    template <class M>
    [[nodiscard]] estimate pooled(const M& metric) const {
        scored_outcomes all;
        for (const scored_outcomes& label : from_.of_label) all.merge(label);
        const estimate figure = metric(score_curve(all));
        const double weight = from_.counts.weight();
        if (!figure) return estimate(*figure.reason(), weight);
        return estimate::of(figure.value(), weight);
    }
    template <class M>
    void add_of_each(const M& metric, const std::vector<estimate>& figures) const {
        for (std::size_t l = 0; l < figures.size(); ++l) {
            to_.classes[l].entries.push_back({key_of(metric), figures[l]});
        }
    }

    report::content& to_;
    const label_states& from_;
};

}  // namespace

report evaluate(const multilabel_task& task, const multilabel_columns& rows) {
    require(task, rows);
    const auto labels = static_cast<std::size_t>(task.labels);
    report::content figures =
        detail::begin_report("multilabel", rows.label.size() / labels, task.confidence);
    label_states states(labels, task.without_label);
    show(states, task, rows, figures.rejected);
    figures.weight = states.counts.weight();
    std::apply([&](const auto&... state) { figures.skipped = std::max({state.skipped()...}); },
               states.rankings);
    for (std::size_t l = 0; l < labels; ++l) {
        const binary_counts one = states.counts.of_label(l);
        figures.classes.push_back({.index = static_cast<std::int32_t>(l),
                                   .name = task.names.empty() ? detail::shown(l) : task.names[l],
                                   .weight = one.tp + one.fn});
    }
    for_each_multilabel_metric(task.confidence, add_label_figures(figures, states));
    return report(std::move(figures));
}

}  // namespace leeway::inline v0
