#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "evaluation/evaluate_parts.hpp"
#include "leeway/accumulators/regression_moments.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/weight_sum.hpp"
#include "leeway/evaluation/evaluate.hpp"
#include "leeway/metrics/explained_variance.hpp"
#include "leeway/metrics/output_average.hpp"
#include "leeway/metrics/r_squared.hpp"

namespace leeway::inline v0 {

namespace {

/// One output's column of a row-major table.
std::vector<double> column_of(std::span<const double> table, std::size_t outputs, std::size_t k) {
    std::vector<double> column;
    column.reserve(table.size() / outputs);
    for (std::size_t at = k; at < table.size(); at += outputs) column.push_back(table[at]);
    return column;
}

}  // namespace

report evaluate(const regression_task& task, const output_rows& rows,
                std::span<const std::string> names) {
    const std::size_t outputs = names.size();
    if (outputs == 0) raise_invalid("evaluate", "names.size()", outputs, "at least one output");
    multi_output<regression_moments> moments(outputs);
    moments.update(rows);  // raises where the columns do not fit
    const std::size_t n = rows.target.size() / outputs;
    report::content figures = detail::begin_report("regression", n, task.confidence);
    weight_sum sum;
    for (std::size_t row = 0; row < n; ++row) {
        const double weight = rows.weight.empty() ? 1.0 : rows.weight[row];
        bool good = true;
        for (std::size_t k = 0; good && k < outputs; ++k) {
            const std::size_t at = row * outputs + k;
            good = figures.rejected.accepts(
                regression_outcome{rows.target[at], rows.prediction[at], weight});
        }
        if (good) sum.add(weight);
    }
    figures.weight = sum.value();

    for (std::size_t k = 0; k < outputs; ++k) {
        const auto target = column_of(rows.target, outputs, k);
        const auto prediction = column_of(rows.prediction, outputs, k);
        const report one = evaluate(task, {target, prediction, rows.weight});
        figures.infinite_losses += one.infinite_losses();
        figures.classes.push_back({.index = static_cast<std::int32_t>(k),
                                   .name = names[k],
                                   .weight = one.weight(),
                                   .entries = one.entries()});
    }
    const auto add_weighted = [&](auto metric) {
        metric.confidence = task.confidence;
        figures.entries.push_back(
            {key_of(metric) + "_variance_weighted", variance_weighted(metric, moments)});
    };
    add_weighted(r_squared{});
    add_weighted(explained_variance{});
    for (std::size_t i = 0; i < figures.classes.front().entries.size(); ++i) {
        std::vector<estimate> of_output;
        for (const auto& output : figures.classes) of_output.push_back(output.entries[i].value);
        figures.entries.push_back({figures.classes.front().entries[i].key + "_uniform_average",
                                   uniform_average(of_output)});
    }
    return report(std::move(figures));
}

}  // namespace leeway::inline v0
