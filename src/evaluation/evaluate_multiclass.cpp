#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "evaluation/evaluate_parts.hpp"
#include "evaluation/more_figures.hpp"
#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/accumulators/class_score_tables.hpp"
#include "leeway/accumulators/class_scores.hpp"
#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/accumulators/label_ranks.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/row_losses.hpp"
#include "leeway/accumulators/score_table.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/error.hpp"
#include "leeway/evaluation/bounded_evaluation.hpp"
#include "leeway/evaluation/evaluate.hpp"
#include "leeway/evaluation/task_states.hpp"
#include "leeway/metrics/average.hpp"
#include "leeway/metrics/class_ratio.hpp"
#include "leeway/metrics/class_table.hpp"
#include "leeway/metrics/task_metrics.hpp"

namespace leeway::inline v0 {

namespace {

/// What the figures of the scores' order are read from. State is scored_outcomes or score_table.
template <class State, class Pairs>
struct score_order {
    std::vector<State> one_against_the_rest{};  ///< of each class; empty without scores
    const Pairs* pairs{nullptr};                ///< null where pairs of classes cannot be told
};

/// Adds a metric to the figures in every form it has: of all classes, averaged over them, of each.
template <class Order>
class add_figures {
  public:
    add_figures(report::content& to, const multiclass_task& task,
                const detail::multiclass_states& from, const Order& order)
        : to_(to), task_(task), from_(from), order_(order) {}

    template <class M>
    void operator()(M metric) const {
        if constexpr (ClassRatioMetric<M>) {
            add_averages(metric, {average::micro, average::macro, average::weighted}, from_.counts);
            metric.over = average::binary;
            const std::vector<estimate> figures = per_class(metric, from_.counts);
            for (std::size_t c = 0; c < figures.size(); ++c) add_of_class(c, metric, figures[c]);
        } else if constexpr (detail::OneAgainstTheRest<M>) {
            const std::span states(order_.one_against_the_rest);
            if (states.empty()) return;
            add_averages(metric, {average::micro, average::macro, average::weighted}, states);
            metric.over = average::binary;
            for (std::size_t c = 0; c < states.size(); ++c) {
                add_of_class(c, metric, metric(states[c]));
            }
        } else if constexpr (Reads<M, confusion_matrix>) {
            to_.entries.push_back({key_of(metric), metric(from_.counts)});
        } else if constexpr (Reads<M, label_ranks>) {
            const auto& top = task_.top;
            if (std::find(top.begin(), top.end(), metric.k) != top.end()) add_top_k(metric);
        } else if constexpr (Reads<M, class_scores>) {
            if (order_.one_against_the_rest.empty()) return;
            const std::initializer_list<average> both{average::macro, average::weighted};
            if (order_.pairs != nullptr) return add_averages(metric, both, *order_.pairs);
            for (const average each : both) {
                metric.over = each;
                to_.left_out.push_back(key_of(metric));
            }
        } else if constexpr (Reads<M, mean_loss<loss::row_hinge>>) {
            if (task_.margins && !order_.one_against_the_rest.empty()) {
                to_.entries.push_back({key_of(metric), metric(from_.hinge)});
            }
        } else if (!task_.margins && !order_.one_against_the_rest.empty()) {
            if constexpr (decltype(from_.losses)::template reads<M>) {
                to_.entries.push_back({key_of(metric), from_.losses.read(metric)});
            } else {
                to_.entries.push_back({key_of(metric), metric(from_.top_label)});
            }
        }
    }

    /// Once each, for every k that leaves out a class.
    void add_top_k(const top_k_accuracy& metric) const {
        if (order_.one_against_the_rest.size() <= metric.k) return;
        const std::string key = key_of(metric);
        const bool shown = std::any_of(to_.entries.begin(), to_.entries.end(),
                                       [&](const auto& figure) { return figure.key == key; });
        if (!shown) to_.entries.push_back({key, metric(from_.ranks)});
    }

  private:
    template <class M, class State>
    void add_averages(M& metric, std::initializer_list<average> over, const State& state) const {
        for (const average each : over) {
            metric.over = each;
            to_.entries.push_back({key_of(metric), metric(state)});
        }
    }
    template <class M>
    void add_of_class(std::size_t c, const M& metric, const estimate& figure) const {
        to_.classes[c].entries.push_back({key_of(metric), figure});
    }

