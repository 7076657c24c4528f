// How well risks put the times of events in order.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "leeway/accumulators/survival_outcomes.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/core/weight_sum.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// Harrell's concordance index, the share of comparable pairs of rows in which the earlier event
/// has the larger risk, equal risks counting half; in [0, 1], higher is better, 0.5 for risks that
/// know nothing.
///
/// A pair is comparable when one has its event before the other's time, or at the same time where
/// the other is censored; it weighs the product of the rows' weights, so weight k is k copies. With
/// much censoring the index depends on who was censored when (Uno's weights are not applied).
///
/// Undefined: empty; zero denominator without a comparable pair. Interval: large-sample, from the
/// pull of each row (infinitesimal jackknife), sum w_i^2 ((c_i - C p_i) / P)^2, p_i the weight of
/// the pairs of row i, c_i of the right ones, P of all; none at 0 and 1, where it would claim
/// certainty. Cost: O(n log n), two passes over a tree of partial sums. Thread rule: a pure
/// function.
/// Source: F. Harrell et al., "Evaluating the yield of medical tests", JAMA 247 (1982); T.
/// Therneau, E. Atkinson, "Concordance" (vignette of the R package survival, 2020).
struct concordance_index {
    using state_type = survival_outcomes;
    static constexpr info_card info{"concordance_index",
                                    "1",
                                    0,
                                    1,
                                    orientation::higher_is_better,
                                    "no pair of rows can be compared"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const survival_outcomes& state) const {
        if (state.size() == 0) return undefined::empty;
        const double weight = state.total_weight().value();
        std::vector<row> rows = in_order_of_time(state);
        std::size_t ranks = 0;
        for (const row& r : rows) ranks = std::max(ranks, r.rank);
        meet_later(rows, ranks);
        compensated_sum pairs;
        compensated_sum right;
        for (const row& r : rows) {  // each pair once: from its earlier row
            pairs.add(r.weight * r.pairs);
            right.add(r.weight * r.right);
        }
        if (!(pairs.value() > 0)) return estimate(undefined::zero_denominator, weight);
        const double value = right.value() / pairs.value();
        if (!std::isfinite(value)) return estimate(undefined::out_of_range, weight);
        if (!(value > 1e-12 && value < 1 - 1e-12))
            return estimate::of(std::clamp(value, 0.0, 1.0), weight);
        meet_earlier(rows, ranks);
        compensated_sum variance;
        for (const row& r : rows) {
            const double pull = r.weight * (r.right - value * r.pairs) / pairs.value();
            variance.add(pull * pull);
        }
        const double rows_alike = effective_rows(weight, state.total_weight().squares());
        return score_interval(value, std::sqrt(variance.value()), rows_alike - 1, weight,
                              confidence, info);
    }

  private:
    struct row {
        double time;
        bool event;
        double risk;
        double weight;
        std::size_t rank;  ///< of the risk, from 1
        double pairs;      ///< weight of the rows it is comparable with
        double right;      ///< and of those in the right order, ties half
    };

    /// Weights by rank of risk: how much lies below a rank, and up to it.
    class tree {
      public:
        explicit tree(std::size_t ranks) : sums_(ranks + 1, 0.0) {}

        void add(const row& r) {
            total_ += r.weight;
            for (std::size_t at = r.rank; at < sums_.size(); at += at & (~at + 1))
                sums_[at] += r.weight;
        }
        [[nodiscard]] double up_to(std::size_t rank) const {
            double sum = 0;
            for (; rank > 0; rank &= rank - 1) sum += sums_[rank];
            return sum;
        }
        [[nodiscard]] double total() const { return total_; }

      private:
        std::vector<double> sums_;
        double total_{0};
    };

    /// By time, events before censored rows of the same time; ranks of the risks given.
    [[nodiscard]] static std::vector<row> in_order_of_time(const survival_outcomes& state) {
        std::vector<row> rows;
        rows.reserve(state.size());
        for (std::size_t i = 0; i < state.size(); ++i) {
            const survival_outcome from = state[i];
            rows.push_back({from.time, from.event == 1, from.risk, from.weight, 0, 0, 0});
        }
        std::sort(rows.begin(), rows.end(),
                  [](const row& a, const row& b) { return a.risk < b.risk; });
        for (std::size_t i = 0, rank = 0; i < rows.size(); ++i) {
            if (i == 0 || rows[i].risk != rows[i - 1].risk) ++rank;
            rows[i].rank = rank;
        }
        std::sort(rows.begin(), rows.end(), [](const row& a, const row& b) {
            return a.time != b.time ? a.time < b.time : a.event && !b.event;
        });
        return rows;
    }

    [[nodiscard]] static bool together(const row& a, const row& b) {
        return a.time == b.time && a.event == b.event;
    }

    /// Each event against the rows behind it.
    static void meet_later(std::vector<row>& rows, std::size_t ranks) {
        tree behind(ranks);
        for (std::size_t end = rows.size(); end > 0;) {
            std::size_t begin = end;
            while (begin > 0 && together(rows[begin - 1], rows[end - 1])) --begin;
            for (std::size_t i = begin; i < end && rows[i].event; ++i) {
                rows[i].pairs += behind.total();
                rows[i].right +=
                    0.5 * (behind.up_to(rows[i].rank - 1) + behind.up_to(rows[i].rank));
            }
            for (; end > begin; --end) behind.add(rows[end - 1]);
        }
    }

    /// Each row against the events before it.
    static void meet_earlier(std::vector<row>& rows, std::size_t ranks) {
        tree events(ranks);
        for (std::size_t begin = 0; begin < rows.size();) {
            std::size_t end = begin;
            while (end < rows.size() && together(rows[end], rows[begin])) ++end;
            for (std::size_t i = begin; i < end; ++i) {
                rows[i].pairs += events.total();
                rows[i].right += events.total() - 0.5 * (events.up_to(rows[i].rank - 1) +
                                                         events.up_to(rows[i].rank));
            }
            for (; begin < end; ++begin) {
                if (rows[begin].event) events.add(rows[begin]);
            }
        }
    }
};

}  // namespace leeway::inline v0
