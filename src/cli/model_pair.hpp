// Two models on the same rows of a file, and how their figures differ.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands.hpp"
#include "cli/outcomes.hpp"
#include "cli/row_counts.hpp"
#include "leeway/accumulators/paired_decisions.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/evaluation/comparison.hpp"

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
};

/// Reads the file twice; a failure when it is standard input. `columns` says the rest: task, label,
/// positive, threshold.
[[nodiscard]] model_pair read_pair(evaluate_options columns, const model_columns& first,
                                   const model_columns& second);

/// A figure of both, and its difference by a paired test.
struct paired_figure {
    std::string metric;
    std::string test;
    orientation better{orientation::neither};
    estimate first, second;
    comparison difference;  ///< first less second
};

struct pairing {
    confidence_level confidence{confidence_95};
    std::size_t replicates{500};  ///< of the bootstrap; 0: no figures that need it
    /// Keys of the figures; "all", first: every one; empty: those that compare shows by itself.
    std::vector<std::string> wanted{};
};

/// A key that has no paired test; the sentence names those that have one.
class no_paired_test : public failure {
  public:
    no_paired_test(std::string key, const std::string& sentence)
        : failure(sentence), key_(std::move(key)) {}
    [[nodiscard]] const std::string& key() const noexcept { return key_; }

  private:
    std::string key_;
};

/// The figures asked for, in the order of the report; raises no_paired_test.
[[nodiscard]] std::vector<paired_figure> compare_figures(const model_pair& models,
                                                         const pairing& how);

/// Who decides rightly on each row; a failure should a row not be counted.
[[nodiscard]] paired_decisions paired(const model_pair& models);

/// One model's decisions: its predictions, or its scores against the threshold.
[[nodiscard]] std::vector<std::int32_t> decisions(const outcomes& of);

}  // namespace leeway::cli