    report::content& to_;
    const multiclass_task& task_;
    const detail::multiclass_states& from_;
    const Order& order_;
};

/// The number of classes of a task that is one.
std::size_t require_classes(std::string_view where, const multiclass_task& task) {
    if (task.classes < 2 ||
        static_cast<std::size_t>(task.classes) > confusion_matrix::most_classes) {
        raise_invalid(where, "multiclass_task.classes", task.classes, "2 to 16384");
    }
    const auto classes = static_cast<std::size_t>(task.classes);
    if (!task.names.empty() && task.names.size() != classes) {
        raise_invalid(where, "multiclass_task.names.size()", task.names.size(),
                      "one name a class, or none");
    }
    for (const std::size_t k : task.top) {
        if (k < 1) raise_invalid(where, "multiclass_task.top", k, "at least 1");
    }
    return classes;
}

/// The figures in the order of their list, those of classes in that of the classes.
template <class Order>
void fill(report::content& figures, const multiclass_task& task,
          const more_multiclass_figures& also, const detail::multiclass_states& states,
          const Order& order) {
    figures.weight = states.counts.total();
    for (std::size_t i = 0; i < states.counts.classes(); ++i) {
        figures.classes.push_back({.index = static_cast<std::int32_t>(i),
                                   .name = task.names.empty() ? detail::shown(i) : task.names[i],
                                   .weight = states.counts.label_total(i)});
    }
    const auto& logarithmic = states.losses.get<class_losses<loss::row_logarithmic>>();
    figures.rejected.range += logarithmic.rejected().range;
    figures.infinite_losses = logarithmic.infinite();
    const add_figures<Order> add(figures, task, states, order);
    for_each_multiclass_metric(task.confidence, add);
    for (const std::size_t k : task.top) add.add_top_k({k, task.confidence});
    for (const double beta : also.betas) {
        const f_beta metric{beta, average::micro, task.confidence};
        if (!detail::has_figure(figures, key_of(metric))) add(metric);
    }
    if (also.thorough) {
        add(balanced_accuracy{.confidence = task.confidence, .adjusted = true});
        detail::add_against_the_rest(figures, class_table::all(states.counts).one_vs_rest(),
                                     states.counts.sum_of_squared_weights());
    }
    detail::add_costs(figures, states.counts, task.costs);
    detail::keep_confusion(figures, states.counts, task.names);
}

/// The figures of the scores' order again, with intervals for the sample: averaged and of each
/// class.
void add_class_samples(report::content& figures, double rows, const confusion_matrix& counts,
                       const score_order<score_table, class_score_tables>& order) {
    const std::span<const score_table> states(order.one_against_the_rest);
    if (states.empty()) return;
    const bool weighted =
        !detail::of_weight_one(rows, counts.total(), counts.sum_of_squared_weights());
    for (const average over : {average::micro, average::macro, average::weighted})
        detail::add_in_sample(figures, roc_auc{over, figures.confidence}, states, weighted);
    for (const average over : {average::macro, average::weighted}) {
        if (order.pairs == nullptr) break;
        detail::add_in_sample(figures, roc_auc_one_vs_one{over, figures.confidence}, *order.pairs,
                              weighted);
    }
    if (weighted) return;
    const bounded_roc_auc of_class{.confidence = figures.confidence};
    for (std::size_t c = 0; c < states.size(); ++c)
        figures.classes[c].entries.push_back({key_of(of_class), of_class(states[c])});
}

/// Was the decided class right, and how probable was it said: multiclass_states::top_label.
void show_top_label(std::vector<calibration_bins>& bins, const probability_row& row,
                    const std::int32_t* decision) {
    rejections scratch;
    if (bins.empty() || !loss::row_brier::accepts(row, scratch)) return;
    const auto largest = std::max_element(row.scores.begin(), row.scores.end());
    const auto decided =
        decision != nullptr ? *decision : static_cast<std::int32_t>(largest - row.scores.begin());
    const probability_outcome top{decided == row.label ? 1 : 0,
                                  row.scores[static_cast<std::size_t>(decided)], row.weight};
    for (calibration_bins& each : bins) each.update(top);
}

void require_columns(const multiclass_columns& rows, std::size_t classes) {
    const std::size_t n = rows.label.size();
    if (rows.prediction.empty() && rows.probability.empty() && n > 0) {
        raise("evaluate: neither predictions nor probabilities, expected at least one of them");
    }
    require_length("evaluate", "prediction", rows.prediction.size(), n, true);
    require_length("evaluate", "weight", rows.weight.size(), n, true);
    if (!rows.probability.empty() &&
        (rows.probability.size() % classes != 0 || rows.probability.size() / classes != n)) {
        raise_invalid(
            "evaluate", "probability.size()", rows.probability.size(),
            "rows times classes, " + detail::shown(n) + " times " + detail::shown(classes));
    }
}

}  // namespace

report evaluate(const multiclass_task& task, const multiclass_columns& rows) {
    const std::size_t classes = require_classes("evaluate", task);
    require_columns(rows, classes);
    report::content figures =
        detail::begin_report("multiclass", rows.label.size(), task.confidence);
    detail::multiclass_states states(classes);
    class_scores scores(classes);
    const bool scored = !rows.probability.empty();
    std::vector<calibration_bins> bins;
    if (scored && !task.margins) {
        for (const std::size_t n : task.also.bins) bins.emplace_back(n);
    }
    for (std::size_t i = 0; i < rows.label.size(); ++i) {
        const probability_row row{
            rows.label[i],
            scored ? rows.probability.subspan(i * classes, classes) : std::span<const double>(),
            rows.weight.empty() ? 1.0 : rows.weight[i]};
        const std::int32_t* const decision =
            rows.prediction.empty() ? nullptr : &rows.prediction[i];
        if (!states.take(row, decision, task.margins, figures.rejected) || !scored) continue;
        scores.update(row);
        show_top_label(bins, row, decision);
    }
    score_order<scored_outcomes, class_scores> order{.pairs = &scores};
    if (scored || rows.label.empty()) {
        for (std::size_t c = 0; c < classes; ++c)
            order.one_against_the_rest.push_back(scores.one_vs_rest(c));
    }
    fill(figures, task, task.also, states, order);
    for (const calibration_bins& each : bins) detail::add_calibration_errors(figures, each);
    return report(std::move(figures));
}

bounded_evaluation<multiclass_task>::bounded_evaluation(const multiclass_task& task,
                                                        const log_linear_layout& scores,
                                                        std::size_t most_paired)
    : task_(task),
      states_(require_classes("bounded_evaluation", task)),
      scores_(states_.counts.classes(), states_.counts.classes() <= most_paired, scores) {
    detail::require_nothing_more(task_.also);
}

void bounded_evaluation<multiclass_task>::update(const probability_row& row) noexcept {
    if (!states_.take(row, nullptr, task_.margins, rejected_)) return;
    ++rows_;
    scores_.update(row);
}

void bounded_evaluation<multiclass_task>::update(const probability_row::columns& rows) {
    require_lengths(kind, rows);
    for (std::size_t row = 0; row < rows.size(); ++row) update(rows[row]);
}

void bounded_evaluation<multiclass_task>::update(const class_outcome& row) noexcept {
    if (!states_.take({row.label, {}, row.weight}, &row.prediction, task_.margins, rejected_))
        return;
    ++rows_;
    ++decided_rows_;
}

void bounded_evaluation<multiclass_task>::update(const class_outcome::columns& rows) {
    require_lengths(kind, rows);
    for (std::size_t row = 0; row < rows.size(); ++row) update(rows[row]);
}

void bounded_evaluation<multiclass_task>::merge(const bounded_evaluation& other) {
    detail::require_same_task(task_, other.task_);
    scores_.merge(other.scores_);  // first: it may refuse
    states_.merge(other.states_);
    rows_ += other.rows_;
    decided_rows_ += other.decided_rows_;
    rejected_.merge(other.rejected_);
}

void bounded_evaluation<multiclass_task>::reset() noexcept {
    scores_.reset();
    states_.reset();
    rows_ = decided_rows_ = 0;
    rejected_ = {};
}

report bounded_evaluation<multiclass_task>::result(const more_multiclass_figures& also) const {
    if (!also.bins.empty()) raise("bounded_evaluation: bins need all rows, expected none");
    report::content figures =
        detail::begin_report("multiclass", rows_ + rejected_.total(), task_.confidence);
    figures.bounded = true;
    figures.rejected = rejected_;
    score_order<score_table, class_score_tables> order;
    if (decided_rows_ == 0) {
        if (scores_.by_pair()) order.pairs = &scores_;
        for (std::size_t c = 0; c < scores_.classes(); ++c)
            order.one_against_the_rest.push_back(scores_.one_vs_rest(c));
    }
    fill(figures, task_, also, states_, order);
    add_class_samples(figures, static_cast<double>(rows_), states_.counts, order);
    return report(std::move(figures));
}

std::size_t bounded_evaluation<multiclass_task>::bytes() const noexcept {
    std::size_t names = task_.names.size() * sizeof(std::string);
    for (const std::string& name : task_.names) names += name.size();
    return sizeof task_ + names + states_.bytes() + scores_.bytes() + sizeof rejected_ +
           2 * sizeof rows_;
}

std::string bounded_evaluation<multiclass_task>::defect() const {
    const std::size_t classes = states_.counts.classes();
    if (task_.classes < 2 || static_cast<std::size_t>(task_.classes) != classes ||
        scores_.classes() != classes || (!task_.names.empty() && task_.names.size() != classes))
        return "bounded_evaluation: the task and its states have different numbers of classes";
    if (decided_rows_ > rows_) return "bounded_evaluation: more decided rows than rows";
    return {};
}

}  // namespace leeway::inline v0
