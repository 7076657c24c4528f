// The figures of the rows that were read: all of them, or those of one slice.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "cli/outcomes.hpp"
#include "leeway/evaluation/evaluate.hpp"

namespace leeway::cli {

namespace {

/// The items of each query together, in the order in which the queries came.
report ranking_figures(const outcomes& all, const std::vector<std::size_t>& rows,
                       const confidence_level& confidence) {
    std::vector<std::size_t> order = rows;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return all.query[a] != all.query[b] ? all.query[a] < all.query[b] : a < b;
    });
    const auto relevance = gathered(all.target, order);
    const auto score = gathered(all.score, order);
    std::vector<std::size_t> offsets{0};
    std::vector<double> weight;  // of each query: that of its rows
    for (std::size_t i = 0; i < order.size(); ++i) {
        const bool begins = i == 0 || all.query[order[i]] != all.query[order[i - 1]];
        if (begins && i > 0) offsets.push_back(i);
        if (begins && !all.weight.empty()) weight.push_back(all.weight[order[i]]);
    }
    if (!order.empty()) offsets.push_back(order.size());
    return leeway::evaluate(ranking_task{.cutoffs = all.cutoffs,
                                         .without_relevant = all.without_relevant,
                                         .confidence = confidence,
                                         .thorough = all.thorough,
                                         .exponential_gain = all.exponential_gain},
                            ranked_query::columns{relevance, score, offsets, weight});
}

report figures(const outcomes& all, const std::vector<std::size_t>& rows,
               const confidence_level& confidence) {
    if (all.task == evaluation_task::ranking) return ranking_figures(all, rows, confidence);
    if (all.task == evaluation_task::forecast) return forecast_figures(all, rows, confidence);
    if (all.task == evaluation_task::survival) return survival_figures(all, rows, confidence);
    const auto weight = gathered(all.weight, rows);
    if (all.task == evaluation_task::regression) {
        const std::size_t outputs = all.outputs.empty() ? 1 : all.outputs.size();
        const auto target = gathered(all.target, rows, outputs);
        const auto prediction = gathered(all.score, rows, outputs);
        regression_task task{.confidence = confidence,
                             .powers = all.regression.tweedie,
                             .levels = all.regression.pinball};
        task.deltas = all.regression.huber;
        if (all.regression.features_given) task.features = all.regression.features;
        if (outputs > 1) {
            return leeway::evaluate(task, output_rows{target, prediction, weight}, all.outputs);
        }
        return leeway::evaluate(task, regression_outcome::columns{target, prediction, weight});
    }
    const auto label = gathered(all.label, rows);
    const auto prediction = gathered(all.prediction, rows);
    if (all.task == evaluation_task::binary) {
        const binary_task task{.threshold = all.threshold,
                               .confidence = confidence,
                               .margins = all.margins,
                               .thorough = all.thorough,
                               .costs = all.costs,
                               .threads = all.threads,
                               .also = all.also};
        if (!all.prediction.empty()) {
            return leeway::evaluate(task, class_outcome::columns{label, prediction, weight});
        }
        const auto score = gathered(all.score, rows);
        return leeway::evaluate(task, probability_outcome::columns{label, score, weight});
    }
    multiclass_task task;
    task.classes = static_cast<std::int32_t>(all.classes.size());
    task.names = all.classes;
    task.confidence = confidence;
    task.margins = all.margins;
    task.top = all.top;
    task.costs = all.costs;
    task.also = {.thorough = all.thorough, .betas = all.also.betas, .bins = all.also.bins};
    const auto score = gathered(all.score, rows, all.prediction.empty() ? all.classes.size() : 0);
    multiclass_columns columns;
    columns.label = label;
    columns.prediction = prediction;
    columns.probability = score;
    columns.weight = weight;
    return leeway::evaluate(task, columns);
}

/// Whether the row has a label and a decision.
bool known(const outcomes& all, std::size_t row) {
    return (all.label.empty() || all.label[row] >= 0) &&
           (all.prediction.empty() || all.prediction[row] >= 0);
}

/// The figures of the known among the rows that `chosen` accepts, with the others counted in.
template <class Chosen>
report figures_of(const outcomes& all, const confidence_level& confidence, Chosen chosen) {
    std::vector<std::size_t> rows;
    std::uint64_t missing = 0;
    for (std::size_t row = 0; row < all.rows; ++row) {
        if (!chosen(row)) continue;
        if (all.known(row)) {
            rows.push_back(row);
        } else {
            ++missing;
        }
    }
    report::content content = figures(all, rows, confidence).contents();
    if (all.task == evaluation_task::binary) content.confusion.classes = all.classes;
    content.rows += missing;
    content.rejected.missing += missing;
    return report(std::move(content));
}

}  // namespace

report evaluate_all(const outcomes& rows, const confidence_level& confidence) {
    return figures_of(rows, confidence, [](std::size_t) { return true; });
}

report evaluate_slice(const outcomes& rows, std::uint32_t slice,
                      const confidence_level& confidence) {
    return figures_of(rows, confidence, [&](std::size_t row) { return rows.slice[row] == slice; });
}

std::vector<std::size_t> rows_of_slice(const outcomes& rows, std::uint32_t slice) {
    std::vector<std::size_t> found;
    for (std::size_t row = 0; row < rows.rows; ++row) {
        if (rows.slice[row] == slice && known(rows, row)) found.push_back(row);
    }
    return found;
}

}  // namespace leeway::cli
