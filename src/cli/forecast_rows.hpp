// The columns of --task forecast: intervals, quantiles, ensembles, normal distributions, points.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands.hpp"
#include "cli/csv.hpp"
#include "cli/progress.hpp"
#include "leeway/evaluation/report.hpp"
#include "leeway/metrics/naive_scale.hpp"

namespace leeway::cli {

struct outcomes;

/// As leeway::forecast_columns; what was not asked for is empty.
struct forecast_rows {
    std::vector<double> lower, upper;
    std::vector<double> quantiles;  ///< row by row
    std::vector<double> members;    ///< row by row
    std::vector<double> mean, deviation;
    double level{0.9};
    std::vector<double> levels;  ///< ascending
    std::size_t ensemble{0};     ///< members a row
    std::optional<naive_scale> scale;
};

/// A number and the column for it.
using numbered_column = std::pair<double, std::string>;

/// "0.9=q90,0.1=q10" as numbers with their columns, ascending; a number alone has column "". A
/// failure, naming the option, unless they are numbers, all different.
[[nodiscard]] std::vector<numbered_column> numbered_columns(const std::vector<std::string>& lists,
                                                            const std::string& option);

void add_forecast_columns(const forecast_options& options, std::span<const std::string> header,
                          std::vector<std::string>& names);
void read_forecast(const evaluate_options& options, const std::vector<std::string>& points,
                   csv::table& table, progress& shown, outcomes& made);
[[nodiscard]] report forecast_figures(const outcomes& all, const std::vector<std::size_t>& rows,
                                      const confidence_level& confidence);

}  // namespace leeway::cli
