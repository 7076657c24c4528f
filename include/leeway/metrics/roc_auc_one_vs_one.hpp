// How well each pair of classes is told apart.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "leeway/accumulators/class_score_tables.hpp"
#include "leeway/accumulators/class_scores.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/radix_sort.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/average.hpp"
#include "leeway/metrics/bounded_roc_auc.hpp"
#include "leeway/metrics/interval.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

/// Hand and Till's M: the mean over pairs of classes (a, b) of (A(a, b) + A(b, a)) / 2, where A(a,
/// b) is the ROC AUC of the score for class a among the rows of a (positive) and b; in [0, 1],
/// higher is better, 1/2 for scores that know nothing. Ties count half.
///
/// macro: plain mean over the pairs, which does not change with the sizes of the classes; weighted:
/// by the weight of the pair's rows. binary and micro raise. Pairs with a class that has no rows
/// are left out, where scikit-learn raises. Undefined: empty, or one class.
///
/// Of class_score_tables that are by_pair: *certified*, the same mean of the pairs' bands
/// (roc_auc.hpp), which hold however the pairs depend on one another; confidence is 1. It bounds
/// the error of the tables and not the luck of the sample. of_sample() (bounded_figure.hpp): the
/// same mean of the ends of bounded_roc_auc, conservative. O(classes^2 cells).
///
/// Of class_scores: exact. Interval: large-sample, given the sizes of the classes: DeLong's
/// placements of a row are added over all comparisons that it takes part in, so their dependence is
/// in the variance. None where that is zero or a class has one effective row.
///
/// Key: "roc_auc_one_vs_one_macro". Cost: classes sorts of all rows and classes^2 merges. Thread
/// rule: a pure function. Source: D. J. Hand, R. J. Till, "A simple generalisation of the area
/// under the ROC curve for multiple class classification problems", Machine Learning 45 (2001).
struct roc_auc_one_vs_one {
    using state_type = class_scores;
    static constexpr info_card info{
        "roc_auc_one_vs_one", "1", 0, 1, orientation::higher_is_better, "there is only one class"};

    average over{average::macro};
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const { return averaged_key(info.name, over); }

    [[nodiscard]] estimate operator()(const class_score_tables& state) const {
        return mean_of_pairs(state, roc_auc{}, 1);
    }

    [[nodiscard]] estimate of_sample(const class_score_tables& state) const {
        return mean_of_pairs(state, bounded_roc_auc{.confidence = confidence}, confidence.level);
    }

    [[nodiscard]] estimate operator()(const class_scores& state) const {
        require_average();
        std::vector<compensated_sum> sums(state.classes());
        std::vector<double> squares(state.classes(), 0.0);
        compensated_sum all;
        for (std::size_t row = 0; row < state.size(); ++row) {
            const double weight = weight_of(state, row);
            const auto label = static_cast<std::size_t>(state.labels()[row]);
            sums[label].add(weight);
            squares[label] += weight * weight;
            all.add(weight);
        }
        if (!(all.value() > 0)) return undefined::empty;
        std::vector<double> size(state.classes(), 0.0);
        std::vector<std::size_t> seen;
        for (std::size_t c = 0; c < size.size(); ++c) {
            size[c] = sums[c].value();
            if (size[c] > 0) seen.push_back(c);
        }
        if (seen.size() < 2) return estimate(undefined::one_class, all.value());

        // Each of the seen classes is in (seen - 1) pairs.
        const auto others = static_cast<double>(seen.size() - 1);
        const auto share_of = [&](std::size_t a, std::size_t b) {
            return over == average::macro ? 2 / (others * static_cast<double>(seen.size()))
                                          : (size[a] + size[b]) / (all.value() * others);
        };
        std::vector<double> pull(state.size(), 0.0);
        std::vector<item> storage(state.size());
        std::vector<item> scratch(state.size());
        compensated_sum value;
        for (const std::size_t a : seen) {
            const auto by_class = sorted_by_class(state, a, storage, scratch);
            for (const std::size_t b : seen) {
                if (b == a) continue;
                const double share = share_of(a, b) / 2;
                value.add(share * compare(by_class[a], by_class[b], size[a], size[b], share, pull));
            }
        }
        const double area = std::min(value.value(), 1.0);

        std::vector<double> spread(state.classes(), 0.0);
        for (std::size_t row = 0; row < state.size(); ++row) {
            const double deviation = weight_of(state, row) * pull[row];
            spread[static_cast<std::size_t>(state.labels()[row])] += deviation * deviation;
        }
        double variance = 0;
        double uncertain = 0;  // of the variance: sum of part^2 / (rows - 1), as Welch has it
        for (const std::size_t c : seen) {
            const double rows = effective_rows(size[c], squares[c]);
            if (!(rows > 1)) return estimate::of(area, all.value());
            const double part = rows / (rows - 1) * spread[c] / (size[c] * size[c]);
            variance += part;
            uncertain += part * part / (rows - 1);
        }
        if (!(variance > 0)) return estimate::of(area, all.value());
        return score_interval(area, std::sqrt(variance), variance * variance / uncertain,
                              all.value(), confidence, info);
    }

