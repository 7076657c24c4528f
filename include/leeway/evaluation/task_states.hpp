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
#include "leeway/evaluation/task.hpp"
#include "leeway/metrics/dcg.hpp"
#include "leeway/metrics/hit_rate_at.hpp"
#include "leeway/metrics/huber_loss.hpp"
#include "leeway/metrics/mean_average_precision.hpp"
#include "leeway/metrics/mean_reciprocal_rank.hpp"
#include "leeway/metrics/mean_tweedie_deviance.hpp"
#include "leeway/metrics/ndcg.hpp"
#include "leeway/metrics/pinball_loss.hpp"
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

/// Of a regression, what a task asks for beyond its usual figures: a state for each power, level
/// and delta. Raises where one of them is out of range.
struct asked_regression_states {
    asked_regression_states() = default;
    explicit asked_regression_states(const regression_task& task) {
        for (const double power : task.powers)
            deviances.push_back(mean_tweedie_deviance{power}.empty_state());
        for (const double level : task.levels)
            pinballs.push_back(pinball_loss{level}.empty_state());
        for (const double delta : task.deltas) hubers.push_back(huber_loss{delta}.empty_state());
    }

    std::vector<mean_tweedie_deviance::state_type> deviances{};
    std::vector<pinball_loss::state_type> pinballs{};
    std::vector<huber_loss::state_type> hubers{};

    /// see(states) for each of the lists.
    template <class Self, class See>
    static void each(Self& self, See see) {
        see(self.deviances, &asked_regression_states::deviances);
        see(self.pinballs, &asked_regression_states::pinballs);
        see(self.hubers, &asked_regression_states::hubers);
    }
    template <class Rows>
    void update(const Rows& rows) {
        each(*this, [&](auto& states, auto) {
            for (auto& state : states) state.update(rows);
        });
    }
    /// Of a task that is the same.
    void merge(const asked_regression_states& other) {
        each(*this, [&](auto& states, auto of) {
            for (std::size_t i = 0; i < states.size(); ++i) states[i].merge((other.*of)[i]);
        });
    }
    void reset() noexcept {
        each(*this, [](auto& states, auto) {
            for (auto& state : states) state.reset();
        });
    }
    [[nodiscard]] std::size_t bytes() const noexcept {
        std::size_t sum = sizeof *this;
        each(*this, [&](const auto& states, auto) {
            for (const auto& state : states) sum += state.bytes();
        });
        return sum;
    }

    friend bool operator==(const asked_regression_states&,
                           const asked_regression_states&) = default;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("deviances", self.deviances);
        visit("pinballs", self.pinballs);
        visit("hubers", self.hubers);
    }
};

/// Of a ranking, what a task asks for beyond its usual figures: states of whole lists, and of lists
/// cut at each rank.
struct asked_ranking_states {
    asked_ranking_states() = default;
    explicit asked_ranking_states(const ranking_task& task) {
        const undefined_query rule = task.without_relevant;
        constexpr auto exponential = relevance_gain::exponential;
        if (task.thorough) {
            for (const std::size_t k : task.cutoffs) {
                precisions.push_back(mean_average_precision{.k = k}.empty_state(rule));
                reciprocals.push_back(mean_reciprocal_rank{.k = k}.empty_state(rule));
            }
        }
        if (!task.exponential_gain) return;
        std::vector<std::size_t> ranks{0};
        ranks.insert(ranks.end(), task.cutoffs.begin(), task.cutoffs.end());
        for (const std::size_t k : ranks) {
            normalised.push_back(ndcg{.k = k, .gain = exponential}.empty_state(rule));
            gains.push_back(dcg{.k = k, .gain = exponential}.empty_state(rule));
        }
    }

    std::vector<mean_average_precision::state_type> precisions{};  // one a cutoff
    std::vector<mean_reciprocal_rank::state_type> reciprocals{};
    std::vector<ndcg::state_type> normalised{};  // of whole lists, then one a cutoff
    std::vector<dcg::state_type> gains{};

    template <class Self, class See>
    static void each(Self& self, See see) {
        see(self.precisions, &asked_ranking_states::precisions);
        see(self.reciprocals, &asked_ranking_states::reciprocals);
        see(self.normalised, &asked_ranking_states::normalised);
        see(self.gains, &asked_ranking_states::gains);
    }
    /// A ranked_query or an ordered_query.
    template <class Query>
    void update(const Query& query) noexcept {
        each(*this, [&](auto& states, auto) {
            for (auto& state : states) state.update(query);
        });
    }
    /// Of a task that is the same.
    void merge(const asked_ranking_states& other) {
        each(*this, [&](auto& states, auto of) {
            for (std::size_t i = 0; i < states.size(); ++i) states[i].merge((other.*of)[i]);
        });
    }
    void reset() noexcept {
        each(*this, [](auto& states, auto) {
            for (auto& state : states) state.reset();
        });
    }
    [[nodiscard]] std::size_t bytes() const noexcept {
        std::size_t sum = sizeof *this;
        each(*this, [&](const auto& states, auto) {
            for (const auto& state : states) sum += state.bytes();
        });
        return sum;
    }

    friend bool operator==(const asked_ranking_states&, const asked_ranking_states&) = default;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("precisions", self.precisions);
        visit("reciprocals", self.reciprocals);
        visit("normalised", self.normalised);
        visit("gains", self.gains);
    }
};

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
