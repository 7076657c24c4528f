// From training rows to a reference.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "leeway/accumulators/make_binning.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/monitor/reference.hpp"
#include "leeway/monitor/schema.hpp"

namespace leeway::inline v0 {

struct reference_options {
    binning_options binning{};
    /// Absent: binary when every label is 0 or 1, regression otherwise.
    std::optional<prediction_task> task{};
    double threshold{0.5};       ///< binary: a score at or above it predicts class 1
    double loss_quantile{0.95};  ///< regression: squared errors are clipped at this quantile
    std::size_t loss_levels{64};
    confidence_level confidence{confidence_95};  ///< of the metrics' intervals
};

/// What is known about one training row besides its features.
struct training_outcome {
    std::optional<double> label{};  ///< binary: 0 or 1; regression: the target
    std::optional<double> score{};
    double weight{1};  ///< enters the metrics; bins and losses count rows
};

/// Training data by columns. Label, score and weight may be empty (weight: all 1); NaN: not known.
struct training_columns {
    std::vector<std::span<const double>> features;  ///< in the schema's order
    std::span<const double> label{};
    std::span<const double> score{};
    std::span<const double> weight{};
};

/// Collects training rows and freezes them into a reference: one pass over the rows and a finishing
/// step.
///
/// Memory grows: it keeps every value (8 bytes a feature and row) until it is destroyed, since
/// equal-mass bins need the whole column. finish() sorts each column, O(n log n). A row of the
/// wrong width, a weight that is negative or not finite, and two texts with one code raise
/// std::invalid_argument: training data is configuration. NaN in a feature counts as missing.
/// Thread rule: one writer.
class reference_builder {
  public:
    explicit reference_builder(schema columns, reference_options options = {});

    void update(std::span<const double> row, const training_outcome& outcome = {});
    void update(const training_columns& batch);

    /// The code of a category's text, remembered so that reports can name the category.
    double code(std::size_t feature, std::string_view text);
    double code(std::string_view feature, std::string_view text) {
        return code(columns_.index(feature), text);
    }

    [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }
    [[nodiscard]] const schema& columns() const noexcept { return columns_; }

    /// Raises when there is no row, or when the labels do not fit the task. The builder keeps its
    /// rows and may go on.
    [[nodiscard]] reference finish() const;

  private:
    [[nodiscard]] feature_reference freeze(std::string name, feature_kind kind,
                                           std::span<const double> values) const;
    void add_outcome(double label, double score, double weight);
    void add_outcomes(reference::content& made) const;

    schema columns_;
    reference_options options_;
    std::uint64_t rows_{0};
    std::vector<std::vector<double>> values_;                     // by feature
    std::vector<std::unordered_map<double, std::string>> texts_;  // by feature: text of a code
    std::vector<double> labels_;
    std::vector<double> scores_;
    std::vector<double> weights_;
    bool any_label_{false};
    bool any_score_{false};
};

}  // namespace leeway::inline v0
