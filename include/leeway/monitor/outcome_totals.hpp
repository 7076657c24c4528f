// What became of the predictions whose labels have come: everything the metrics are read from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/regression_moments.hpp"
#include "leeway/accumulators/score_table.hpp"
#include "leeway/compose/state_set.hpp"
#include "leeway/core/version.hpp"
#include "leeway/monitor/reference.hpp"

namespace leeway::inline v0 {

/// The states of a binary task: its decisions at one threshold, and its scores.
using binary_outcomes = state_set<confusion_matrix, score_table, calibration_bins,
                                  mean_loss<loss::brier>, mean_loss<loss::logarithmic>>;

/// The states of a regression.
using regression_outcomes =
    state_set<mean_loss<loss::squared_error>, mean_loss<loss::absolute_error>, regression_moments>;

/// Labelled predictions of one task, as bounded states: confusion counts, score table, calibration
/// bins and losses of a binary task; squared and absolute errors and moments of a regression; and
/// for both the loss by level, as the error detector bets on it (error_reference).
///
/// A score outside [0, 1] enters decisions and score table but not the probability losses, which
/// count it (their rejected()). Merging totals of different settings raises.
/// Cost: about 30 ns a label. Memory: bytes(), some 50 KiB for a binary task, 2 KiB for a
/// regression. Thread rule: one writer.
class outcome_totals {
  public:
    static constexpr std::string_view kind = "outcome_totals";
    /// What update returns for an outcome that it could not take.
    static constexpr std::size_t no_level = static_cast<std::size_t>(-1);

    /// No task: holds nothing, takes nothing.
    outcome_totals() = default;
    explicit outcome_totals(const leeway::reference& against);
    /// Settings given one by one, as the reference's own totals are made.
    outcome_totals(prediction_task task, double threshold, const error_reference& error,
                   log_linear_layout scores);

    /// Probabilities get the compact layout; other scores one of the same relative width around the
    /// magnitudes of the reference, down to 2^-26 of the largest.
    [[nodiscard]] static log_linear_layout layout_for(const feature_reference* score);

    /// Takes one outcome and returns its loss level; no_level when the label is not one of the task
    /// or a number is NaN or infinite, which is counted.
    std::size_t update(double label, double score, double weight = 1) noexcept;

    void merge(const outcome_totals& other);
    void reset() noexcept;

    [[nodiscard]] prediction_task task() const noexcept { return task_; }
    [[nodiscard]] double threshold() const noexcept { return threshold_; }
    /// Outcomes taken.
    [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }
    [[nodiscard]] std::uint64_t bad_labels() const noexcept { return bad_labels_; }
    [[nodiscard]] std::uint64_t bad_scores() const noexcept { return bad_scores_; }
    /// Outcomes by loss level; empty without a task.
    [[nodiscard]] const std::vector<std::uint64_t>& levels() const noexcept { return levels_; }
    /// Null unless it is that task.
    [[nodiscard]] const binary_outcomes* binary() const noexcept {
        return binary_ ? &*binary_ : nullptr;
    }
    [[nodiscard]] const regression_outcomes* regression() const noexcept {
        return regression_ ? &*regression_ : nullptr;
    }

    [[nodiscard]] std::size_t bytes() const noexcept;

    friend bool operator==(const outcome_totals&, const outcome_totals&) = default;

    [[nodiscard]] std::string defect() const;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("task", self.task_);
        visit("threshold", self.threshold_);
        visit("scale", self.scale_);
        visit("rows", self.rows_);
        visit("bad_labels", self.bad_labels_);
        visit("bad_scores", self.bad_scores_);
        visit("levels", self.levels_);
        // The task was read just now: which of the two states follows depends on it.
        if constexpr (!std::is_const_v<Self>) self.prepare();
        if (self.binary_) visit("binary", *self.binary_);
        if (self.regression_) visit("regression", *self.regression_);
    }

  private:
    void prepare(log_linear_layout scores = log_linear_layout::probabilities());

    prediction_task task_{prediction_task::none};
    double threshold_{0.5};
    double scale_{1};
    std::uint64_t rows_{0};
    std::uint64_t bad_labels_{0};
    std::uint64_t bad_scores_{0};
    std::vector<std::uint64_t> levels_;
    std::optional<binary_outcomes> binary_;
    std::optional<regression_outcomes> regression_;
};

}  // namespace leeway::inline v0
