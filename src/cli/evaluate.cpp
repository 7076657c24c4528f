#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/calibrators.hpp"
#include "cli/commands.hpp"
#include "cli/evaluate_bounded.hpp"
#include "cli/groups.hpp"
#include "cli/outcomes.hpp"
#include "cli/output_file.hpp"
#include "cli/progress.hpp"
#include "cli/thresholds.hpp"
#include "evaluation/figure_text.hpp"
#include "export/json_parts.hpp"
#include "export/json_writer.hpp"
#include "export/text_table.hpp"
#include "leeway/export/text.hpp"

namespace leeway::cli {

namespace {

/// With every row held: each figure is exact.
evaluated evaluate_in_full(const outcomes& rows, const evaluate_options& options) {
    evaluated found{rows.file, rows.classes,    rows.score_columns, evaluate_all(rows),
                    {},        rows.calibrator, rows.costs};
    if (options.slice.empty()) return found;
    for (std::uint32_t slice = 0; slice < rows.slices.size(); ++slice)
        found.slices.push_back({rows.slices[slice], evaluate_slice(rows, slice)});
    if (rows.has_missing_slice) {
        const auto last = static_cast<std::uint32_t>(rows.slices.size());
        found.slices.push_back({std::nullopt, evaluate_slice(rows, last)});
    }
    return found;
}

/// `rows` is null where none were held.
std::string as_json(const evaluate_options& options, const evaluated& found, const outcomes* rows) {
    detail::json_writer out;
    out.begin_object().member("schema", "leeway.evaluate/1").member("file", found.file);
    if (options.task == evaluation_task::binary) {
        out.member("positive", found.classes[1]);
        if (options.prediction.empty()) out.member("threshold", options.threshold);
        if (!found.calibrator.empty()) {
            out.key("calibrator").begin_object().member("file", options.more.calibrator);
            out.member("kind", found.calibrator).end_object();
        }
    }
    if (!found.score_columns.empty()) {
        out.key("scores").begin_object();
        for (std::size_t c = 0; c < found.score_columns.size(); ++c) {
            out.member(found.classes[c], found.score_columns[c]);
        }
        out.end_object();
    }
    detail::write_report_members(out, found.all);
    if (!found.costs.empty()) {
        const expected_cost& costs = found.costs[0];
        out.key("costs").begin_array();
        for (std::size_t label = 0; label < costs.classes(); ++label) {
            out.begin_array();
            for (std::size_t prediction = 0; prediction < costs.classes(); ++prediction) {
                out.number(costs.cost(label, prediction));
            }
            out.end_array();
        }
        out.end_array();
    }
    if (rows != nullptr && !options.more.best_threshold.empty()) {
        out.key("best_threshold");
        write_best_threshold(out, *rows, options.more.best_threshold);
    }
    if (!options.slice.empty()) {
        out.key("slices").begin_array();
        for (const auto& [value, figures] : found.slices) {
            out.begin_object().member("column", options.slice).key("value");
            if (value) {
                out.text(*value);
            } else {
                out.null();
            }
            detail::write_report_members(out, figures);
            out.end_object();
        }
        out.end_array();
    }
    if (rows != nullptr && !options.more.group.empty()) {
        out.key("between_groups");
        write_groups(out, *rows, options.more.group);
    }
    out.end_object();
    return std::move(out).take() + "\n";
}

/// The figures of a slice that fit a line; all of them are in the JSON.
std::vector<std::string> headline(const evaluate_options& options, const report& all) {
    if (options.task == evaluation_task::forecast || options.task == evaluation_task::survival) {
        // Which kinds of forecasts there are differs: the first figures that there are.
        std::vector<std::string> keys;
        for (const auto& figure : all.entries()) {
            if (keys.size() < 3) keys.push_back(figure.key);
        }
        return keys;
    }
    if (options.task == evaluation_task::regression) {
        const std::string over = all.contains("r_squared") ? "" : "_uniform_average";
        return {"mean_absolute_error" + over, "root_mean_squared_error" + over, "r_squared" + over};
    }
    if (options.task == evaluation_task::ranking) return {"ndcg", "mean_average_precision"};
    if (options.task == evaluation_task::multiclass) return {"accuracy", "f1_macro", "log_loss"};
    if (!options.prediction.empty()) return {"accuracy", "f1", "balanced_accuracy"};
    return {"roc_auc", "accuracy", "brier_score"};
}

std::string as_text(const evaluate_options& options, const evaluated& found, const outcomes* rows) {
    std::string out = found.file;
    if (!found.calibrator.empty()) {
        out += ", scores through the " + found.calibrator + " of " + options.more.calibrator;
    }
    out += "\n" + to_text(found.all);
    if (rows != nullptr && !options.more.best_threshold.empty()) {
        out += "\n" + best_threshold_text(*rows, options.more.best_threshold);
    }
    if (rows != nullptr && !options.more.group.empty()) {
        out += "\n" + groups_text(*rows, options.more.group);
    }
    if (options.slice.empty()) return out;
    using align = detail::text_table::align;
    std::vector<detail::text_table::column> heads{{options.slice, align::left}, {"rows"}};
    const auto keys = headline(options, found.all);
    for (const auto& key : keys) heads.push_back({key});
    detail::text_table table(heads);
    std::vector<std::string> names;
    for (const auto& slice : found.slices) names.push_back(slice.value.value_or("(missing)"));
    names = detail::short_names(names);
    for (std::size_t i = 0; i < found.slices.size(); ++i) {
        const report& figures = found.slices[i].figures;
        std::vector<std::string> line{names[i], std::to_string(figures.rows())};
        for (const auto& key : keys) {
            // Decisions alone have no log loss.
            if (!figures.contains(key)) {
                line.emplace_back("-");
                continue;
            }
            line.push_back(detail::bracketed_text(figures.at(key)));
        }
        table.add(std::move(line));
    }
    return out + "\n" + table.str();
}

}  // namespace

int evaluate(const evaluate_options& options) {
    refuse_overwriting("--out", options.more.curve_out,
                       {options.file, options.more.calibrator, options.more.costs});
    if (options.task == evaluation_task::multilabel) return evaluate_labels(options);
    progress shown;
    const auto show = [&](const evaluated& found, const outcomes* rows) {
        print(options.format == output_format::json ? as_json(options, found, rows)
                                                    : as_text(options, found, rows));
    };
    if (options.bounded) {
        const evaluated found = evaluate_bounded(options, shown);
        shown.erase();
        show(found, nullptr);
        return exit_fine;
    }
    outcomes rows = read_outcomes(options, shown);
    shown.erase();
    if (!options.more.calibrator.empty()) apply_calibrator(options.more.calibrator, rows);
    if (!options.more.curve.empty()) {
        write_curve(rows, options.more.curve, options.more.curve_out);
    }
    show(evaluate_in_full(rows, options), &rows);
    return exit_fine;
}

}  // namespace leeway::cli
