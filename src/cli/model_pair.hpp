// Two models on the same rows of a file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/outcomes.hpp"
#include "cli/row_counts.hpp"
#include "leeway/accumulators/paired_decisions.hpp"

namespace leeway::cli {

/// Columns of one model: one of the two is empty.
struct model_columns {
    std::string score;
    std::string prediction;

    [[nodiscard]] const std::string& name() const { return score.empty() ? prediction : score; }
};

/// The rows on which both models can be judged.
struct model_pair {
    outcomes first, second{};  ///< of the same rows, in the same order
    row_counts counts{};       ///< of the file, and why rows were left out

    /// Both predict the same on every row, to the last digit, and not by chance: they take
    /// enough different values.
    [[nodiscard]] bool same_predictions() const;
    /// The rows of one slice.
    [[nodiscard]] model_pair slice(std::uint32_t which) const;
};

/// Predictions that two models share by chance, as classes or few scores, are not more than this.
inline constexpr std::size_t least_different_predictions = 30;

/// Reads the file twice; a failure when it is standard input. `columns` says the rest: task, label,
/// positive, threshold.
[[nodiscard]] model_pair read_pair(evaluate_options columns, const model_columns& first,
                                   const model_columns& second);

/// Who decides rightly on each row; a failure should a row not be counted.
[[nodiscard]] paired_decisions paired(const model_pair& models);

/// One model's decisions: its predictions, or its scores against the threshold.
[[nodiscard]] std::vector<std::int32_t> decisions(const outcomes& of);

}  // namespace leeway::cli
