#include "export/report_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "evaluation/figure_text.hpp"
#include "export/text_table.hpp"
#include "export/utf8.hpp"

namespace leeway::inline v0::detail {

namespace {

using side = text_table::align;
using figures_of = std::vector<report::entry>;

constexpr std::size_t most_notes = 20;
constexpr std::size_t most_confusion_classes = 12;
constexpr std::size_t longest_name = 24;
constexpr std::size_t headline_figures = 3;  // of a class: precision, recall, f1
constexpr std::string_view averages[] = {"micro", "macro", "weighted", "samples"};

/// "precision" and "macro" of precision_macro; no average: the whole key and "".
std::pair<std::string_view, std::string_view> parts_of(std::string_view key) {
    for (const std::string_view average : averages) {
        if (key.size() > average.size() + 1 && key.ends_with(average) &&
            key[key.size() - average.size() - 1] == '_') {
            return {key.substr(0, key.size() - average.size() - 1), average};
        }
    }
    return {key, ""};
}

const report::entry* find(const figures_of& figures, std::string_view base,
                          std::string_view average) {
    for (const report::entry& figure : figures) {
        if (parts_of(figure.key) == std::pair(base, average)) return &figure;
    }
    return nullptr;
}

/// An end of an interval needs no more digits than the figure beside it.
std::string end_text(double end) {
    return figure_text(end < 1e-3 && end > -5e-4 ? (end < 5e-4 ? 0.0 : 1e-3) : end, 3);
}

/// "0.912 [0.904, 0.920]"; "-" where undefined.
std::string compact(const estimate& figure) {
    if (!figure) return "-";
    std::string text = figure_text(figure.value(), 3);
    if (figure.has_interval()) {
        text += fmt::format(" [{}, {}]", end_text(figure.lower()), end_text(figure.upper()));
    }
    return text;
}

/// What "-" stands for in a table above.
class notes {
  public:
    void add(std::string_view key, const estimate& figure, std::string_view of = {}) {
        if (figure || ++undefined_figures_ > most_notes) return;
        text_ += fmt::format("  {}{}{}: {}\n", key, of.empty() ? "" : " of ", of,
                             to_string(*figure.reason()));
    }
    [[nodiscard]] std::string str() const {
        if (undefined_figures_ == 0) return {};
        std::string all = "undefined (-):\n" + text_;
        if (undefined_figures_ > most_notes) {
            all += fmt::format("  and {} more\n", undefined_figures_ - most_notes);
        }
        return all;
    }

  private:
    std::string text_;
    std::size_t undefined_figures_{0};
};

struct text_column {
    text_table::column head;
    std::vector<std::string> cells;

