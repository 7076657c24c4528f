#include "leeway/export/text.hpp"

#include <fmt/format.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "evaluation/figure_text.hpp"
#include "export/report_text.hpp"

namespace leeway::inline v0 {

namespace {

std::string left_out(const report& figures) {
    std::string text;
    for (const auto& [rows, reason] :
         detail::rejection_reasons(figures.rejected(), figures.task())) {
        text += fmt::format("  {:>10}  {}\n", rows, reason);
    }
    if (text.empty()) return text;
    return (figures.task() == "ranking" ? "queries left out:\n" : "rows left out:\n") + text;
}

std::string rows_text(const report& figures) {
    const bool one = figures.rows() == 1;
    const std::string_view noun =
        figures.task() == "ranking" ? (one ? "query" : "queries") : (one ? "row" : "rows");
    return fmt::format("{} {}", figures.rows(), noun);
}

/// With an empty line between them.
std::string paragraphs(std::initializer_list<std::string> parts) {
    std::string text;
    for (const std::string& part : parts) {
        if (!part.empty()) text += (text.empty() ? "" : "\n") + part;
    }
    return text;
}

}  // namespace

std::string to_text(const estimate& figure) {
    return fmt::format("{} ({})", detail::value_text(figure, 4), detail::support_text(figure));
}

std::string to_text(const report& figures) {
    const std::string used = detail::weight_text(figures.weight());
    std::string text = fmt::format("{} task, {}", figures.task(), rows_text(figures));
    if (used != std::to_string(figures.rows())) text += fmt::format(", weight {}", used);
    text += fmt::format("; intervals at {} confidence\n\n",
                        detail::percent_text(figures.confidence().level));

    if (figures.classes().empty()) {
        text += paragraphs({detail::figures_text(figures), detail::confusion_text(figures)});
    } else if (figures.task() == "groups") {
        text += paragraphs({detail::figures_text(figures), detail::groups_text(figures)});
    } else {
        text += paragraphs({detail::classes_text(figures), detail::confusion_text(figures),
                            detail::figures_text(figures), detail::other_averages_text(figures),
                            detail::other_classes_text(figures)});
    }
    if (figures.bounded()) {
        text +=
            "\ncertified: the exact figure of these rows lies between lower and upper, always; "
            "other rows may differ\n";
        // Of weighted rows the intervals of tables, which keep no squares of weights.
        const auto list = [&](std::string_view why, bool in_sample) {
            std::string_view comma = why;
            for (const std::string& key : figures.left_out()) {
                if (key.starts_with("bounded_") != in_sample) continue;
                text.append(std::exchange(comma, ", ")).append(key);
            }
            if (comma != why) text += '\n';
        };
        list("left out, since they need all rows: ", false);
        list("left out, since the rows are weighted: ", true);
    }
    if (figures.infinite_losses() > 0) {
        text += fmt::format("\nrows of infinite loss: {}\n", figures.infinite_losses());
    }
    if (figures.skipped() > 0) {
        text += fmt::format("\n{}, left out: {}\n",
                            figures.task() == "multilabel"
                                ? "rows without a label (only the ranking figures)"
                                : "queries without a relevant item",
                            figures.skipped());
    }
    const std::string missing = left_out(figures);
    if (!missing.empty()) text += '\n' + missing;
    return text;
}

}  // namespace leeway::inline v0
