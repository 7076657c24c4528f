// From the columns of a file to labels, decisions and scores as leeway::evaluate takes them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/commands.hpp"
#include "cli/csv.hpp"
#include "cli/forecast_rows.hpp"
#include "cli/progress.hpp"
#include "cli/survival_rows.hpp"
#include "leeway/evaluation/report.hpp"
#include "leeway/evaluation/task.hpp"
#include "leeway/metrics/expected_cost.hpp"

namespace leeway::cli {

/// What --task, --label, --score, --prediction, --weight and --slice select of a file.
///
/// Rows without a label or a decision are kept apart: they are counted as rejected (missing) and
/// reach no metric.
struct outcomes {
    std::string file;
    evaluation_task task{evaluation_task::binary};
    double threshold{0.5};
    std::uint64_t rows{0};             ///< of the file
    std::vector<std::string> classes;  ///< binary: negative, positive; multiclass: all, in order
    std::vector<std::int32_t> label;   ///< -1: missing
    std::vector<std::int32_t> prediction;  ///< -1: missing; empty when there are scores
    std::vector<double> target;            ///< regression
    std::vector<double> score;         ///< a class a column, row by row; regression: the prediction
    std::vector<double> weight;        ///< empty: all 1
    std::vector<std::uint32_t> slice;  ///< index into slices; empty: no --slice
    std::vector<std::string> slices;   ///< values of the slice column, in order
    bool has_missing_slice{false};     ///< rows without one are the last of slices
    std::vector<std::int32_t> group;   ///< index into groups, -1: missing; empty: no --group
    std::vector<std::string> groups;
    std::vector<std::uint32_t> query;  ///< ranking: the query of each row
    std::vector<std::size_t> cutoffs;
    undefined_query without_relevant{undefined_query::skip};
    bool thorough{false};                ///< the costly figures, and variants, too
    more_binary_figures also{};          ///< figures with a parameter
    bool exponential_gain{false};        ///< ranking: gains 2^g - 1 too
    std::size_t threads{1};              ///< binary, with scores
    bool margins{false};                 ///< scores are no probabilities
    std::vector<std::size_t> top;        ///< multiclass: k of top_k_accuracy
    std::vector<expected_cost> costs{};  ///< none or one
    std::string calibrator;  ///< the kind of the one that the scores went through, if any
    std::vector<std::string> score_columns;  ///< multiclass: the column of each class, in order
    regression_options regression{};
    std::vector<std::string> outputs;  ///< regression of several: their label columns, of which
                                       ///< target and score hold a number each, row by row
    forecast_rows forecast{};          ///< beside target, and score where there are points
    survival_rows survival{};          ///< beside label (the event), and score (the risk)

    /// Has a label and, where decisions are given, a decision.
    [[nodiscard]] bool known(std::size_t row) const {
        return (label.empty() || label[row] >= 0) && (prediction.empty() || prediction[row] >= 0);
    }
};

[[nodiscard]] outcomes read_outcomes(const evaluate_options& options, progress& shown);

/// Some rows of a column, or of a table of `width` numbers a row; empty of an empty one.
template <class T>
[[nodiscard]] std::vector<T> gathered(const std::vector<T>& column,
                                      const std::vector<std::size_t>& rows, std::size_t width = 1) {
    std::vector<T> out;
    if (column.empty()) return out;
    out.reserve(rows.size() * width);
    for (const std::size_t row : rows) {
        for (std::size_t i = 0; i < width; ++i) out.push_back(column[row * width + i]);
    }
    return out;
}

/// The figures over all rows, or over those of one slice.
[[nodiscard]] report evaluate_all(const outcomes& rows,
                                  const confidence_level& confidence = confidence_95);
[[nodiscard]] report evaluate_slice(const outcomes& rows, std::uint32_t slice,
                                    const confidence_level& confidence = confidence_95);

/// Of a multilabel task, which has rows of its own.
[[nodiscard]] report evaluate_label_rows(const evaluate_options& options,
                                         const confidence_level& confidence, progress& shown);

inline constexpr std::size_t most_classes = 1000;
inline constexpr std::size_t most_slices = 1000;

/// 'text', shortened; and "'a', 'b' and 'c'".
[[nodiscard]] std::string in_quotes(std::string_view text);
[[nodiscard]] std::string listed(const std::vector<std::string>& texts);

/// "1 row", "2 rows".
[[nodiscard]] inline std::string counted(std::size_t n, std::string_view noun) {
    std::string text = std::to_string(n) + " ";
    return text.append(noun).append(n == 1 ? "" : noun.ends_with("ss") ? "es" : "s");
}

struct class_columns {
    std::vector<std::string> classes;
    std::vector<std::string> columns;  ///< of each class
};

/// Which score column belongs to which class: by name when the names tell, else in order.
[[nodiscard]] class_columns match_scores(const std::string& file, std::vector<std::string> classes,
                                         const std::vector<std::string>& columns);
/// The class of a column that no label names: what is left of it without the prefix, or the suffix,
/// that all columns with a label share; else its name. `named`: classes and their columns.
[[nodiscard]] std::string class_of_column(
    const std::string& column, const std::vector<std::pair<std::string, std::string>>& named);
/// "p_setosa", "setosa.score" and "setosa" all name the class setosa.
[[nodiscard]] bool names_class(std::string_view column, std::string_view name);
/// The rows of a slice that have a label and a decision.
[[nodiscard]] std::vector<std::size_t> rows_of_slice(const outcomes& rows, std::uint32_t slice);

/// Categories in the order in which people list them: by value when all are numbers, else by text.
[[nodiscard]] std::vector<std::string> in_order(std::vector<std::string> categories);

}  // namespace leeway::cli
