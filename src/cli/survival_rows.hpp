// The columns of --task survival: times, events, risks, and probabilities at points in time.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/csv.hpp"
#include "leeway/evaluation/report.hpp"

namespace leeway::cli {

struct outcomes;

/// As leeway::survival_columns; the event is the outcomes' label, the risk their score.
struct survival_rows {
    std::vector<double> time;
    std::vector<double> times;        ///< ascending
    std::vector<double> probability;  ///< row by row, for each of the times
};

void add_survival_columns(const evaluate_options& options, std::vector<std::string>& names);
void read_survival(const evaluate_options& options, const std::vector<std::string>& risks,
                   csv::table& table, outcomes& made);
[[nodiscard]] report survival_figures(const outcomes& all, const std::vector<std::size_t>& rows,
                                      const confidence_level& confidence);

}  // namespace leeway::cli
