// evaluate --task multilabel: columns of 0 and 1, a row any number of labels.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cli/columns.hpp"
#include "cli/commands.hpp"
#include "cli/outcomes.hpp"
#include "cli/progress.hpp"
#include "cli/streamed_rows.hpp"
#include "evaluation/label_states.hpp"
#include "export/json_parts.hpp"
#include "export/json_writer.hpp"
#include "leeway/evaluation/evaluate.hpp"
#include "leeway/export/text.hpp"

namespace leeway::cli {

namespace {

struct label_rows {
    std::string file;
    report figures;
};

/// A number other than 0 and 1 as -1, which evaluate() counts as no label of the task.
std::vector<std::int32_t> zero_or_one(const std::vector<double>& numbers) {
    std::vector<std::int32_t> all;
    all.reserve(numbers.size());
    for (const double number : numbers) all.push_back(number == 1 ? 1 : number == 0 ? 0 : -1);
    return all;
}

bool missing_in(const std::vector<double>& numbers, std::size_t row, std::size_t width) {
    for (std::size_t i = row * width; i < (row + 1) * width && i < numbers.size(); ++i) {
        if (std::isnan(numbers[i])) return true;
    }
    return false;
}

multilabel_task task_of(const evaluate_options& options, const confidence_level& confidence,
                        const std::vector<std::string>& labels) {
    return {.labels = static_cast<std::int32_t>(labels.size()),
            .names = labels,
            .threshold = options.threshold,
            .without_label = options.without_relevant,
            .confidence = confidence,
            .thorough = options.more.thorough,
            .betas = options.more.also.betas};
}

struct label_columns {
    std::vector<std::string> labels, predictions, scores;
};

/// One of each a label, or none.
label_columns columns_of(const evaluate_options& options, std::span<const std::string> header) {
    const auto split = [&](const std::string& list) {
        return list.empty() ? std::vector<std::string>{} : split_names({list}, header);
    };
    label_columns found{split(options.label), split(options.prediction),
                        split_names(options.scores, header)};
    for (const auto& [option, names] :
         {std::pair("--prediction", &found.predictions), std::pair("--score", &found.scores)}) {
        if (!names->empty() && names->size() != found.labels.size()) {
            throw failure(std::string(option) + " names " + counted(names->size(), "column") +
                          " and --label " + std::to_string(found.labels.size()) +
                          ", expected one a label, in the same order");
        }
    }
    return found;
}

label_rows read_labels(const evaluate_options& options, const confidence_level& confidence,
                       progress& shown) {
    csv::reader file = take(csv::reader::open(options.file));
    const auto [labels, predictions, scores] = columns_of(options, file.header());
    std::vector<std::string> wanted = labels;
    wanted.insert(wanted.end(), predictions.begin(), predictions.end());
    wanted.insert(wanted.end(), scores.begin(), scores.end());
    if (!options.weight.empty()) wanted.push_back(options.weight);
    const csv::table table = read_columns(std::move(file), wanted, shown);

    auto truth = row_by_row(table, labels, "--label of a multilabel task");
    auto decided = row_by_row(table, predictions, "--prediction of a multilabel task");
    auto score = row_by_row(table, scores, "--score");
    std::vector<double> weight;
    if (!options.weight.empty()) {
        weight = require_numbers(table, *table.find(options.weight), "--weight");
    }
    const std::size_t width = labels.size();
    std::vector<std::size_t> known;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        if (!missing_in(truth, row, width) && !missing_in(decided, row, width))
            known.push_back(row);
    }
    for (auto* numbers : {&truth, &decided, &score}) *numbers = gathered(*numbers, known, width);
    weight = gathered(weight, known);

    const multilabel_task task = task_of(options, confidence, labels);
    const auto label = zero_or_one(truth);
    const auto prediction = zero_or_one(decided);
    report::content content =
        leeway::evaluate(task, multilabel_columns{label, prediction, score, weight}).contents();
    const std::uint64_t missing = table.rows() - known.size();
    content.rows += missing;
    content.rejected.missing += missing;
    return {table.name(), report(std::move(content))};
}

/// The same of a file that is read once, in blocks of rows: scores of the first block tell whether
/// they are probabilities.
label_rows stream_labels(const evaluate_options& options, progress& shown) {
    constexpr std::size_t block_rows = 4096;
    input file(options.file, shown);
    const auto [labels, predictions, scores] = columns_of(options, file.file().header());
    const auto places = [&](const std::vector<std::string>& names) {
        std::vector<std::size_t> all;
        for (const std::string& name : names) all.push_back(file.place(name));
        return all;
    };
    const auto of_label = places(labels), of_prediction = places(predictions),
               of_score = places(scores);
    const weights weight(file, options.weight);
    const std::size_t width = labels.size();
    std::vector<double> truth, decided, score, row_weight;
    std::optional<detail::bounded_labels> seen;
    std::uint64_t rows = 0, missing = 0;
    const auto flush = [&] {
        if (!seen) {
            const bool beyond = std::any_of(score.begin(), score.end(),
                                            [](double one) { return one < 0 || one > 1; });
            seen.emplace(task_of(options, confidence_95, labels),
                         beyond ? log_linear_layout::any() : log_linear_layout::probabilities(),
                         !scores.empty());
        }
        const auto label = zero_or_one(truth);
        const auto prediction = zero_or_one(decided);
        const auto part = [&](const auto& numbers, std::size_t row) {
            const std::span all(numbers);
            return all.empty() ? all : all.subspan(row * width, width);
        };
        for (std::size_t row = 0; row < row_weight.size(); ++row) {
            if (missing_in(truth, row, width) || missing_in(decided, row, width)) {
                ++missing;
                continue;
            }
            seen->update(part(label, row), part(prediction, row), part(score, row),
                         row_weight[row]);
        }
        for (auto* numbers : {&truth, &decided, &score, &row_weight}) numbers->clear();
    };
    while (file.next()) {
        ++rows;
        for (const std::size_t at : of_label)
            truth.push_back(file.number(at, "--label of a multilabel task"));
        for (const std::size_t at : of_prediction)
            decided.push_back(file.number(at, "--prediction of a multilabel task"));
        for (const std::size_t at : of_score) score.push_back(file.number(at, "--score"));
        row_weight.push_back(weight());
        if (row_weight.size() == block_rows) flush();
    }
    flush();
    report::content content = seen->result().contents();
    content.rows = rows;
    content.rejected.missing += missing;
    return {file.name(), report(std::move(content))};
}

}  // namespace

report evaluate_label_rows(const evaluate_options& options, const confidence_level& confidence,
                           progress& shown) {
    return read_labels(options, confidence, shown).figures;
}

int evaluate_labels(const evaluate_options& options) {
    progress shown;
    const label_rows rows = options.bounded ? stream_labels(options, shown)
                                            : read_labels(options, confidence_95, shown);
    shown.erase();
    if (options.format == output_format::text) {
        print(rows.file + "\n" + to_text(rows.figures));
        return exit_fine;
    }
    detail::json_writer out;
    out.begin_object().member("schema", "leeway.evaluate/1").member("file", rows.file);
    if (options.prediction.empty()) out.member("threshold", options.threshold);
    detail::write_report_members(out, rows.figures);
    out.end_object();
    print(std::move(out).take() + "\n");
    return exit_fine;
}

}  // namespace leeway::cli
