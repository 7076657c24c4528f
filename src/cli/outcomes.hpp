// From the columns of a file to labels, decisions and scores as leeway::evaluate takes them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/csv.hpp"
#include "cli/progress.hpp"
#include "leeway/evaluation/report.hpp"

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
    std::vector<std::uint32_t> query;  ///< ranking: the query of each row
    std::vector<std::size_t> cutoffs;
    undefined_query without_relevant{undefined_query::skip};
    std::vector<std::string> score_columns;  ///< multiclass: the column of each class, in order
};

[[nodiscard]] outcomes read_outcomes(const evaluate_options& options, progress& shown);

/// The figures over all rows, or over those of one slice.
[[nodiscard]] report evaluate_all(const outcomes& rows,
                                  const confidence_level& confidence = confidence_95);
[[nodiscard]] report evaluate_slice(const outcomes& rows, std::uint32_t slice,
                                    const confidence_level& confidence = confidence_95);

/// Categories in the order in which people list them: by value when all are numbers, else by text.
[[nodiscard]] std::vector<std::string> in_order(std::vector<std::string> categories);

}  // namespace leeway::cli
