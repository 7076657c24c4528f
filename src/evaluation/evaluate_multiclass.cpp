#include <algorithm>
#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "evaluation/evaluate_parts.hpp"
#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/accumulators/class_losses.hpp"
#include "leeway/accumulators/class_scores.hpp"
#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/accumulators/label_ranks.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/row_losses.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/error.hpp"
#include "leeway/evaluation/evaluate.hpp"
#include "leeway/metrics/average.hpp"
#include "leeway/metrics/class_ratio.hpp"
#include "leeway/metrics/task_metrics.hpp"

namespace leeway::inline v0 {

namespace {

/// The rows that can be evaluated, with a decision each.
struct class_rows {
    std::vector<std::int32_t> label;
    std::vector<std::int32_t> prediction;
    std::vector<double> weight;
    std::vector<std::size_t> row;  ///< where they stand in the columns given
    rejections rejected;
};

class_rows accepted_rows(const multiclass_columns& rows, std::size_t classes) {
    const auto inside = [&](std::int32_t c) {
        return c >= 0 && static_cast<std::size_t>(c) < classes;
    };
    class_rows kept;
    for (std::size_t row = 0; row < rows.label.size(); ++row) {
        const double weight = rows.weight.empty() ? 1.0 : rows.weight[row];
        if (!kept.rejected.accepts_weight(weight)) continue;
        std::int32_t decided = rows.prediction.empty() ? 0 : rows.prediction[row];
        if (!rows.probability.empty()) {
            const auto scores = rows.probability.subspan(row * classes, classes);
            const bool refused = std::any_of(scores.begin(), scores.end(), [&](double score) {
                return kept.rejected.counts(score);
            });
            if (refused) continue;
            if (rows.prediction.empty()) {
                const auto best = std::max_element(scores.begin(), scores.end());
                decided = static_cast<std::int32_t>(best - scores.begin());
            }
        }
        if (!inside(rows.label[row]) || !inside(decided)) {
            ++kept.rejected.label;
            continue;
        }
        kept.label.push_back(rows.label[row]);
        kept.prediction.push_back(decided);
        kept.weight.push_back(weight);
        kept.row.push_back(row);
    }
    return kept;
}

/// A metric of scores that is averaged over one class against the rest.
template <class M>
concept OneAgainstTheRest = Reads<M, std::span<const scored_outcomes>> && requires(M metric) {
    metric.over = average::macro;
};

/// Everything that the figures of several classes are read from.
struct class_states {
    explicit class_states(std::size_t classes)
        : counts(classes),
          losses({}, {}, {}, class_losses<loss::row_logarithmic>(classes),
                 class_losses<loss::row_brier>(classes)),
          ranks(classes),
          scores(classes) {}

    confusion_matrix counts;
    state_set<mean_loss<loss::row_logarithmic>, mean_loss<loss::row_brier>,
              mean_loss<loss::row_ranked>, class_losses<loss::row_logarithmic>,
              class_losses<loss::row_brier>>
        losses;
    calibration_bins top_label{};  ///< was the decided class right, and how probable was it said
    label_ranks ranks;
    class_scores scores;
    std::vector<scored_outcomes> one_against_the_rest{};  ///< empty without probabilities
};

void show_probabilities(class_states& states, const class_rows& kept,
                        std::span<const double> probability, std::size_t classes) {
    for (std::size_t i = 0; i < kept.row.size(); ++i) {
        const auto scores = probability.subspan(kept.row[i] * classes, classes);
        const probability_row row{kept.label[i], scores, kept.weight[i]};
        states.losses.update(row);
        states.ranks.update(row);
        states.scores.update(row);
        rejections scratch;
        if (!loss::row_brier::accepts(row, scratch)) continue;
        const auto decided = static_cast<std::size_t>(kept.prediction[i]);
        states.top_label.update({.label = kept.prediction[i] == kept.label[i] ? 1 : 0,
                                 .score = scores[decided],
                                 .weight = kept.weight[i]});
    }
    for (std::size_t c = 0; c < classes; ++c) {
        states.one_against_the_rest.push_back(states.scores.one_vs_rest(c));
    }
}

/// Adds a metric to the figures in every form it has: of all classes, averaged over them, of each.
class add_figures {
  public:
    add_figures(report::content& to, const class_states& from) : to_(to), from_(from) {}

