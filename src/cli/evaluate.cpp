#include <string>
#include <utility>
#include <vector>

#include "cli/commands.hpp"
#include "cli/outcomes.hpp"
#include "cli/progress.hpp"
#include "evaluation/figure_text.hpp"
#include "export/json_parts.hpp"
#include "export/json_writer.hpp"
#include "export/text_table.hpp"
#include "leeway/export/text.hpp"

namespace leeway::cli {

namespace {

std::string slice_name(const outcomes& rows, std::uint32_t slice) {
    return slice < rows.slices.size() ? detail::short_name(rows.slices[slice]) : "(missing)";
}

std::uint32_t slice_count(const outcomes& rows) {
    return static_cast<std::uint32_t>(rows.slices.size()) + (rows.has_missing_slice ? 1 : 0);
}

std::string as_json(const evaluate_options& options, const outcomes& rows) {
    detail::json_writer out;
    out.begin_object().member("schema", "leeway.evaluate/1").member("file", rows.file);
    if (rows.task == evaluation_task::binary) {
        out.member("positive", rows.classes[1]);
        if (rows.prediction.empty()) out.member("threshold", rows.threshold);
    }
    if (!rows.score_columns.empty()) {
        out.key("scores").begin_object();
        for (std::size_t c = 0; c < rows.score_columns.size(); ++c) {
            out.member(rows.classes[c], rows.score_columns[c]);
        }
        out.end_object();
    }
    detail::write_report_members(out, evaluate_all(rows));
    if (!options.slice.empty()) {
        out.key("slices").begin_array();
        for (std::uint32_t slice = 0; slice < slice_count(rows); ++slice) {
            out.begin_object().member("column", options.slice).key("value");
            if (slice < rows.slices.size()) {
                out.text(rows.slices[slice]);
            } else {
                out.null();
            }
            detail::write_report_members(out, evaluate_slice(rows, slice));
            out.end_object();
        }
        out.end_array();
    }
    out.end_object();
    return std::move(out).take() + "\n";
}

/// The figures of a slice that fit a line; all of them are in the JSON.
std::vector<std::string> headline(const outcomes& rows) {
    if (rows.task == evaluation_task::regression) {
        return {"mean_absolute_error", "root_mean_squared_error", "r_squared"};
    }
    if (rows.task == evaluation_task::ranking) return {"ndcg", "mean_average_precision"};
    if (rows.task == evaluation_task::multiclass) return {"accuracy", "f1_macro", "log_loss"};
    if (!rows.prediction.empty()) return {"accuracy", "f1", "balanced_accuracy"};
    return {"roc_auc", "accuracy", "brier_score"};
}

std::string as_text(const evaluate_options& options, const outcomes& rows) {
    std::string out = rows.file + "\n" + to_text(evaluate_all(rows));
    if (options.slice.empty()) return out;
    using align = detail::text_table::align;
    std::vector<detail::text_table::column> heads{{options.slice, align::left}, {"rows"}};
    const auto keys = headline(rows);
    for (const auto& key : keys) heads.push_back({key});
    detail::text_table table(heads);
    for (std::uint32_t slice = 0; slice < slice_count(rows); ++slice) {
        const report figures = evaluate_slice(rows, slice);
        std::vector<std::string> line{slice_name(rows, slice), std::to_string(figures.rows())};
        for (const auto& key : keys) {
            // Decisions alone have no log loss.
            if (!figures.contains(key)) {
                line.emplace_back("-");
                continue;
            }
            const estimate& figure = figures.at(key);
            std::string text = detail::value_text(figure, 4);
            if (figure.defined() && figure.has_interval()) {
                text += " [" + detail::figure_text(figure.lower()) + ", " +
                        detail::figure_text(figure.upper()) + "]";
            }
            line.push_back(std::move(text));
        }
        table.add(std::move(line));
    }
    return out + "\n" + table.str();
}

}  // namespace

int evaluate(const evaluate_options& options) {
    progress shown;
    const outcomes rows = read_outcomes(options, shown);
    shown.erase();
    print(options.format == output_format::json ? as_json(options, rows) : as_text(options, rows));
    return exit_fine;
}

}  // namespace leeway::cli
