#include "cli/costs.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <utility>

#include "cli/columns.hpp"
#include "cli/commands.hpp"
#include "cli/csv.hpp"
#include "cli/outcomes.hpp"

namespace leeway::cli {

namespace {

using matrix = std::vector<std::vector<double>>;

std::vector<std::string_view> parts_of(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(separator, begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

matrix of_text(const std::string& text, std::size_t classes) {
    matrix costs;
    for (const std::string_view row : parts_of(text, ';')) {
        costs.emplace_back();
        for (const std::string_view one : parts_of(row, ',')) {
            const csv::cell cell = csv::read_cell(one);
            if (cell.kind != csv::cell_kind::number || !std::isfinite(cell.number)) {
                throw failure("--costs: '" + std::string(one.substr(0, 40)) +
                              "' is not a finite number");
            }
            costs.back().push_back(cell.number);
        }
    }
    const bool square = costs.size() == classes &&
                        std::all_of(costs.begin(), costs.end(),
                                    [&](const auto& row) { return row.size() == classes; });
    if (!square) {
        throw failure("--costs: '" + text.substr(0, 80) + "' is " + counted(costs.size(), "row") +
                      " of costs, the first of " + counted(costs[0].size(), "number") +
                      ", expected " + std::to_string(classes) + " of " + std::to_string(classes) +
                      ": a row a label and a number a prediction (a,b;c,d)");
    }
    return costs;
}

std::size_t class_of(const std::string& file, const std::vector<std::string>& classes,
                     const std::string& name) {
    const auto found = std::find(classes.begin(), classes.end(), csv::category_text(name));
    if (found == classes.end()) {
        throw failure(file + ": '" + name.substr(0, 40) + "' is no class of the rows");
    }
    return static_cast<std::size_t>(found - classes.begin());
}

matrix of_file(const std::string& path, const std::vector<std::string>& classes) {
    csv::table table = take(csv::table::read(path));
    auto& columns = table.columns();
    const std::size_t k = classes.size();
    if (table.rows() != k || columns.size() != k + 1) {
        throw failure(path + ": holds costs of " + std::to_string(table.rows()) + " labels and " +
                      std::to_string(columns.size() - 1) + " predictions, expected " +
                      std::to_string(k) + " of each, behind a column of labels");
    }
    columns[0].make_text();
    matrix costs(k, std::vector<double>(k, std::nan("")));
    for (std::size_t j = 1; j <= k; ++j) {
        const std::size_t prediction = class_of(path, classes, columns[j].name);
        const auto& numbers = require_numbers(table, columns[j], "--costs");
        for (std::size_t row = 0; row < k; ++row) {
            const std::uint32_t code = columns[0].codes[row];
            const std::string label =
                code == csv::column::no_category ? "" : columns[0].categories[code];
            costs[class_of(path, classes, label)][prediction] = numbers[row];
        }
    }
    for (std::size_t i = 0; i < k; ++i) {
        for (std::size_t j = 0; j < k; ++j) {
            if (std::isfinite(costs[i][j])) continue;
            throw failure(path + ": no finite cost of predicting '" + classes[j] + "' for '" +
                          classes[i] + "'");
        }
    }
    return costs;
}

}  // namespace

expected_cost read_costs(const std::string& text, const std::vector<std::string>& classes) {
    // One row of numbers alone is too few for any task, and is told so; else a file's name.
    const auto cells = parts_of(text, ',');
    const bool row = cells.size() > 1 && std::all_of(cells.begin(), cells.end(), [](auto cell) {
                         return csv::read_cell(cell).kind == csv::cell_kind::number;
                     });
    const bool inline_text = row || text.find(';') != std::string::npos;
    return expected_cost(inline_text ? of_text(text, classes.size()) : of_file(text, classes));
}

}  // namespace leeway::cli
