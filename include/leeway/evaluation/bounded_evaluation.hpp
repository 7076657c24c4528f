// Every metric of a task from a stream: rows come block by block and are not kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "leeway/accumulators/class_score_tables.hpp"
#include "leeway/accumulators/error_histograms.hpp"
#include "leeway/accumulators/query_measures.hpp"
#include "leeway/accumulators/score_table.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/fields.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/report.hpp"
#include "leeway/evaluation/task.hpp"
#include "leeway/evaluation/task_states.hpp"

namespace leeway::inline v0 {

/// What evaluate() does, in memory that does not depend on the number of rows: a bounded state of a
/// task's metrics that takes rows singly or in columns, merges, and gives a report at any time.
///
///     leeway::bounded_evaluation seen(leeway::binary_task{.threshold = 0.5});
///     while (next_block(labels, scores)) seen.update({.label = labels, .score = scores});
///     seen.merge(of_another_thread);
///     const leeway::report figures = seen.result();
///
/// Figures that need no order of the rows are those of evaluate(), with the same intervals. Those
/// that do are read from tables, in certified bands: the exact figure always lies between lower()
/// and upper(), and confidence() is 1. A band bounds what the table did not keep; it is no
/// statement about other rows than these, as an interval is. The same figures with an interval for
/// the sample have "bounded_" before their keys (bounded_figure.hpp). Figures without a band are
/// absent, and of rows of other weights than 1 those intervals, their keys in report::left_out().
///
/// A bad row is left out and counted in rejected(), one of weight zero is absent. Merging
/// evaluations of other tasks, or of tables of other layouts, raises. result() costs a pass over
/// the tables and is compiled: link leeway::leeway. Thread rule: one writer.
template <class Task>
class bounded_evaluation;

template <class Task, class... Options>
bounded_evaluation(Task, Options...) -> bounded_evaluation<Task>;

/// Binary. Bands: roc_auc and all figures of the order of the scores, from a score_table.
/// Once rows of decisions alone were seen there are no figures of scores: they would be of other
/// rows.
/// Memory: 1 MiB, or 50 KiB with log_linear_layout::probabilities(). Cost: about 32 ns a row, 16
/// in a batch.
template <>
class bounded_evaluation<binary_task> {
  public:
    using sample_type = probability_outcome;
    static constexpr std::string_view kind = "bounded_evaluation_binary";

    bounded_evaluation() : bounded_evaluation(binary_task{}) {}
    explicit bounded_evaluation(const binary_task& task,
                                const log_linear_layout& scores = log_linear_layout::any());

    void update(const probability_outcome& row) noexcept;
    void update(const probability_outcome::columns& rows);
    void update(const class_outcome& row) noexcept;
    void update(const class_outcome::columns& rows);
    void merge(const bounded_evaluation& other);
    void reset() noexcept;

    /// With the figures that are asked for beside the usual ones; of bins there are none (raises).
    [[nodiscard]] report result(const more_binary_figures& also = {}) const;

    [[nodiscard]] const binary_task& task() const noexcept { return task_; }
    /// Rows taken.
    [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }
    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }
    [[nodiscard]] std::size_t bytes() const noexcept;

    friend bool operator==(const bounded_evaluation&, const bounded_evaluation&) = default;

    [[nodiscard]] std::string defect() const;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("task", self.task_);
        visit("rows", self.rows_);
        visit("decided_rows", self.decided_rows_);
        visit("states", self.states_);
        visit("hinge", self.hinge_);
        visit("scores", self.scores_);
        visit("rejected", self.rejected_);
    }

  private:
    binary_task task_;
    std::uint64_t rows_{0};
    std::uint64_t decided_rows_{0};  // of these, without a score
    detail::binary_states states_;
    mean_loss<loss::hinge> hinge_;  // of margins
    score_table scores_;
    rejections rejected_;
};

/// Multiclass. Bands: roc_auc of each class against the rest, its averages, and with at most
/// `most_paired` classes roc_auc_one_vs_one, else left out. Rows of decisions alone: as for binary.
/// Memory: classes^2 tables of the scores' layout (25 KiB each unless told), 2 classes of them
/// without pairs. Cost: about 100 ns a row and 10 a class.
template <>
class bounded_evaluation<multiclass_task> {
  public:
    using sample_type = probability_row;
    static constexpr std::string_view kind = "bounded_evaluation_multiclass";

    bounded_evaluation() : bounded_evaluation(multiclass_task{.classes = 2}) {}
    explicit bounded_evaluation(
        const multiclass_task& task,
        const log_linear_layout& scores = log_linear_layout::probabilities(),
        std::size_t most_paired = 10);

