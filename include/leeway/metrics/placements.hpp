// Placement values: where each score of one class falls among the scores of the other.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>

#include "leeway/core/numeric.hpp"
#include "leeway/core/radix_sort.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"
#include "leeway/metrics/pair_sums.hpp"

namespace leeway::inline v0 {

/// The area under the ROC curve with DeLong's variance, from every score.
///
/// The placement of a positive is V_i = (weight of negatives below + half of those tied) / (weight
/// of negatives), that of a negative U_j the same share of positives above it. The area is the mean
/// of either; its variance is var(V) / P + var(U) / N.
///
/// Weighted: var(V) / P becomes p / (p - 1) sum w_i^2 (V_i - area)^2 / (sum w_i)^2 with p =
/// effective_rows of the class, the variance of a weighted mean whose weights are part of the
/// sample; equal weights give DeLong's formula back.
///
/// Unweighted sums are integers of 128 bits (pair_sums.hpp), so the area is exact up to one
/// division, and no order of adding them up can change a bit of it. Source: E.
/// DeLong, D. DeLong, D. Clarke-Pearson, "Comparing the areas under two or more correlated receiver
/// operating characteristic curves", Biometrics 44 (1988).
struct placements {
    double positives{0};  ///< weight of each class
    double negatives{0};
    double area{std::numeric_limits<double>::quiet_NaN()};      ///< NaN unless both are there
    double variance{std::numeric_limits<double>::quiet_NaN()};  ///< NaN below two rows of a class
    double effective_positives{0};
    double effective_negatives{0};
    double freedom{0};  ///< degrees of freedom of the variance (Welch)