    [[nodiscard]] std::size_t width() const {
        std::size_t widest = width_of(head.head);
        for (const std::string& cell : cells) widest = std::max(widest, width_of(cell));
        return widest;
    }
};

/// One table, or several below one another that begin with the same column, where one would be too
/// wide.
std::string packed(const text_column& names, const std::vector<text_column>& columns) {
    std::string out;
    std::size_t next = 0;
    while (next < columns.size()) {
        std::vector<const text_column*> taken{&names};
        std::size_t width = names.width();
        while (next < columns.size()) {
            width += 2 + columns[next].width();
            if (width > widest_line && taken.size() > 1) break;
            taken.push_back(&columns[next++]);
        }
        std::vector<text_table::column> heads;
        for (const text_column* column : taken) heads.push_back(column->head);
        text_table table(std::move(heads));
        for (std::size_t row = 0; row < names.cells.size(); ++row) {
            std::vector<std::string> cells;
            bool any = names.cells[row].empty();  // an empty line stays
            for (const text_column* column : taken) {
                any = any || (column != &names && !column->cells[row].empty());
                cells.push_back(column->cells[row]);
            }
            if (any) table.add(std::move(cells));
        }
        out += (out.empty() ? "" : "\n") + table.str();
    }
    return out;
}

std::string_view row_kind(const report& figures) {
    return figures.task() == "groups"       ? "group"
           : figures.task() == "multilabel" ? "label"
           : figures.task() == "regression" ? "output"
                                            : "class";
}

std::vector<std::string> class_names(const report& figures) {
    std::vector<std::string> names;
    for (const auto& each : figures.classes()) names.push_back(each.name);
    return short_names(names, longest_name);
}

text_column names_of(const report& figures) {
    return {{std::string(row_kind(figures)), side::left}, class_names(figures)};
}

/// One figure of every class, from `first` on until `last`.
std::vector<text_column> figure_columns(const report& figures, std::size_t first, std::size_t last,
                                        bool intervals, notes& undefined) {
    const auto& classes = figures.classes();
    const auto names = class_names(figures);
    std::vector<text_column> columns;
    for (std::size_t i = first; i < std::min(last, classes.front().entries.size()); ++i) {
        text_column column{{classes.front().entries[i].key, intervals ? side::left : side::right},
                           {}};
        for (std::size_t c = 0; c < classes.size(); ++c) {
            const auto& [key, figure] = classes[c].entries.at(i);
            column.cells.push_back(intervals ? compact(figure)
                                   : figure  ? figure_text(figure.value())
                                             : "-");
            undefined.add(key, figure, names[c]);
        }
        columns.push_back(std::move(column));
    }
    return columns;
}

text_column weights_of(const report& figures, std::string head) {
    text_column column{{std::move(head), side::right}, {}};
    for (const auto& each : figures.classes()) column.cells.push_back(weight_text(each.weight));
    return column;
}

void add_figure(text_table& table, std::string name, const estimate& figure) {
    const std::string value = value_text(figure, 4);
    if (!figure) {
        table.add({std::move(name)}, value);
    } else if (!figure.has_interval()) {
        table.add({std::move(name), value}, "no interval");
    } else {
        // A note behind the last number, as where there is no interval.
        table.add(
            {std::move(name), value, figure_text(figure.lower()), figure_text(figure.upper())},
            figure.confidence() == 1 ? "certified" : "");
    }
}

}  // namespace

std::string figures_text(const report& figures) {
    const bool averaged = !figures.classes().empty();
    // The last column is the notes'.
    text_table table({{"metric", side::left}, {"value"}, {"lower"}, {"upper"}, {"", side::left}});
    for (const auto& [key, figure] : figures.entries()) {
        if (!averaged || parts_of(key).second.empty()) add_figure(table, key, figure);
    }
    return table.str();
}

std::string classes_text(const report& figures) {
    notes undefined;
    text_column names = names_of(figures);
    auto columns = figure_columns(figures, 0, headline_figures, true, undefined);
    columns.push_back(weights_of(figures, "support"));
    // Rows of several labels, or of none, support an average once for each: but that over rows.
    double labels = 0;
    for (const auto& each : figures.classes()) labels += each.weight;
    // An empty line, then a line an average that some column has.
    bool below = false;
    for (const std::string_view average : averages) {
        const bool any = std::any_of(columns.begin(), columns.end(), [&](const auto& column) {
            return find(figures.entries(), column.head.head, average) != nullptr;
        });
        if (!any) continue;
        if (!std::exchange(below, true)) {
            names.cells.emplace_back();
            for (text_column& column : columns) column.cells.emplace_back();
        }
        names.cells.emplace_back(average);
        for (text_column& column : columns) {
            const auto* found = find(figures.entries(), column.head.head, average);
            column.cells.push_back(found == nullptr ? "" : compact(found->value));
            if (found != nullptr) undefined.add(found->key, found->value);
        }
        const bool of_labels = figures.task() == "multilabel" && average != "samples";
        columns.back().cells.back() = weight_text(of_labels ? labels : figures.weight());
    }
    return packed(names, columns) + undefined.str();
}

std::string confusion_text(const report& figures) {
    const auto& [classes, cells] = figures.confusion();
    const std::size_t n = classes.size();
    if (n == 0 || n > most_confusion_classes) return {};
    text_column names{{"label", side::left}, short_names(classes, longest_name)};
    std::vector<std::string> heads = names.cells;
    std::size_t width = longest_name;
    for (const std::string& head : heads) width += 2 + std::max<std::size_t>(width_of(head), 6);
    if (width > widest_line) {  // numbers stand for names
        for (std::size_t c = 0; c < n; ++c) {
            heads[c] = std::to_string(c + 1);
            names.cells[c] = heads[c] + " " + short_name(classes[c], longest_name - 3);
        }
    }
    std::vector<double> whole(n);
    for (std::size_t i = 0; i < n * n; ++i) whole[i / n] += cells[i];
    std::vector<text_column> counts, shares;
    for (std::size_t j = 0; j < n; ++j) {
        counts.push_back({{heads[j]}, {}});
        shares.push_back({{heads[j]}, {}});
        for (std::size_t i = 0; i < n; ++i) {
            const double cell = cells[i * n + j];
            counts[j].cells.push_back(weight_text(cell));
            shares[j].cells.push_back(whole[i] > 0 ? figure_text(cell / whole[i], 3) : "-");
        }
    }
    return "rows by label (down) and prediction (across)\n" + packed(names, counts) +
           "\nthe same as shares of the label's rows\n" + packed(names, shares);
}

std::string other_averages_text(const report& figures) {
    const auto& headline = figures.classes().front().entries;
    const auto shown = [&](std::string_view base) {
        const std::size_t n = std::min(headline.size(), headline_figures);
        return std::any_of(headline.begin(), headline.begin() + static_cast<std::ptrdiff_t>(n),
                           [&](const auto& figure) { return figure.key == base; });
    };
    text_column names{{"average", side::left}, {}};
    for (const auto& [key, figure] : figures.entries()) {
        const auto [base, average] = parts_of(key);
        if (average.empty() || shown(base)) continue;
        if (std::find(names.cells.begin(), names.cells.end(), base) == names.cells.end()) {
            names.cells.emplace_back(base);
        }
    }
    if (names.cells.empty()) return {};
    notes undefined;
    std::vector<text_column> columns;
    for (const std::string_view average : averages) {
        text_column column{{std::string(average), side::left}, {}};
        bool any = false;
        for (const std::string& base : names.cells) {
            const auto* found = find(figures.entries(), base, average);
            any = any || found != nullptr;
            column.cells.push_back(found == nullptr ? "" : compact(found->value));
            if (found != nullptr) undefined.add(found->key, found->value);
        }
        if (any) columns.push_back(std::move(column));
    }
    return packed(names, columns) + undefined.str();
}

std::string other_classes_text(const report& figures) {
    notes undefined;
    const auto columns =
        figure_columns(figures, headline_figures, static_cast<std::size_t>(-1), false, undefined);
    return columns.empty() ? "" : packed(names_of(figures), columns) + undefined.str();
}

std::string groups_text(const report& figures) {
    notes undefined;
    std::vector<text_column> columns{weights_of(figures, "n")};
    for (auto& column : figure_columns(figures, 0, static_cast<std::size_t>(-1), true, undefined)) {
        columns.push_back(std::move(column));
    }
    return packed(names_of(figures), columns) + undefined.str();
}

namespace {

/// What rejections::range counts in a report of the task.
std::string_view range_text(std::string_view task) {
    if (task == "forecast") return "forecast of crossed ends or quantiles, or of no deviation";
    if (task == "ranking") return "figure too large for a double (gains)";
    if (task == "survival") return "time below 0";
    return "score outside [0, 1] (only the probability figures)";
}

}  // namespace

std::vector<std::pair<std::uint64_t, std::string_view>> rejection_reasons(
    const rejections& rejected, std::string_view task) {
    std::vector<std::pair<std::uint64_t, std::string_view>> reasons{
        {rejected.weight, "weight negative, not finite, or not from 1e-60 to 1e60"},
        {rejected.missing, "value missing"},
        {rejected.non_finite, "value infinite"},
        {rejected.label, "label not of the task"},
        {rejected.range, range_text(task)},
    };
    std::erase_if(reasons, [](const auto& one) { return one.first == 0; });
    return reasons;
}

}  // namespace leeway::inline v0::detail
