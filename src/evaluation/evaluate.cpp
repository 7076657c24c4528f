#include "leeway/evaluation/evaluate.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/regression_moments.hpp"
#include "leeway/accumulators/row_losses.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/error.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "leeway/metrics/average.hpp"
#include "leeway/metrics/balanced_accuracy.hpp"
#include "leeway/metrics/brier_score.hpp"
#include "leeway/metrics/class_ratio.hpp"
#include "leeway/metrics/expected_calibration_error.hpp"
#include "leeway/metrics/f_beta.hpp"
#include "leeway/metrics/log_loss.hpp"
#include "leeway/metrics/matthews_correlation.hpp"
#include "leeway/metrics/mean_absolute_error.hpp"
#include "leeway/metrics/mean_squared_error.hpp"
#include "leeway/metrics/precision.hpp"
#include "leeway/metrics/r_squared.hpp"
#include "leeway/metrics/recall.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "leeway/metrics/root_mean_squared_error.hpp"
#include "leeway/metrics/specificity.hpp"

namespace leeway::inline v0 {

namespace {

using entries = std::vector<report::entry>;

template <class M, class State>
void add(entries& to, const M& metric, const State& state) {
    to.push_back({key_of(metric), metric(state)});
}

void require_confidence(const confidence_level& confidence) {
    if (!(confidence.level > 0 && confidence.level < 1 && confidence.critical > 0)) {
        raise_invalid("evaluate", "confidence level", confidence.level,
                      "between 0 and 1; see confidence_level::of");
    }
}

report::content begin(std::string task, std::size_t rows, const confidence_level& confidence) {
    require_confidence(confidence);
    report::content figures;
    figures.task = std::move(task);
    figures.rows = rows;
    figures.confidence = confidence;
    return figures;
}

/// What a binary task says of its decisions.
void add_binary_decisions(report::content& figures, const confusion_matrix& counts) {
    const confidence_level& c = figures.confidence;
    figures.weight = counts.total();
    add(figures.entries, accuracy{c}, counts);
    add(figures.entries, precision{average::binary, c}, counts);
    add(figures.entries, recall{average::binary, c}, counts);
    add(figures.entries, f_beta{1, average::binary, c}, counts);
    add(figures.entries, specificity{average::binary, c}, counts);
    add(figures.entries, balanced_accuracy{c}, counts);
    add(figures.entries, matthews_correlation{c}, counts);
}

/// Rows at a time, so that the decisions of a block are still in the cache when they are counted.
constexpr std::size_t block = 4096;

void count_decisions(confusion_matrix& counts, const probability_outcome::columns& rows,
                     double threshold) {
    std::array<std::int32_t, block> decided;
    for (std::size_t first = 0; first < rows.size(); first += block) {
        const std::size_t n = std::min(block, rows.size() - first);
        for (std::size_t i = 0; i < n; ++i) decided[i] = rows.score[first + i] >= threshold ? 1 : 0;
        counts.update(
            {.label = rows.label.subspan(first, n),
             .prediction = std::span(decided).first(n),
             .weight = rows.weight.empty() ? rows.weight : rows.weight.subspan(first, n)});
    }
}

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

/// One state a class: is the row of the class, and how probable was that said to be.
std::vector<scored_outcomes> one_against_the_rest(const class_rows& kept,
                                                  std::span<const double> probability,
                                                  std::size_t classes) {
    std::vector<scored_outcomes> states(classes);
    std::vector<std::int32_t> is_class(kept.row.size());
    std::vector<double> score(kept.row.size());
    for (std::size_t c = 0; c < classes; ++c) {
        for (std::size_t i = 0; i < kept.row.size(); ++i) {
            is_class[i] = static_cast<std::size_t>(kept.label[i]) == c ? 1 : 0;
            score[i] = probability[kept.row[i] * classes + c];
        }
        states[c].update({.label = is_class, .score = score, .weight = kept.weight});
    }
    return states;
}

template <class M>
void add_averages(entries& to, M metric, const confusion_matrix& counts) {
    for (const average over : {average::micro, average::macro, average::weighted}) {
        metric.over = over;
        add(to, metric, counts);
    }
}

/// Adds the metric of each class to its figures.
template <class M>
void add_per_class(std::vector<report::class_figures>& classes, const M& metric,
                   const confusion_matrix& counts) {
    const std::vector<estimate> figures = per_class(metric, counts);
    for (std::size_t c = 0; c < figures.size(); ++c) {
        classes[c].entries.push_back({key_of(metric), figures[c]});
    }
}

void add_multiclass_probabilities(report::content& figures, const class_rows& kept,
                                  std::span<const double> probability, std::size_t classes) {
    const confidence_level& confidence = figures.confidence;
    mean_loss<loss::row_logarithmic> logarithmic;
    mean_loss<loss::row_brier> brier;
    calibration_bins top_label;
    for (std::size_t i = 0; i < kept.row.size(); ++i) {
        const auto scores = probability.subspan(kept.row[i] * classes, classes);
        const probability_row row{kept.label[i], scores, kept.weight[i]};
        logarithmic.update(row);
        brier.update(row);
        rejections scratch;
        if (!loss::row_brier::accepts(row, scratch)) continue;
        const auto decided = static_cast<std::size_t>(kept.prediction[i]);
        top_label.update({.label = kept.prediction[i] == kept.label[i] ? 1 : 0,
                          .score = scores[decided],
                          .weight = kept.weight[i]});
    }
    const auto states = one_against_the_rest(kept, probability, classes);
    const std::span<const scored_outcomes> all(states);
    add(figures.entries, roc_auc{average::macro, confidence}, all);
    add(figures.entries, roc_auc{average::weighted, confidence}, all);
    add(figures.entries, log_loss{confidence}, logarithmic);
    add(figures.entries, brier_score{confidence}, brier);
    add(figures.entries, expected_calibration_error{}, top_label);
    for (std::size_t c = 0; c < classes; ++c) {
        add(figures.classes[c].entries, roc_auc{average::binary, confidence}, states[c]);
    }
    figures.rejected.range = logarithmic.rejected().range;
    figures.infinite_losses = logarithmic.infinite();
}

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

report evaluate(const binary_task& task, const class_outcome::columns& rows) {
    report::content figures = begin("binary", rows.size(), task.confidence);
    confusion_matrix counts(2);
    counts.update(rows);
    figures.rejected = counts.rejected();
    add_binary_decisions(figures, counts);
    return report(std::move(figures));
}

report evaluate(const binary_task& task, const probability_outcome::columns& rows) {
    if (!std::isfinite(task.threshold)) {
        raise_invalid("evaluate", "binary_task.threshold", task.threshold, "a finite number");
    }
    report::content figures = begin("binary", rows.size(), task.confidence);
    scored_outcomes outcomes;
    outcomes.update(rows);
    const probability_outcome::columns kept{outcomes.labels(), outcomes.scores(),
                                            outcomes.weights()};
    confusion_matrix counts(2);
    mean_loss<loss::logarithmic> logarithmic;
    mean_loss<loss::brier> brier;
    calibration_bins bins;
    count_decisions(counts, kept, task.threshold);
    logarithmic.update(kept);
    brier.update(kept);
    bins.update(kept);

    figures.rejected = outcomes.rejected();
    figures.rejected.range = logarithmic.rejected().range;
    figures.infinite_losses = logarithmic.infinite();
    add_binary_decisions(figures, counts);
    add(figures.entries, roc_auc{average::binary, task.confidence}, outcomes);
    add(figures.entries, log_loss{task.confidence}, logarithmic);
    add(figures.entries, brier_score{task.confidence}, brier);
    add(figures.entries, expected_calibration_error{}, bins);
    return report(std::move(figures));
}

report evaluate(const multiclass_task& task, const multiclass_columns& rows) {
    require_columns(task, rows);
    const auto classes = static_cast<std::size_t>(task.classes);
    const confidence_level& c = task.confidence;
    report::content figures = begin("multiclass", rows.label.size(), c);
    const class_rows kept = accepted_rows(rows, classes);
    figures.rejected = kept.rejected;

    confusion_matrix counts(classes);
    counts.update({.label = kept.label, .prediction = kept.prediction, .weight = kept.weight});
    figures.weight = counts.total();
    for (std::size_t i = 0; i < classes; ++i) {
        figures.classes.push_back({.index = static_cast<std::int32_t>(i),
                                   .name = task.names.empty() ? detail::shown(i) : task.names[i],
                                   .weight = counts.label_total(i)});
    }
    const auto add_ratio = [&](auto metric) {
        metric.confidence = c;
        add_averages(figures.entries, metric, counts);
        metric.over = average::binary;
        add_per_class(figures.classes, metric, counts);
    };
    add(figures.entries, accuracy{c}, counts);
    add(figures.entries, balanced_accuracy{c}, counts);
    add(figures.entries, matthews_correlation{c}, counts);
    add_ratio(precision{});
    add_ratio(recall{});
    add_ratio(f_beta{});
    add_ratio(specificity{});
    if (!rows.probability.empty() || rows.label.empty()) {
        add_multiclass_probabilities(figures, kept, rows.probability, classes);
    }
    return report(std::move(figures));
}

report evaluate(const regression_task& task, const regression_outcome::columns& rows) {
    const confidence_level& c = task.confidence;
    report::content figures = begin("regression", rows.size(), c);
    mean_loss<loss::squared_error> squared;
    mean_loss<loss::absolute_error> absolute;
    regression_moments moments;
    squared.update(rows);
    absolute.update(rows);
    moments.update(rows);
    figures.rejected = moments.rejected();
    figures.infinite_losses = squared.infinite();
    figures.weight = moments.weight();
    add(figures.entries, mean_squared_error{c}, squared);
    add(figures.entries, root_mean_squared_error{c}, squared);
    add(figures.entries, mean_absolute_error{c}, absolute);
    add(figures.entries, r_squared{c}, moments);
    return report(std::move(figures));
}

}  // namespace leeway::inline v0
