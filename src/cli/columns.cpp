#include "cli/columns.hpp"

#include <algorithm>
#include <fstream>

#include "cli/commands.hpp"
#include "cli/outcomes.hpp"
#include "core/nearest_name.hpp"

namespace leeway::cli {

std::size_t require_column(std::string_view file, std::span<const std::string> header,
                           std::string_view name) {
    const auto found = std::find(header.begin(), header.end(), name);
    if (found != header.end()) return static_cast<std::size_t>(found - header.begin());
    std::string message(file);
    message.append(": there is no column '").append(name).append("'");
    message += detail::suggestion(name, header);
    if (header.size() == 1 && header[0].find_first_of(";\t|") != std::string::npos) {
        message += " (the header has one column, '" + header[0] + "': expected commas between)";
    }
    throw failure(message);
}

std::vector<std::string> split_names(const std::vector<std::string>& lists,
                                     std::span<const std::string> header) {
    std::vector<std::string> names;
    for (const std::string& list : lists) {
        if (std::find(header.begin(), header.end(), list) != header.end()) {
            names.push_back(list);
            continue;
        }
        std::size_t begin = 0;
        while (begin <= list.size()) {
            const std::size_t comma = std::min(list.find(',', begin), list.size());
            if (comma > begin) names.push_back(list.substr(begin, comma - begin));
            begin = comma + 1;
        }
    }
    return names;
}

std::string there_are(std::string_view name, std::span<const std::string> known) {
    const std::string guess = detail::suggestion(name, known);
    std::string text = (guess.empty() ? "." : guess) + " There are: ";
    for (const std::string& one : known) text += (&one == known.data() ? "" : ", ") + one;
    return text;
}

const std::vector<double>& require_numbers(const csv::table& rows, const csv::column& column,
                                           std::string_view option) {
    if (!column.text) return column.numbers;
    std::string cell = column.text_cell.substr(0, 40);
    throw failure(
        rows.at(column.text_row, column,
                "'" + cell + "' is not a number, which " + std::string(option) + " needs"));
}

std::vector<double> row_by_row(const csv::table& rows, const std::vector<std::string>& columns,
                               std::string_view option) {
    std::vector<double> made(rows.rows() * columns.size());
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const auto& numbers = require_numbers(rows, *rows.find(columns[c]), option);
        for (std::size_t row = 0; row < numbers.size(); ++row) {
            made[row * columns.size() + c] = numbers[row];
        }
    }
    return made;
}

void require_one_score(const std::vector<std::string>& columns, const std::string& task) {
    if (columns.size() == 1) return;
    throw failure("--score names " + counted(columns.size(), "column") +
                  ", expected one for --task " + task);
}

csv::table read_columns(csv::reader file, std::span<const std::string> names, progress& shown) {
    csv::read_options options;
    options.wanted.assign(file.header().size(), false);
    for (const std::string& name : names) {
        options.wanted[require_column(file.name(), file.header(), name)] = true;
    }
    options.progress = shown.of("reading " + file.name());
    return take(csv::table::read(std::move(file), options));
}

bool looks_saved(const std::string& path) {
    if (path == "-") return false;
    constexpr std::string_view magic = "\x89LEEWAY\n";
    char head[8] = {};
    std::ifstream file(path, std::ios::binary);
    file.read(head, sizeof head);
    const auto size = static_cast<std::size_t>(file.gcount());
    // Six of eight, so that a damaged state file is called damaged and not a strange CSV.
    std::size_t equal = 0;
    for (std::size_t i = 0; i < size; ++i) {
        if (head[i] == magic[i]) ++equal;
    }
    return equal >= 6 || (size > 0 && equal == size);
}

}  // namespace leeway::cli
