#include "evaluation/evaluate_parts.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "leeway/core/error.hpp"
#include "leeway/metrics/task_metrics.hpp"

namespace leeway::inline v0::detail {

report::content begin_report(std::string task, std::size_t rows,
                             const confidence_level& confidence) {
    if (!(confidence.level > 0 && confidence.level < 1 && confidence.critical > 0)) {
        raise_invalid("evaluate", "confidence level", confidence.level,
                      "between 0 and 1; see confidence_level::of");
    }
    report::content figures;
    figures.task = std::move(task);
    figures.rows = rows;
    figures.confidence = confidence;
    return figures;
}

void keep_confusion(report::content& figures, const confusion_matrix& counts,
                    const std::vector<std::string>& names) {
    if (counts.classes() > report::most_confusion_classes) return;
    figures.confusion.classes = names;
    for (std::size_t c = names.size(); c < counts.classes(); ++c) {
        figures.confusion.classes.push_back(shown(c));
    }
    figures.confusion.cells.assign(counts.cells().begin(), counts.cells().end());
}

void add_costs(report::content& figures, const confusion_matrix& counts,
               const std::vector<expected_cost>& costs) {
    for (expected_cost metric : costs) {
        metric.confidence = figures.confidence;
        figures.entries.push_back({key_of(metric), metric(counts)});
    }
}

estimate mean_of_figures(const std::vector<estimate>& figures, const std::vector<double>& shares,
                         double weight) {
    double value = 0, lower = 0, upper = 0, sum = 0, level = 0;
    bool bounded = true;
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const estimate& one = figures[i];
        if (!one || !(shares[i] > 0)) continue;
        value += shares[i] * one.value();
        sum += shares[i];
        bounded = bounded && one.has_interval();
        if (!one.has_interval()) continue;
        lower += shares[i] * one.lower();
        upper += shares[i] * one.upper();
        level = one.confidence();
    }
    if (!(weight > 0)) return undefined::empty;
    if (!(sum > 0)) {
        for (const estimate& one : figures) {
            if (!one) return {*one.reason(), weight};
        }
        return estimate(undefined::zero_denominator, weight);
    }
    if (!bounded) return estimate::of(value / sum, weight);
    return estimate::within(value / sum, lower / sum, upper / sum, level, weight);
}

void add_against_the_rest(report::content& figures, const std::vector<binary_counts>& counts,
                          double squared_weights) {
    std::vector<confusion_matrix> tables;
    std::vector<double> seen, support;
    for (const binary_counts& one : counts) {
        tables.push_back(confusion_matrix::of(one, squared_weights));
        // A class that was never met changes no average.
        seen.push_back(one.tp + one.fp + one.fn > 0 ? 1.0 : 0.0);
        support.push_back(one.tp + one.fn);
    }
    for_each_one_against_the_rest_metric(figures.confidence, [&](const auto& metric) {
        std::vector<estimate> of_each;
        for (std::size_t c = 0; c < tables.size(); ++c) {
            of_each.push_back(metric(tables[c]));
            figures.classes[c].entries.push_back({key_of(metric), of_each.back()});
        }
        // A mean of ratios without an upper end would be that of its largest.
        if (!std::isfinite(metric.info.highest)) return;
        const auto add = [&](average over, const std::vector<double>& shares) {
            figures.entries.push_back({averaged_key(key_of(metric), over),
                                       mean_of_figures(of_each, shares, figures.weight)});
        };
        add(average::macro, seen);
        add(average::weighted, support);
    });
}

bool has_figure(const report::content& figures, std::string_view key) {
    return std::any_of(figures.entries.begin(), figures.entries.end(),
                       [&](const report::entry& figure) { return figure.key == key; });
}

}  // namespace leeway::inline v0::detail
