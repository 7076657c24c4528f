// Figures of a file that is read once and not held.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "leeway/evaluation/report.hpp"
#include "leeway/metrics/expected_cost.hpp"

namespace leeway::cli {

/// What evaluate shows.
struct evaluated {
    struct slice {
        std::optional<std::string> value;  ///< none: the rows without one
        report figures;
    };

    std::string file;
    std::vector<std::string> classes;        ///< binary: negative, positive; multiclass: in order
    std::vector<std::string> score_columns;  ///< multiclass with scores: of each class
    report all;
    std::vector<slice> slices;
    std::string calibrator{};            ///< the kind of the one the scores went through, if any
    std::vector<expected_cost> costs{};  ///< none or one
};

/// Reads the file in blocks of rows, in memory bounded by the task, the slices and, of a ranking,
/// the longest query. Whether scores are probabilities is decided on the first block: later scores
/// outside [0, 1] share a cell of the table, and the bands stay true.
[[nodiscard]] evaluated evaluate_bounded(const evaluate_options& options, progress& shown);

}  // namespace leeway::cli
