#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "cli/columns.hpp"
#include "cli/commands.hpp"
#include "cli/output_file.hpp"
#include "cli/progress.hpp"
#include "evaluation/figure_text.hpp"
#include "export/json_parts.hpp"
#include "export/json_writer.hpp"
#include "export/text_table.hpp"
#include "export/time_text.hpp"
#include "leeway/core/state_file.hpp"
#include "leeway/monitor/reference_builder.hpp"

namespace leeway::cli {

namespace {

struct training {
    std::string file;
    csv::table table;
    std::vector<std::string> features;
    std::vector<bool> categorical;  ///< of each feature
};

bool listed_in(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

training read_training(const training_options& options, progress& shown) {
    csv::reader file = take(csv::reader::open(options.file));
    const auto& header = file.header();
    const auto exclude = split_names(options.exclude, header);
    const auto categorical = split_names(options.categorical, header);
    for (const auto& name : exclude) (void)require_column(file.name(), header, name);
    for (const auto& name : categorical) (void)require_column(file.name(), header, name);
    for (const auto* name : {&options.label, &options.score}) {
        if (!name->empty()) (void)require_column(file.name(), header, *name);
    }
    csv::read_options reading;
    reading.rows = options.rows;
    reading.progress = shown.of("reading " + file.name());
    for (const auto& name : header) {
        reading.wanted.push_back(name == options.label || name == options.score ||
                                 !listed_in(exclude, name));
    }
    training made;
    made.file = file.name();
    made.table = take(csv::table::read(std::move(file), reading));
    for (const auto& column : made.table.columns()) {
        if (column.name == options.label || column.name == options.score) continue;
        made.features.push_back(column.name);
        made.categorical.push_back(column.text || listed_in(categorical, column.name));
    }
    if (made.features.empty() && options.score.empty()) {
        throw failure(made.file + ": no column is left to describe");
    }
    return made;
}

reference build(const training_options& options, training& rows) {
    schema columns;
    for (std::size_t i = 0; i < rows.features.size(); ++i) {
        if (rows.categorical[i]) {
            columns.categorical(rows.features[i]);
        } else {
            columns.numeric(rows.features[i]);
        }
    }
    reference_builder builder(columns);
    training_columns batch;
    std::vector<std::vector<double>> codes(rows.features.size());
    for (std::size_t i = 0; i < rows.features.size(); ++i) {
        csv::column& column = *rows.table.find(rows.features[i]);
        if (!rows.categorical[i]) {
            batch.features.emplace_back(column.numbers);
            continue;
        }
        column.make_text();
        std::vector<double> of_category;
        for (const auto& text : column.categories) of_category.push_back(builder.code(i, text));
        codes[i].reserve(column.codes.size());
        for (const std::uint32_t code : column.codes) {
            codes[i].push_back(code == csv::column::no_category
                                   ? std::numeric_limits<double>::quiet_NaN()
                                   : of_category[code]);
        }
        batch.features.emplace_back(codes[i]);
    }
    if (!options.score.empty()) {
        batch.score = require_numbers(rows.table, *rows.table.find(options.score), "--score");
    }
    if (!options.label.empty()) {
        batch.label = require_numbers(rows.table, *rows.table.find(options.label),
                                      "--label of a reference (0 and 1, or a target value)");
    }
    builder.update(batch);
    return builder.finish();
}

std::string kind_text(const feature_reference& feature) {
    return feature.kind() == feature_kind::categorical ? "categorical" : "numeric";
}

std::string as_json(const training_options& options, const training& rows, const reference& made) {
    detail::json_writer out;
    out.begin_object().member("schema", "leeway.reference/1").member("file", rows.file);
    out.member("out", options.out).member("id", detail::id_text(made.id()));
    out.member("rows", made.rows()).member("task", to_string(made.task()));
    out.key("features").begin_array();
    for (const auto& feature : made.features()) {
        out.begin_object().member("name", feature.name()).member("kind", kind_text(feature));
        out.member("missing", feature.missing()).member("bins", feature.bins().regular());
        out.key("lag_one");
        detail::write_estimate(out, feature.lag_one());
        out.end_object();
    }
    out.end_array();
    out.member("score", made.score() != nullptr);
    out.key("metrics").begin_object();
    for (const auto& metric : made.metrics()) {
        out.key(metric.key);
        detail::write_estimate(out, metric.value);
    }
    out.end_object().end_object();
    return std::move(out).take() + "\n";
}

std::string as_text(const training_options& options, const training& rows, const reference& made) {
    std::string out = options.out + ": reference " + detail::id_text(made.id()) + " of " +
                      std::to_string(made.rows()) + " rows of " + rows.file + "\n\n";
    using align = detail::text_table::align;
    detail::text_table features({{"feature", align::left},
                                 {"kind", align::left},
                                 {"bins"},
                                 {"missing"},
                                 {"mean"},
                                 {"standard deviation"},
                                 {"lag-1 correlation"}});
    const auto value = [](const estimate& figure) {
        return figure.defined() ? detail::figure_text(figure.value()) : std::string("-");
    };
    const auto add = [&](const std::string& name, const feature_reference& feature) {
        features.add({name, kind_text(feature), std::to_string(feature.bins().regular()),
                      std::to_string(feature.missing()), value(feature.mean()),
                      value(feature.standard_deviation()), value(feature.lag_one())});
    };
    for (const auto& feature : made.features()) add(detail::short_name(feature.name()), feature);
    if (made.score() != nullptr) add("(score)", *made.score());
    out += features.str();
    if (made.metrics().empty()) return out;
    detail::text_table metrics({{"metric", align::left}, {"value"}, {"", align::left}});
    for (const auto& metric : made.metrics()) {
        metrics.add(
            {metric.key, detail::value_text(metric.value, 4), detail::support_text(metric.value)});
    }
    return out + "\n" + metrics.str();
}

}  // namespace

int make_reference(const training_options& options) {
    refuse_overwriting("--out", options.out, {options.file});
    progress shown;
    training rows = read_training(options, shown);
    const reference made = build(options, rows);
    save(made, options.out);
    shown.erase();
    print(options.format == output_format::json ? as_json(options, rows, made)
                                                : as_text(options, rows, made));
    return exit_fine;
}

}  // namespace leeway::cli
