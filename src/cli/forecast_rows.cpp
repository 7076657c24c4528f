#include "cli/forecast_rows.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "cli/columns.hpp"
#include "cli/outcomes.hpp"
#include "leeway/evaluation/evaluate.hpp"

namespace leeway::cli {

namespace {

/// The training series of the scaled errors: the yardstick comes from it and never from the rows
/// that are judged.
naive_scale scale_of(const forecast_options& options, progress& shown) {
    csv::reader file = take(csv::reader::open(options.train));
    const std::vector<std::string> names{options.train_column};
    const csv::table table = read_columns(std::move(file), names, shown);
    const csv::column& column = *table.find(options.train_column);
    const std::vector<double>& series = require_numbers(table, column, "--train-column");
    for (std::size_t row = 0; row < series.size(); ++row) {
        if (std::isfinite(series[row])) continue;
        throw failure(table.at(row, column,
                               "a training series has no gaps, expected a finite number: leaving "
                               "one out would shift the seasons"));
    }
    return naive_scale::of(series, options.season);
}

}  // namespace

std::vector<numbered_column> numbered_columns(const std::vector<std::string>& lists,
                                              const std::string& option) {
    std::vector<numbered_column> found;
    for (const std::string& list : lists) {
        for (std::size_t from = 0; from <= list.size();) {
            const std::size_t comma = std::min(list.find(',', from), list.size());
            const std::string item = list.substr(from, comma - from);
            from = comma + 1;
            if (item.empty()) continue;
            const std::size_t equals = std::min(item.find('='), item.size());
            double number = 0;
            const auto [end, problem] = std::from_chars(item.data(), item.data() + equals, number);
            if (problem != std::errc{} || end != item.data() + equals || !std::isfinite(number)) {
                throw failure(option + ": '" + item.substr(0, 40) +
                              "' does not begin with a number, expected NUMBER=COL");
            }
            if (equals + 1 == item.size())
                throw failure(option + ": '" + item.substr(0, 40) + "' names no column");
            found.emplace_back(number, equals < item.size() ? item.substr(equals + 1) : "");
        }
    }
    std::sort(found.begin(), found.end());
    for (std::size_t i = 1; i < found.size(); ++i) {
        if (found[i].first != found[i - 1].first) continue;
        throw failure(option + ": " + csv::category_text(found[i].first) + " is given twice");
    }
    return found;
}

void add_forecast_columns(const forecast_options& options, std::span<const std::string> header,
                          std::vector<std::string>& names) {
    for (const auto* name : {&options.lower, &options.upper, &options.mean, &options.deviation}) {
        if (!name->empty()) names.push_back(*name);
    }
    for (const auto& [level, column] : numbered_columns(options.quantiles, "--quantiles")) {
        if (column.empty()) {
            throw failure("--quantiles: " + csv::category_text(level) +
                          " names no column, expected LEVEL=COL");
        }
        if (!(level > 0 && level < 1)) {
            throw failure("--quantiles: level " + csv::category_text(level) +
                          ", expected a number between 0 and 1");
        }
        names.push_back(column);
    }
    for (auto& name : split_names(options.ensemble, header)) names.push_back(std::move(name));
}

void read_forecast(const evaluate_options& options, const std::vector<std::string>& points,
                   csv::table& table, progress& shown, outcomes& made) {
    const forecast_options& from = options.forecast;
    forecast_rows& to = made.forecast;
    if (!points.empty()) require_one_score(points, "forecast: the point forecast");
    const std::string point = points.empty() ? options.prediction : points[0];
    const auto numbers = [&](const std::string& column, const char* option) {
        return column.empty() ? std::vector<double>()
                              : require_numbers(table, *table.find(column), option);
    };
    made.score = numbers(point, "a point forecast");
    to.lower = numbers(from.lower, "--lower");
    to.upper = numbers(from.upper, "--upper");
    to.mean = numbers(from.mean, "--mean");
    to.deviation = numbers(from.deviation, "--sd");
    to.level = from.level;
    std::vector<std::string> quantiles;
    for (const auto& [level, column] : numbered_columns(from.quantiles, "--quantiles")) {
        to.levels.push_back(level);
        quantiles.push_back(column);
    }
    to.quantiles = row_by_row(table, quantiles, "--quantiles");
    std::vector<std::string> header;
    for (const auto& column : table.columns()) header.push_back(column.name);
    const auto members = split_names(from.ensemble, header);
    to.ensemble = members.size();
    to.members = row_by_row(table, members, "--ensemble");
    if (!from.train.empty()) to.scale = scale_of(from, shown);
}

report forecast_figures(const outcomes& all, const std::vector<std::size_t>& rows,
                        const confidence_level& confidence) {
    const forecast_rows& from = all.forecast;
    const auto target = gathered(all.target, rows);
    const auto point = gathered(all.score, rows);
    const auto lower = gathered(from.lower, rows);
    const auto upper = gathered(from.upper, rows);
    const auto quantiles = gathered(from.quantiles, rows, from.levels.size());
    const auto members = gathered(from.members, rows, from.ensemble);
    const auto mean = gathered(from.mean, rows);
    const auto deviation = gathered(from.deviation, rows);
    const auto weight = gathered(all.weight, rows);
    return leeway::evaluate(forecast_task{.level = from.level,
                                          .levels = from.levels,
                                          .scale = from.scale,
                                          .confidence = confidence},
                            forecast_columns{.target = target,
                                             .point = point,
                                             .lower = lower,
                                             .upper = upper,
                                             .quantiles = quantiles,
                                             .members = members,
                                             .mean = mean,
                                             .deviation = deviation,
                                             .weight = weight});
}

}  // namespace leeway::cli
