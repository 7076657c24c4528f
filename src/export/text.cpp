#include "leeway/export/text.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "evaluation/figure_text.hpp"
#include "export/text_table.hpp"

namespace leeway::inline v0 {

namespace {

using detail::text_table;
using side = text_table::align;

constexpr std::size_t most_notes = 20;

void add_figure(text_table& table, std::string name, const estimate& figure) {
    const std::string value = detail::value_text(figure, 4);
    if (!figure) {
        table.add({std::move(name)}, value);
    } else if (!figure.has_interval()) {
        table.add({std::move(name), value}, "no interval");
    } else {
        table.add({std::move(name), value, detail::figure_text(figure.lower()),
                   detail::figure_text(figure.upper())});
    }
}

std::string left_out(const rejections& rejected) {
    constexpr std::string_view unbounded = "score outside [0, 1] (only the probability figures)";
    const std::pair<std::uint64_t, std::string_view> reasons[] = {
        {rejected.weight, "weight negative or not finite"},
        {rejected.missing, "value missing"},
        {rejected.non_finite, "value infinite"},
        {rejected.label, "label not of the task"},
        {rejected.range, unbounded},
    };
    std::string text;
    for (const auto& [rows, reason] : reasons) {
        if (rows > 0) text += fmt::format("  {:>10}  {}\n", rows, reason);
    }
    return text.empty() ? text : "rows left out:\n" + text;
}

/// One row a class, one column a figure; what is undefined is "-" here and named below.
std::string classes_text(const std::vector<report::class_figures>& classes) {
    std::vector<text_table::column> columns{{"class", side::left}, {"n", side::right}};
    for (const auto& figure : classes.front().entries) columns.push_back({figure.key, side::right});
    text_table table(std::move(columns));
    std::string notes;
    std::size_t undefined_figures = 0;
    for (const report::class_figures& each : classes) {
        const std::string name = detail::short_name(each.name);
        std::vector<std::string> cells{name, detail::weight_text(each.weight)};
        for (const auto& [key, figure] : each.entries) {
            cells.push_back(figure ? detail::figure_text(figure.value()) : "-");
            if (figure || ++undefined_figures > most_notes) continue;
            notes += fmt::format("  {} of {}: {}\n", key, name, to_string(*figure.reason()));
        }
        table.add(std::move(cells));
    }
    if (undefined_figures > most_notes) {
        notes += fmt::format("  and {} more\n", undefined_figures - most_notes);
    }
    return table.str() + (notes.empty() ? "" : "undefined (-):\n" + notes);
}

}  // namespace

std::string to_text(const estimate& figure) {
    return fmt::format("{} ({})", detail::value_text(figure, 4), detail::support_text(figure));
}

std::string to_text(const report& figures) {
    const std::string used = detail::weight_text(figures.weight());
    std::string text = fmt::format("{} task, {} {}", figures.task(), figures.rows(),
                                   figures.task() == "ranking" ? "queries" : "rows");
    if (used != std::to_string(figures.rows())) text += fmt::format(", weight {}", used);
    text += fmt::format("; intervals at {} confidence\n\n",
                        detail::percent_text(figures.confidence().level));

    text_table table({{"metric", side::left}, {"value"}, {"lower"}, {"upper"}});
    for (const auto& [key, figure] : figures.entries()) add_figure(table, key, figure);
    text += table.str();
    if (!figures.classes().empty()) text += '\n' + classes_text(figures.classes());
    if (figures.infinite_losses() > 0) {
        text += fmt::format("\nrows of infinite loss: {}\n", figures.infinite_losses());
    }
    if (figures.skipped() > 0) {
        text += fmt::format("\nqueries without a relevant item, left out: {}\n", figures.skipped());
    }
    const std::string missing = left_out(figures.rejected());
    if (!missing.empty()) text += '\n' + missing;
    return text;
}

}  // namespace leeway::inline v0