    template <class M>
    void operator()(M metric) const {
        if constexpr (ClassRatioMetric<M>) {
            add_averages(metric, {average::micro, average::macro, average::weighted}, from_.counts);
            metric.over = average::binary;
            const std::vector<estimate> figures = per_class(metric, from_.counts);
            for (std::size_t c = 0; c < figures.size(); ++c) add_of_class(c, metric, figures[c]);
        } else if constexpr (OneAgainstTheRest<M>) {
            const std::span<const scored_outcomes> states(from_.one_against_the_rest);
            if (states.empty()) return;
            add_averages(metric, {average::macro, average::weighted}, states);
            metric.over = average::binary;
            for (std::size_t c = 0; c < states.size(); ++c) {
                add_of_class(c, metric, metric(states[c]));
            }
        } else if constexpr (Reads<M, confusion_matrix>) {
            to_.entries.push_back({key_of(metric), metric(from_.counts)});
        } else if constexpr (Reads<M, label_ranks>) {
            if (from_.one_against_the_rest.size() <= metric.k) return;
            to_.entries.push_back({key_of(metric), metric(from_.ranks)});
        } else if constexpr (Reads<M, class_scores>) {
            if (from_.one_against_the_rest.empty()) return;
            add_averages(metric, {average::macro, average::weighted}, from_.scores);
        } else if (!from_.one_against_the_rest.empty()) {
            if constexpr (decltype(from_.losses)::template reads<M>) {
                to_.entries.push_back({key_of(metric), from_.losses.read(metric)});
            } else {
                to_.entries.push_back({key_of(metric), metric(from_.top_label)});
            }
        }
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
    const class_states& from_;
};

void require_columns(const multiclass_task& task, const multiclass_columns& rows) {
    if (task.classes < 2 ||
        static_cast<std::size_t>(task.classes) > confusion_matrix::most_classes) {
        raise_invalid("evaluate", "multiclass_task.classes", task.classes, "2 to 16384");
    }
    const auto classes = static_cast<std::size_t>(task.classes);
    const std::size_t n = rows.label.size();
    if (!task.names.empty() && task.names.size() != classes) {
        raise_invalid("evaluate", "multiclass_task.names.size()", task.names.size(),
                      "one name a class, or none");
    }
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
    require_columns(task, rows);
    const auto classes = static_cast<std::size_t>(task.classes);
    report::content figures =
        detail::begin_report("multiclass", rows.label.size(), task.confidence);
    const class_rows kept = accepted_rows(rows, classes);
    figures.rejected = kept.rejected;

    class_states states(classes);
    states.counts.update(
        {.label = kept.label, .prediction = kept.prediction, .weight = kept.weight});
    figures.weight = states.counts.total();
    for (std::size_t i = 0; i < classes; ++i) {
        figures.classes.push_back({.index = static_cast<std::int32_t>(i),
                                   .name = task.names.empty() ? detail::shown(i) : task.names[i],
                                   .weight = states.counts.label_total(i)});
    }
    if (!rows.probability.empty() || rows.label.empty()) {
        show_probabilities(states, kept, rows.probability, classes);
        const auto& logarithmic = states.losses.get<mean_loss<loss::row_logarithmic>>();
        figures.rejected.range = logarithmic.rejected().range;
        figures.infinite_losses = logarithmic.infinite();
    }
    for_each_multiclass_metric(task.confidence, add_figures(figures, states));
    return report(std::move(figures));
}

}  // namespace leeway::inline v0
