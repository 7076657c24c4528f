// The bounded states of a task's metrics: what evaluate() and bounded_evaluation fill alike.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "leeway/accumulators/absolute_totals.hpp"
#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/accumulators/class_losses.hpp"
#include "leeway/accumulators/comoments.hpp"
#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/accumulators/deviance_losses.hpp"
#include "leeway/accumulators/error_extrema.hpp"
#include "leeway/accumulators/label_ranks.hpp"
#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/regression_losses.hpp"
#include "leeway/accumulators/regression_moments.hpp"
#include "leeway/accumulators/row_losses.hpp"
#include "leeway/accumulators/spiegelhalter_sums.hpp"
#include "leeway/compose/state_set.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/dcg.hpp"
#include "leeway/metrics/hit_rate_at.hpp"
#include "leeway/metrics/mean_average_precision.hpp"
#include "leeway/metrics/mean_reciprocal_rank.hpp"
#include "leeway/metrics/ndcg.hpp"
#include "leeway/metrics/precision_at.hpp"
#include "leeway/metrics/r_precision.hpp"
#include "leeway/metrics/recall_at.hpp"

namespace leeway::inline v0 {

namespace detail {

/// Of labels 0 and 1: everything but the order of the scores.
using binary_states = state_set<confusion_matrix, class_losses<loss::logarithmic>,
                                class_losses<loss::brier>, calibration_bins, spiegelhalter_sums>;

/// Of labels 0 and 1 with scores that are no probabilities.
using margin_states = state_set<confusion_matrix, mean_loss<loss::hinge>>;

/// Of a regression, defined on every finite row: everything but the order of targets and errors.
using regression_states =
    state_set<mean_loss<loss::squared_error>, mean_loss<loss::absolute_error>, regression_moments,
              comoments, error_extrema, absolute_totals, mean_loss<loss::huber>,
              mean_loss<loss::log_cosh>, mean_loss<loss::absolute_percentage_error>,
              mean_loss<loss::symmetric_absolute_percentage_error>>;

/// Of a regression, defined where targets and predictions are, say, positive.
using partial_regression_states =
    state_set<mean_loss<loss::squared_log_error>, mean_loss<loss::poisson_deviance>,
              mean_loss<loss::gamma_deviance>>;

/// Of a ranking: figures of whole lists, and of lists cut at one rank.
using ranking_states = state_set<ndcg::state_type, mean_average_precision::state_type,
                                 mean_reciprocal_rank::state_type, r_precision::state_type>;
using cut_ranking_states = state_set<ndcg::state_type, dcg::state_type, precision_at::state_type,
                                     recall_at::state_type, hit_rate_at::state_type>;

/// Of classes 0 .. classes - 1: everything but the order of the scores. Memory: 8 classes^2 bytes,
/// and some 300 a class. Thread rule: one writer.
struct multiclass_states {
    multiclass_states() : multiclass_states(2) {}
    explicit multiclass_states(std::size_t classes)
        : counts(classes),
          losses({}, class_losses<loss::row_logarithmic>(classes),
                 class_losses<loss::row_brier>(classes)),
          ranks(classes) {}

    confusion_matrix counts;
    state_set<mean_loss<loss::row_ranked>, class_losses<loss::row_logarithmic>,
              class_losses<loss::row_brier>>
        losses;
    calibration_bins top_label{};  ///< was the decided class right, and how probable was it said
    mean_loss<loss::row_hinge> hinge{};  ///< of margins, instead of losses and top_label
    label_ranks ranks;

    /// Takes a row of scores, of a decision (null: that of the largest score, the first of equal
    /// ones), or of both; false, with the reason counted, when it cannot be used.
    bool take(const probability_row& row, const std::int32_t* decision, bool margins,
              rejections& rejected) noexcept {
        if (!rejected.accepts_weight(row.weight)) return false;
        for (const double score : row.scores) {
            if (rejected.counts(score)) return false;
        }
        const bool scored = !row.scores.empty();
        if (scored ? row.scores.size() != counts.classes() : decision == nullptr) {
            ++rejected.range;
            return false;
        }
        const auto decided =
            decision != nullptr
                ? *decision
                : static_cast<std::int32_t>(std::max_element(row.scores.begin(), row.scores.end()) -
                                            row.scores.begin());
        if (!inside(row.label) || !inside(decided)) {
            ++rejected.label;
            return false;
        }
        counts.update({row.label, decided, row.weight});
        if (!scored) return true;
        ranks.update(row);
        if (margins) {
            hinge.update(row);
            return true;
        }
        losses.update(row);
        rejections scratch;
        if (loss::row_brier::accepts(row, scratch)) {
            top_label.update({.label = decided == row.label ? 1 : 0,
                              .score = row.scores[static_cast<std::size_t>(decided)],
                              .weight = row.weight});
        }
        return true;
    }

    void merge(const multiclass_states& other) {
        counts.merge(other.counts);
        losses.merge(other.losses);
        top_label.merge(other.top_label);
        hinge.merge(other.hinge);
        ranks.merge(other.ranks);
    }
    void reset() noexcept {
        counts.reset();
        losses.reset();
        top_label.reset();
        hinge.reset();
        ranks.reset();
    }
    [[nodiscard]] std::size_t bytes() const noexcept {
        return counts.bytes() + losses.bytes() + top_label.bytes() + hinge.bytes() + ranks.bytes();
    }

    friend bool operator==(const multiclass_states&, const multiclass_states&) = default;

    /// Each part may be sound and of its own number of classes.
    [[nodiscard]] std::string defect() const {
        const std::size_t classes = counts.classes();
        const bool one_number =
            ranks.classes() == classes &&
            losses.get<class_losses<loss::row_logarithmic>>().classes() == classes &&
            losses.get<class_losses<loss::row_brier>>().classes() == classes;
        return one_number ? "" : "multiclass_states: parts of different numbers of classes";
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("counts", self.counts);
        visit("losses", self.losses);
        visit("top_label", self.top_label);
        visit("hinge", self.hinge);
        visit("ranks", self.ranks);
    }

  private:
    [[nodiscard]] bool inside(std::int32_t c) const noexcept {
        return c >= 0 && static_cast<std::size_t>(c) < counts.classes();
    }
};

}  // namespace detail

}  // namespace leeway::inline v0
