#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/columns.hpp"
#include "cli/commands.hpp"
#include "cli/model_comparison.hpp"
#include "cli/model_pair.hpp"
#include "evaluation/figure_text.hpp"
#include "export/json_parts.hpp"
#include "export/json_writer.hpp"
#include "export/report_text.hpp"
#include "export/text_table.hpp"
#include "leeway/metrics/flip_rate.hpp"

namespace leeway::cli {

namespace {

/// How often the two decide differently, and which way; nothing of a regression.
std::vector<report::entry> flips(const model_pair& models, const confidence_level& confidence) {
    std::vector<report::entry> rates;
    if (models.first.task == evaluation_task::regression) return rates;
    const paired_decisions counts = paired(models);
    for (const flip direction : {flip::any, flip::negative, flip::positive}) {
        const flip_rate metric{.direction = direction, .confidence = confidence};
        rates.push_back({key_of(metric), metric(counts)});
    }
    return rates;
}

void write_or_null(detail::json_writer& out, std::string_view key,
                   const std::optional<double>& value) {
    out.key(key);
    if (value) {
        out.number(*value);
    } else {
        out.null();
    }
}

std::string as_json(const compare_options& options, const model_pair& models,
                    const std::vector<paired_figure>& all) {
    detail::json_writer out;
    out.begin_object().member("schema", "leeway.compare/1").member("file", options.file);
    out.member("a", model_columns{options.score_a, options.prediction_a}.name());
    out.member("b", model_columns{options.score_b, options.prediction_b}.name());
    out.member("rows", models.counts.rows)
        .member("compared", models.first.rows)
        .member("confidence", options.confidence.level)
        .key("rejected");
    detail::write_rejections(out, models.counts.rejected);
    out.key("metrics").begin_object();
    for (const paired_figure& one : all) {
        out.key(one.metric).begin_object().key("a");
        detail::write_estimate(out, one.first);
        out.key("b");
        detail::write_estimate(out, one.second);
        out.key("difference");
        detail::write_estimate(out, one.difference.difference);
        out.member("test", one.test);
        write_or_null(out, "statistic", one.difference.statistic);
        write_or_null(out, "p_value", one.difference.p_value);
        out.end_object();
    }
    out.end_object();
    if (const auto rates = flips(models, options.confidence); !rates.empty()) {
        out.key("flips").begin_object();
        for (const auto& [key, rate] : rates) {
            out.key(key);
            detail::write_estimate(out, rate);
        }
        out.end_object();
    }
    out.end_object();
    return std::move(out).take() + "\n";
}

std::string as_text(const compare_options& options, const model_pair& models,
                    const std::vector<paired_figure>& all) {
    const std::string a = model_columns{options.score_a, options.prediction_a}.name();
    const std::string b = model_columns{options.score_b, options.prediction_b}.name();
    std::string out = options.file + ": " + a + " (A) against " + b + " (B), " +
                      std::to_string(models.first.rows) + " of " +
                      std::to_string(models.counts.rows) + " rows; intervals at " +
                      detail::percent_text(options.confidence.level) + " confidence\n\n";
    using align = detail::text_table::align;
    detail::text_table table({{"metric", align::left},
                              {"A"},
                              {"B"},
                              {"A - B"},
                              {"lower"},
                              {"upper"},
                              {"p"},
                              {"test", align::left}});
    for (const paired_figure& one : all) {
        const estimate& difference = one.difference.difference;
        const bool bounded = difference.defined() && difference.has_interval();
        table.add({one.metric, detail::value_text(one.first, 4), detail::value_text(one.second, 4),
                   detail::value_text(difference, 4),
                   bounded ? detail::figure_text(difference.lower()) : "-",
                   bounded ? detail::figure_text(difference.upper()) : "-",
                   one.difference.p_value ? detail::figure_text(*one.difference.p_value) : "-",
                   one.test});
    }
    out += table.str();
    if (const auto reasons = detail::rejection_reasons(models.counts.rejected, "");
        !reasons.empty()) {
        out += "\nrows left out:\n";
        for (const auto& [rows, reason] : reasons) {
            out += "  " + std::to_string(rows) + "  ";
            out.append(reason) += '\n';
        }
    }
    const auto rates = flips(models, options.confidence);
    if (rates.empty()) return out;
    out += "\nrows that A and B decide differently (negative: A right and B wrong)\n";
    for (const auto& [key, rate] : rates) {
        out += "  " + key + " " + detail::value_text(rate, 4);
        out += " (" + detail::support_text(rate) + ")\n";
    }
    return out;
}

}  // namespace

int compare(const compare_options& options) {
    evaluate_options columns = options.rows;
    columns.file = options.file;
    const model_columns first{options.score_a, options.prediction_a};
    const model_columns second{options.score_b, options.prediction_b};
    const model_pair models = read_pair(columns, first, second);
    const auto all = model_comparison(models, {.confidence = options.confidence,
                                               .replicates = options.replicates,
                                               .wanted = split_names(options.metrics, {})})
                         .figures();
    print(options.format == output_format::json ? as_json(options, models, all)
                                                : as_text(options, models, all));
    return exit_fine;
}

}  // namespace leeway::cli
