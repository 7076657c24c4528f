// What the figures of rows with several labels are read from.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <vector>

#include "leeway/accumulators/log_linear_layout.hpp"
#include "leeway/accumulators/multilabel_counts.hpp"
#include "leeway/accumulators/score_table.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/report.hpp"
#include "leeway/evaluation/task.hpp"
#include "leeway/metrics/coverage_error.hpp"
#include "leeway/metrics/label_ranking_average_precision.hpp"
#include "leeway/metrics/label_ranking_loss.hpp"

namespace leeway::inline v0::detail {

/// Scores is scored_outcomes (every score) or score_table (bounded).
template <class Scores>
struct label_states {
    explicit label_states(const multilabel_task& of)
        : task(of),
          counts(static_cast<std::size_t>(of.labels)),
          rankings(label_ranking_average_precision{}.empty_state(of.without_label),
                   coverage_error{}.empty_state(of.without_label),
                   label_ranking_loss{}.empty_state(of.without_label)),
          decided_(counts.labels()),
          relevance_(counts.labels()) {}

    /// A row of labels with decisions, scores, or both (empty: none); what keeps it from being
    /// evaluated is counted here or in counts.
    void take(std::span<const std::int32_t> label, std::span<const std::int32_t> prediction,
              std::span<const double> score, double weight, rejections& rejected) {
        if (!rejected.accepts_weight(weight)) return;
        if (std::any_of(score.begin(), score.end(),
                        [&](double one) { return rejected.counts(one); })) {
            return;
        }
        for (std::size_t l = 0; l < counts.labels(); ++l) {
            decided_[l] = !prediction.empty() ? prediction[l] : score[l] >= task.threshold ? 1 : 0;
            relevance_[l] = label[l];
        }
        const auto counted = counts.rows();
        counts.update({label, decided_, weight});
        if (score.empty() || counts.rows() == counted) return;
        std::apply(
            [&](auto&... state) {
                (state.update({relevance_, score, weight}), ...);
            },
            rankings);
        for (std::size_t l = 0; l < counts.labels(); ++l)
            of_label[l].update({label[l], score[l], weight});
    }

    multilabel_task task;
    multilabel_counts counts;
    std::tuple<label_ranking_average_precision::state_type, coverage_error::state_type,
               label_ranking_loss::state_type>
        rankings;
    std::vector<Scores> of_label{};  ///< empty without scores

  private:
    std::vector<std::int32_t> decided_;
    std::vector<double> relevance_;
};

/// The figures of a stream: those of the order of the scores are certified bands. Memory: 50 KiB a
/// label with log_linear_layout::probabilities(), 1 MiB with any().
class bounded_labels {
  public:
    bounded_labels(const multilabel_task& task, const log_linear_layout& layout, bool scored)
        : states_(task) {
        if (scored) states_.of_label.assign(states_.counts.labels(), score_table(layout));
    }

    void update(std::span<const std::int32_t> label, std::span<const std::int32_t> prediction,
                std::span<const double> score, double weight) {
        ++rows_;
        states_.take(label, prediction, score, weight, rejected_);
    }

    [[nodiscard]] report result() const;

  private:
    label_states<score_table> states_;
    std::uint64_t rows_{0};
    rejections rejected_;
};

}  // namespace leeway::inline v0::detail
