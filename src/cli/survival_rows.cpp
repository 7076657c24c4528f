#include "cli/survival_rows.hpp"

#include <cmath>

#include "cli/columns.hpp"
#include "cli/outcomes.hpp"
#include "leeway/evaluation/evaluate.hpp"

namespace leeway::cli {

void add_survival_columns(const evaluate_options& options, std::vector<std::string>& names) {
    if (options.task != evaluation_task::survival) return;
    names.push_back(options.survival.time);
    names.push_back(options.survival.event);
    for (const auto& [time, column] : numbered_columns(options.at, "--at")) {
        if (!column.empty()) names.push_back(column);
    }
}

void read_survival(const evaluate_options& options, const std::vector<std::string>& risks,
                   csv::table& table, outcomes& made) {
    const survival_options& from = options.survival;
    survival_rows& to = made.survival;
    if (!risks.empty()) require_one_score(risks, "survival: the risk");
    to.time = require_numbers(table, *table.find(from.time), "--time");
    csv::column& event = *table.find(from.event);
    for (const double value : require_numbers(table, event, "--event")) {
        // What is neither 0 nor 1 is counted as a label that cannot be used.
        made.label.push_back(std::isnan(value) ? -1 : value == 0 ? 0 : value == 1 ? 1 : 2);
    }
    if (!options.weight.empty()) {
        made.weight = require_numbers(table, *table.find(options.weight), "--weight");
    }
    if (!risks.empty()) made.score = require_numbers(table, *table.find(risks[0]), "--score");
    std::vector<std::string> columns;
    const auto at = numbered_columns(options.at, "--at");
    for (const auto& [time, column] : at) {
        if (time < 0) {
            throw failure("--at: time " + csv::category_text(time) +
                          ", expected a number of at least 0");
        }
        if (column.empty() && (at.size() > 1 || risks.empty())) {
            throw failure("--at: " + csv::category_text(time) +
                          " names no column, expected TIME=COL with the probability of an event "
                          "up to then (one time alone may be --score's)");
        }
        to.times.push_back(time);
        columns.push_back(column.empty() ? risks[0] : column);
    }
    to.probability = row_by_row(table, columns, "--at");
}

report survival_figures(const outcomes& all, const std::vector<std::size_t>& rows,
                        const confidence_level& confidence) {
    const survival_rows& from = all.survival;
    const auto time = gathered(from.time, rows);
    const auto event = gathered(all.label, rows);
    const auto risk = gathered(all.score, rows);
    const auto probability = gathered(from.probability, rows, from.times.size());
    const auto weight = gathered(all.weight, rows);
    return leeway::evaluate(survival_task{.times = from.times, .confidence = confidence},
                            survival_columns{.time = time,
                                             .event = event,
                                             .risk = risk,
                                             .probability = probability,
                                             .weight = weight});
}

}  // namespace leeway::cli
