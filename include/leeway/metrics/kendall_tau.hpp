// How many pairs of rows predictions put in the right order.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "leeway/accumulators/paired_values.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/core/weight_sum.hpp"
#include "leeway/metrics/fisher_interval.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// Kendall's tau-b, (C - D) / sqrt(T P): over all pairs of rows, C the weight of those that
/// predictions order as the targets do and D of those the other way round, T and P of those whose
/// targets and predictions differ; a pair weighs the product of its rows' weights. In [-1, 1],
/// higher is better. Weight k is k copies.
///
/// Undefined as pearson_correlation is. Interval: Fisher's z with variance 0.437 / (n - 4), n
/// Kish's effective rows when weighted; none up to 4 rows, at -1 and 1; too short for |tau| above
/// 0.8. Cost: O(n log n), by a tree of partial sums over the predictions' ranks; counts
/// of pairs are exact below 2^53. Thread rule: a pure function. Source:
/// M. Kendall, "The treatment of ties in ranking problems", Biometrika 33 (1945); E. Fieller, H.
/// Hartley, E. Pearson, "Tests for rank correlation coefficients I", Biometrika 44 (1957).
struct kendall_tau {
    using state_type = paired_values;
    static constexpr info_card info{"kendall_tau",
                                    "1",
                                    -1,
                                    1,
                                    orientation::higher_is_better,
                                    "target or prediction is constant, or there is one row"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const paired_values& state) const {
        const std::size_t n = state.size();
        if (n == 0) return undefined::empty;
        const weight_sum weights = state.total_weight();
        const double weight = weights.value();
        if (n < 2) return estimate(undefined::too_little_data, weight);
        std::vector<row> rows;
        rows.reserve(n);
        for (std::size_t i = 0; i < n; ++i) {
            const regression_outcome pair = state[i];
            rows.push_back({pair.target, pair.prediction, pair.weight, 0});
        }
        std::sort(rows.begin(), rows.end(),
                  [](const row& a, const row& b) { return a.prediction < b.prediction; });
        const double predictions = unequal_pairs(rows, &row::prediction);
        std::size_t ranks = 0;
        for (std::size_t i = 0; i < n; ++i) {
            if (i == 0 || rows[i].prediction != rows[i - 1].prediction) ++ranks;
            rows[i].rank = ranks;  // from 1
        }
        std::sort(rows.begin(), rows.end(),
                  [](const row& a, const row& b) { return a.target < b.target; });
        const double targets = unequal_pairs(rows, &row::target);
        if (rows.front().target == rows.back().target)
            return estimate(undefined::constant_target, weight);
        if (ranks == 1) return estimate(undefined::zero_denominator, weight);
        const double ordered = ordered_pairs(rows, ranks);
        const double value = ordered / std::sqrt(targets) / std::sqrt(predictions);
        if (!std::isfinite(value)) return estimate(undefined::out_of_range, weight);
        const double effective = effective_rows(weight, weights.squares());
        return fisher_interval(std::clamp(value, -1.0, 1.0), 0.437 / (effective - 4), weight,
                               confidence);
    }

  private:
    struct row {
        double target;
        double prediction;
        double weight;
        std::size_t rank;
    };

    /// The weight of the pairs that differ in a member by which the rows are sorted.
    [[nodiscard]] static double unequal_pairs(const std::vector<row>& rows, double row::*member) {
        compensated_sum pairs;
        compensated_sum below;
        for (std::size_t begin = 0; begin < rows.size();) {
            compensated_sum block;
            const double value = rows[begin].*member;
            for (; begin < rows.size() && rows[begin].*member == value; ++begin)
                block.add(rows[begin].weight);
            pairs.add(block.value() * below.value());
            below.merge(block);
        }
        return pairs.value();
    }

    /// C - D of rows sorted by target: each block of equal targets meets the rows below it.
    [[nodiscard]] static double ordered_pairs(const std::vector<row>& rows, std::size_t ranks) {
        std::vector<double> tree(ranks + 1, 0.0);
        const auto up_to = [&](std::size_t rank) {
            double sum = 0;
            for (; rank > 0; rank &= rank - 1) sum += tree[rank];
            return sum;
        };
        compensated_sum right;
        compensated_sum wrong;
        double seen = 0;
        for (std::size_t begin = 0; begin < rows.size();) {
            std::size_t end = begin;
            for (; end < rows.size() && rows[end].target == rows[begin].target; ++end) {
                right.add(rows[end].weight * up_to(rows[end].rank - 1));
                wrong.add(rows[end].weight * (seen - up_to(rows[end].rank)));
            }
            for (; begin < end; ++begin) {
                for (std::size_t at = rows[begin].rank; at <= ranks; at += at & (~at + 1))
                    tree[at] += rows[begin].weight;
                seen += rows[begin].weight;
            }
        }
        return right.value() - wrong.value();
    }
};

}  // namespace leeway::inline v0
