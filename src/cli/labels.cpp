// evaluate --task multilabel: columns of 0 and 1, a row any number of labels.
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "cli/columns.hpp"
#include "cli/commands.hpp"
#include "cli/outcomes.hpp"
#include "cli/progress.hpp"
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

label_rows read_labels(const evaluate_options& options, const confidence_level& confidence,
                       progress& shown) {
    csv::reader file = take(csv::reader::open(options.file));
    const auto columns = [&](const std::string& list) {
        return list.empty() ? std::vector<std::string>{} : split_names({list}, file.header());
    };
    const auto labels = columns(options.label);
    const auto predictions = columns(options.prediction);
    const auto scores = split_names(options.scores, file.header());
    for (const auto& [option, names] :
         {std::pair("--prediction", &predictions), std::pair("--score", &scores)}) {
        if (!names->empty() && names->size() != labels.size()) {
            throw failure(std::string(option) + " names " + std::to_string(names->size()) +
                          " columns and --label " + std::to_string(labels.size()) +
                          ", expected one a label, in the same order");
        }
    }
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

    const multilabel_task task{.labels = static_cast<std::int32_t>(width),
                               .names = labels,
                               .threshold = options.threshold,
                               .without_label = options.without_relevant,
                               .confidence = confidence};
    const auto label = zero_or_one(truth);
    const auto prediction = zero_or_one(decided);
    report::content content =
        leeway::evaluate(task, multilabel_columns{label, prediction, score, weight}).contents();
    const std::uint64_t missing = table.rows() - known.size();
    content.rows += missing;
    content.rejected.missing += missing;
    return {table.name(), report(std::move(content))};
}

}  // namespace

report evaluate_label_rows(const evaluate_options& options, const confidence_level& confidence,
                           progress& shown) {
    return read_labels(options, confidence, shown).figures;
}

int evaluate_labels(const evaluate_options& options) {
    progress shown;
    const label_rows rows = read_labels(options, confidence_95, shown);
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