    /// The variance from the part of each class.
    void add_up(double of_positives, double of_negatives) noexcept {
        variance = of_positives + of_negatives;
        freedom =
            freedom_of_sum(of_positives, effective_positives, of_negatives, effective_negatives);
    }
};

namespace detail {

/// sum (x - mean x)^2 / (n - 1) of n integers, from their sum and their sum of squares.
[[nodiscard]] inline double sample_variance(wide sum, wide squares, std::uint64_t n) noexcept {
    // Deviations from the integer below the mean are exact; what is left to subtract is below n.
    const wide centre = sum / n;
    const wide about_centre = squares - 2 * centre * sum + centre * centre * n;
    const double rest = static_cast<double>(sum - centre * n);
    return (static_cast<double>(about_centre) - rest * rest / static_cast<double>(n)) /
           static_cast<double>(n - 1);
}

[[nodiscard]] inline placements placements_from(const pair_sums& sums, std::uint64_t p,
                                                std::uint64_t n) noexcept {
    placements found;
    found.positives = static_cast<double>(p);
    found.negatives = static_cast<double>(n);
    if (p == 0 || n == 0) return found;
    found.effective_positives = found.positives;
    found.effective_negatives = found.negatives;
    found.area = static_cast<double>(sums.pairs) / (2 * found.positives * found.negatives);
    if (p > 1 && n > 1) {
        const double spread = sample_variance(sums.pairs, sums.positive_squares, p) /
                              (4 * found.negatives * found.negatives);
        const double other = sample_variance(sums.pairs, sums.negative_squares, n) /
                             (4 * found.positives * found.positives);
        found.add_up(spread / found.positives, other / found.negatives);
    }
    return found;
}

struct weighted_score {
    double score;
    double weight;
};

/// Walks two ascending, not empty lists by groups of equal score: see(positives, negatives, weight
/// of negatives below, weight of positives above).
template <class See>
void for_each_score(std::span<const weighted_score> positive,
                    std::span<const weighted_score> negative, double positive_weight, See see) {
    compensated_sum below;
    compensated_sum above;
    above.add(positive_weight);
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < positive.size() || j < negative.size()) {
        const double score = i == positive.size() ? negative[j].score
                             : j == negative.size()
                                 ? positive[i].score
                                 : std::min(positive[i].score, negative[j].score);
        const std::size_t first_positive = i;
        const std::size_t first_negative = j;
        compensated_sum tied_positive;
        compensated_sum tied_negative;
        for (; i < positive.size() && positive[i].score == score; ++i) {
            tied_positive.add(positive[i].weight);
            above.add(-positive[i].weight);
        }
        for (; j < negative.size() && negative[j].score == score; ++j) {
            tied_negative.add(negative[j].weight);
        }
        see(positive.subspan(first_positive, i - first_positive),
            negative.subspan(first_negative, j - first_negative),
            below.value() + tied_negative.value() / 2, above.value() + tied_positive.value() / 2);
        below.merge(tied_negative);
    }
}

[[nodiscard]] inline placements placements_of_sorted(std::span<const weighted_score> positive,
                                                     std::span<const weighted_score> negative) {
    struct sums {
        compensated_sum weight;
        compensated_sum squares;
        [[nodiscard]] double effective() const {
            return weight.value() / squares.value() * weight.value();
        }
    } p, n;
    for (const auto& row : positive)
        p.weight.add(row.weight), p.squares.add(row.weight * row.weight);
    for (const auto& row : negative)
        n.weight.add(row.weight), n.squares.add(row.weight * row.weight);

    placements found;
    found.positives = p.weight.value();
    found.negatives = n.weight.value();
    found.effective_positives = p.effective();
    found.effective_negatives = n.effective();
    const auto walk = [&](auto see) { for_each_score(positive, negative, found.positives, see); };
    compensated_sum area;
    walk([&](auto positives, auto, double below, double) {
        for (const auto& row : positives) area.add(row.weight * (below / found.negatives));
    });
    found.area = area.value() / found.positives;

    double spread = 0;  // terms of one sign: plain sums lose nothing that matters
    double other = 0;
    walk([&](auto positives, auto negatives, double below, double above) {
        const double v = below / found.negatives - found.area;
        const double u = above / found.positives - found.area;
        for (const auto& row : positives) spread += row.weight * row.weight * v * v;
        for (const auto& row : negatives) other += row.weight * row.weight * u * u;
    });
    const double ep = found.effective_positives;
    const double en = found.effective_negatives;
    if (ep > 1 && en > 1) {
        found.add_up(ep / (ep - 1) * spread / (found.positives * found.positives),
                     en / (en - 1) * other / (found.negatives * found.negatives));
    }
    return found;
}

/// Parts rows by label, sorts each class and places one among the other.
template <class Labels>
[[nodiscard]] placements placements_of_weighted(const Labels& labels,
                                                std::span<const double> scores,
                                                std::span<const double> weights) {
    const std::size_t rows = labels.size();
    std::size_t positives = 0;
    for (const auto label : labels) positives += label != 0 ? 1U : 0U;
    const std::size_t negatives = rows - positives;
    if (positives == 0 || negatives == 0) {
        placements none;
        double total = 0;
        for (const double weight : weights) total += weight;
        (positives > 0 ? none.positives : none.negatives) = total;
        return none;
    }
    // Negatives, a gap of one, positives, scratch for the larger class. Every row is written to
    // both classes and one of the two moves on, because labels are as good as random to a branch.
    const std::size_t larger = std::max(positives, negatives);
    const auto storage = std::make_unique_for_overwrite<weighted_score[]>(rows + 1 + larger);
    const std::span<weighted_score> negative(storage.get(), negatives);
    const std::span<weighted_score> positive(storage.get() + negatives + 1, positives);
    const std::span<weighted_score> scratch(storage.get() + rows + 1, larger);
    weighted_score* next_negative = negative.data();
    weighted_score* next_positive = positive.data();
    for (std::size_t row = 0; row < rows; ++row) {
        const std::size_t is_positive = labels[row] != 0 ? 1 : 0;
        const weighted_score item{scores[row], weights[row]};
        *next_negative = item;
        *next_positive = item;
        next_negative += 1 - is_positive;
        next_positive += is_positive;
    }
    const auto score = [](const weighted_score& row) { return row.score; };
    radix_sort(negative, scratch, score);
    radix_sort(positive, scratch, score);
    return placements_of_sorted(positive, negative);
}

/// From pair sums: no order is needed, so nothing is sorted.
template <class Labels>
[[nodiscard]] placements placements_of_unweighted(const Labels& labels,
                                                  std::span<const double> scores) {
    const std::size_t rows = labels.size();
    std::size_t positives = 0;
    for (const auto label : labels) positives += label != 0 ? 1U : 0U;
    const std::size_t negatives = rows - positives;
    if (positives == 0 || negatives == 0) return placements_from({}, positives, negatives);
    const auto [low, high] = range_of(scores, [](double score) { return score; });
    if (low == high) {
        return placements_from(pair_sums::all_tied(positives, negatives), positives, negatives);
    }
    const auto visit = [&](auto see) {
        for (std::size_t row = 0; row < rows; ++row) {
            see(labels[row] != 0 ? std::size_t{1} : std::size_t{0}, scores[row]);
        }
    };
    return placements_from(pair_sums_by_cells(visit, rows, low, high, most_splits), positives,
                           negatives);
}

}  // namespace detail

/// Placements of rows given as columns of one length: labels (0 or not), finite scores, weights
/// above zero (none: all 1).
///
/// Cost without weights: pairs are counted by cells, at a million rows 11 to 14 ns a row for spread
/// scores, up to 20 where they crowd near a point, 5 to 11 where they are tied; 8 bytes of memory a
/// row while it runs. With weights: two radix sorts and two merges, about 50 ns a row and at most
/// 32 bytes.
template <class Labels>
[[nodiscard]] placements placements_of(const Labels& labels, std::span<const double> scores,
                                       std::span<const double> weights = {}) {
    return weights.empty() ? detail::placements_of_unweighted(labels, scores)
                           : detail::placements_of_weighted(labels, scores, weights);
}

}  // namespace leeway::inline v0
