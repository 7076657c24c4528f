#include "cli/model_pair.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "cli/progress.hpp"

namespace leeway::cli {

namespace {

/// Why a row cannot be judged; null where it can.
using refusal = std::uint64_t rejections::*;

refusal refusal_of(double value) {
    if (std::isfinite(value)) return nullptr;
    return std::isnan(value) ? &rejections::missing : &rejections::non_finite;
}

refusal refusal_of(const outcomes& of, std::size_t row) {
    if (!of.weight.empty() && !(of.weight[row] >= 0 && std::isfinite(of.weight[row]))) {
        return &rejections::weight;
    }
    if (of.task == evaluation_task::regression) {
        const refusal target = refusal_of(of.target[row]);
        const refusal score = refusal_of(of.score[row]);
        return target == &rejections::missing || score == nullptr ? target : score;
    }
    if (!of.known(row)) return &rejections::missing;
    return of.prediction.empty() ? refusal_of(of.score[row]) : nullptr;
}

/// Has a score that is no probability, where there are scores of classes.
bool outside_unit(const outcomes& of, std::size_t row) {
    return of.task == evaluation_task::binary && of.prediction.empty() &&
           !(of.score[row] >= 0 && of.score[row] <= 1);
}

void keep_rows(outcomes& of, const std::vector<std::size_t>& rows) {
    of.label = gathered(of.label, rows);
    of.prediction = gathered(of.prediction, rows);
    of.target = gathered(of.target, rows);
    of.score = gathered(of.score, rows);
    of.weight = gathered(of.weight, rows);
    of.slice = gathered(of.slice, rows);
    of.rows = rows.size();
}

}  // namespace

bool model_pair::same_predictions() const {
    if (first.score != second.score || first.prediction != second.prediction) return false;
    const std::set<double> different(first.score.begin(), first.score.end());
    const std::set<std::int32_t> classes_seen(first.prediction.begin(), first.prediction.end());
    return std::max(different.size(), classes_seen.size()) >= least_different_predictions;
}

model_pair model_pair::slice(std::uint32_t which) const {
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < first.slice.size(); ++row) {
        if (first.slice[row] == which) rows.push_back(row);
    }
    model_pair part = *this;
    keep_rows(part.first, rows);
    keep_rows(part.second, rows);
    return part;
}

model_pair read_pair(evaluate_options columns, const model_columns& first,
                     const model_columns& second) {
    if (columns.file == "-") {
        throw failure("two models are read from a file one by one, which standard input cannot be");
    }
    progress shown;
    const auto read = [&](const model_columns& model) {
        columns.scores.clear();
        if (!model.score.empty()) columns.scores.push_back(model.score);
        columns.prediction = model.prediction;
        return read_outcomes(columns, shown);
    };
    model_pair made{read(first), read(second)};
    if (!made.first.outputs.empty()) {
        throw failure("--label " + columns.label +
                      " names several outputs, expected one label column to compare two models");
    }
    if (made.first.classes != made.second.classes) {
        throw failure(columns.file +
                      ": the two predictions hold different classes, expected both "
                      "to hold those of the label");
    }
    made.counts.rows = made.first.rows;
    rejections& rejected = made.counts.rejected;
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < made.first.rows; ++row) {
        const refusal a = refusal_of(made.first, row);
        const refusal b = refusal_of(made.second, row);
        if (a != nullptr || b != nullptr) {
            ++(rejected.*(a == nullptr || b == &rejections::missing ? b : a));
            continue;
        }
        // A row of weight 0 is absent.
        if (!made.first.weight.empty() && made.first.weight[row] == 0) continue;
        rows.push_back(row);
        if (outside_unit(made.first, row) || outside_unit(made.second, row)) ++rejected.range;
    }
    keep_rows(made.first, rows);
    keep_rows(made.second, rows);
    return made;
}

paired_decisions paired(const model_pair& models) {
    const auto first = decisions(models.first);
    const auto second = decisions(models.second);
    paired_decisions counts(models.first.classes.size());
    counts.update({.label = models.first.label,
                   .first = first,
                   .second = second,
                   .weight = models.first.weight});
    if (const auto refused = counts.rejected().total(); refused > 0) {
        throw failure(models.first.file + ": " + std::to_string(refused) +
                      " rows hold a class that is not among the " +
                      std::to_string(counts.classes()) + " of the task, expected none");
    }
    return counts;
}

std::vector<std::int32_t> decisions(const outcomes& of) {
    if (!of.prediction.empty()) return of.prediction;
    std::vector<std::int32_t> decided;
    decided.reserve(of.score.size());
    for (const double score : of.score) decided.push_back(score >= of.threshold ? 1 : 0);
    return decided;
}

}  // namespace leeway::cli