  private:
    /// Of the pairs' areas, read as `area` does.
    template <class Area>
    [[nodiscard]] estimate mean_of_pairs(const class_score_tables& state, const Area& area,
                                         double level) const {
        require_average();
        std::vector<double> size(state.classes(), 0.0);
        double all = 0;
        for (std::size_t c = 0; c < size.size(); ++c) {
            size[c] = state.one_vs_one(c, c).positives().total();
            all += size[c];
        }
        if (!(all > 0)) return undefined::empty;
        compensated_sum value, lower, upper, shares;
        for (std::size_t a = 0; a < size.size(); ++a) {
            for (std::size_t b = 0; b < size.size(); ++b) {
                if (a == b || !(size[a] > 0 && size[b] > 0)) continue;
                const estimate pair = area(state.one_vs_one(a, b));
                const double share = over == average::macro ? 1 : size[a] + size[b];
                value.add(share * pair.value());
                lower.add(share * pair.lower());
                upper.add(share * pair.upper());
                shares.add(share);
            }
        }
        const double sum = shares.value();
        if (!(sum > 0)) return estimate(undefined::one_class, all);
        // Weights that are not whole numbers are rounded in shares too.
        const double rounding = over == average::macro ? detail::sum_rounding : 1e-12;
        return estimate::within(std::min(value.value() / sum, 1.0),
                                std::max(lower.value() / sum - rounding, 0.0),
                                std::min(upper.value() / sum + rounding, 1.0), level, all);
    }

    struct item {
        double score;
        double weight;
        std::size_t row;
    };

    void require_average() const {
        if (over != average::macro && over != average::weighted)
            raise_invalid(info.name, "over", to_string(over), "macro or weighted");
    }

    [[nodiscard]] static double weight_of(const class_scores& state, std::size_t row) {
        return state.weights().empty() ? 1.0 : state.weights()[row];
    }

    /// The rows of each class, ascending by their score for class `column`.
    [[nodiscard]] static std::vector<std::span<item>> sorted_by_class(const class_scores& state,
                                                                      std::size_t column,
                                                                      std::vector<item>& storage,
                                                                      std::vector<item>& scratch) {
        const std::size_t classes = state.classes();
        std::vector<std::size_t> next(classes + 1, 0);
        for (const std::int32_t label : state.labels()) ++next[static_cast<std::size_t>(label) + 1];
        for (std::size_t c = 0; c < classes; ++c) next[c + 1] += next[c];
        const std::vector<std::size_t> first = next;
        for (std::size_t row = 0; row < state.size(); ++row) {
            storage[next[static_cast<std::size_t>(state.labels()[row])]++] = {
                state.scores()[row * classes + column], weight_of(state, row), row};
        }
        std::vector<std::span<item>> by_class(classes);
        for (std::size_t c = 0; c < classes; ++c) {
            by_class[c] = std::span(storage).subspan(first[c], first[c + 1] - first[c]);
            radix_sort(by_class[c], std::span(scratch), [](const item& one) { return one.score; });
        }
        return by_class;
    }

    /// The area, and each row's deviation from it, `share` times, added to its pull.
    [[nodiscard]] static double compare(std::span<const item> positive,
                                        std::span<const item> negative, double p, double n,
                                        double share, std::vector<double>& pull) {
        compensated_sum below;   // negatives
        compensated_sum passed;  // positives
        compensated_sum area;
        std::size_t j = 0;
        for (std::size_t i = 0; i < positive.size() || j < negative.size();) {
            const bool only_positive = j == negative.size();
            const bool only_negative = i == positive.size();
            const double score = only_positive   ? positive[i].score
                                 : only_negative ? negative[j].score
                                                 : std::min(positive[i].score, negative[j].score);
            const std::size_t i0 = i;
            const std::size_t j0 = j;
            const double below_before = below.value();
            const double passed_before = passed.value();
            for (; i < positive.size() && positive[i].score == score; ++i)
                passed.add(positive[i].weight);
            for (; j < negative.size() && negative[j].score == score; ++j)
                below.add(negative[j].weight);
            const double v = (below_before + below.value()) / (2 * n);
            const double u = 1 - (passed_before + passed.value()) / (2 * p);
            for (std::size_t k = i0; k < i; ++k) {
                area.add(positive[k].weight * v);
                pull[positive[k].row] += share * v;
            }
            for (std::size_t k = j0; k < j; ++k) pull[negative[k].row] += share * u;
        }
        const double found = area.value() / p;
        for (const item& one : positive) pull[one.row] -= share * found;
        for (const item& one : negative) pull[one.row] -= share * found;
        return found;
    }
};

}  // namespace leeway::inline v0