    /// The decision is the class of the largest score.
    void update(const probability_row& row) noexcept;
    void update(const probability_row::columns& rows);
    void update(const class_outcome& row) noexcept;
    void update(const class_outcome::columns& rows);
    void merge(const bounded_evaluation& other);
    void reset() noexcept;

    /// With the figures that are asked for beside the usual ones; of bins there are none (raises).
    [[nodiscard]] report result(const more_multiclass_figures& also = {}) const;

    [[nodiscard]] const multiclass_task& task() const noexcept { return task_; }
    [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }
    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }
    [[nodiscard]] std::size_t bytes() const noexcept;

    friend bool operator==(const bounded_evaluation&, const bounded_evaluation&) = default;

    [[nodiscard]] std::string defect() const;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("task", self.task_);
        visit("rows", self.rows_);
        visit("decided_rows", self.decided_rows_);
        visit("states", self.states_);
        visit("scores", self.scores_);
        visit("rejected", self.rejected_);
    }

  private:
    multiclass_task task_;
    std::uint64_t rows_{0};
    std::uint64_t decided_rows_{0};
    detail::multiclass_states states_;
    class_score_tables scores_;
    rejections rejected_;
};

/// Regression. Bands: median_absolute_error, d2_absolute_error_score and the D2 of each level, from
/// error_histograms. Left out: spearman_correlation, kendall_tau and the D2 of each power. A power,
/// level or delta out of range raises.
/// Memory: 762 KiB unless another layout is asked for. Cost: about 150 ns a row.
template <>
class bounded_evaluation<regression_task> {
  public:
    using sample_type = regression_outcome;
    static constexpr std::string_view kind = "bounded_evaluation_regression";

    bounded_evaluation() : bounded_evaluation(regression_task{}) {}
    explicit bounded_evaluation(const regression_task& task,
                                const log_linear_layout& targets = log_linear_layout::any());

    void update(const regression_outcome& row) noexcept;
    void update(const regression_outcome::columns& rows);
    void merge(const bounded_evaluation& other);
    void reset() noexcept;

    [[nodiscard]] report result() const;

    [[nodiscard]] const regression_task& task() const noexcept { return task_; }
    [[nodiscard]] std::uint64_t rows() const noexcept { return histograms_.range().rows(); }
    [[nodiscard]] const rejections& rejected() const noexcept { return histograms_.rejected(); }
    [[nodiscard]] std::size_t bytes() const noexcept;

    friend bool operator==(const bounded_evaluation&, const bounded_evaluation&) = default;

    [[nodiscard]] std::string defect() const;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("task", self.task_);
        visit("states", self.states_);
        visit("partial", self.partial_);
        visit("asked", self.asked_);
        visit("histograms", self.histograms_);
    }

  private:
    regression_task task_;
    detail::regression_states states_;
    detail::partial_regression_states partial_;
    detail::asked_regression_states asked_;
    error_histograms histograms_;
};

/// Ranking, a row a query: all figures are those of evaluate(). Memory: 1 KiB, and 1 KiB a cutoff,
/// 2 KiB with thorough and exponential_gain.
template <>
class bounded_evaluation<ranking_task> {
  public:
    using sample_type = ranked_query;
    static constexpr std::string_view kind = "bounded_evaluation_ranking";

    bounded_evaluation() : bounded_evaluation(ranking_task{}) {}
    explicit bounded_evaluation(const ranking_task& task);

    void update(const ranked_query& query) noexcept;
    /// Items in order already: no sort for any of the figures.
    void update(const ordered_query& query) noexcept;
    void update(const ranked_query::columns& queries);
    void merge(const bounded_evaluation& other);
    void reset() noexcept;

    [[nodiscard]] report result() const;

    [[nodiscard]] const ranking_task& task() const noexcept { return task_; }
    /// Queries given, the rejected ones included.
    [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }
    [[nodiscard]] const rejections& rejected() const noexcept {
        return whole_.get<ndcg::state_type>().rejected();
    }
    [[nodiscard]] std::size_t bytes() const noexcept {
        return sizeof *this + cut_.size() * sizeof(detail::cut_ranking_states) + asked_.bytes();
    }

    friend bool operator==(const bounded_evaluation&, const bounded_evaluation&) = default;

    [[nodiscard]] std::string defect() const;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("task", self.task_);
        visit("rows", self.rows_);
        visit("whole", self.whole_);
        visit("cut", self.cut_);
        visit("asked", self.asked_);
    }

  private:
    template <class Query>
    void take(const Query& query) noexcept;

    ranking_task task_;
    std::uint64_t rows_{0};
    detail::ranking_states whole_;
    std::vector<detail::cut_ranking_states> cut_;  // one a cutoff
    detail::asked_ranking_states asked_;
};

}  // namespace leeway::inline v0
