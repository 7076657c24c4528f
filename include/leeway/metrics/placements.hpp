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
/// Unweighted sums are integers of 128 bits, so the area is exact up to one division. Source: E.
/// DeLong, D. DeLong, D. Clarke-Pearson, "Comparing the areas under two or more correlated receiver
/// operating characteristic curves", Biometrics 44 (1988).
struct placements {
    double positives{0};  ///< weight of each class
    double negatives{0};
    double area{std::numeric_limits<double>::quiet_NaN()};      ///< NaN unless both are there
    double variance{std::numeric_limits<double>::quiet_NaN()};  ///< NaN below two rows of a class
    double effective_positives{0};
    double effective_negatives{0};
};

namespace detail {

__extension__ using wide = unsigned __int128;

/// sum (x - mean x)^2 / (n - 1) of n integers, from their sum and their sum of squares.
[[nodiscard]] inline double sample_variance(wide sum, wide squares, std::uint64_t n) noexcept {
    // Deviations from the integer below the mean are exact; what is left to subtract is below n.
    const wide centre = sum / n;
    const wide about_centre = squares - 2 * centre * sum + centre * centre * n;
    const double rest = static_cast<double>(sum - centre * n);
    return (static_cast<double>(about_centre) - rest * rest / static_cast<double>(n)) /
           static_cast<double>(n - 1);
}

/// Both spans ascending and not empty.
[[nodiscard]] inline placements placements_of_sorted(std::span<const double> positive,
                                                     std::span<const double> negative) {
    const std::uint64_t p = positive.size();
    const std::uint64_t n = negative.size();
    wide twice_area = 0;  // sum over positives of 2 (below) + (tied)
    wide positive_squares = 0;
    wide negative_squares = 0;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < p && j < n) {
        const double x = positive[i];
        const double y = negative[j];
        if (x == y) {
            const std::size_t first_positive = i;
            const std::size_t first_negative = j;
            while (i < p && positive[i] == x) ++i;
            while (j < n && negative[j] == x) ++j;
            const wide positives = i - first_positive;
            const wide negatives = j - first_negative;
            const wide v = first_negative + j;              // 2 below + tied
            const wide u = (p - i) + (p - first_positive);  // 2 above + tied
            twice_area += positives * v;
            positive_squares += positives * v * v;
            negative_squares += negatives * u * u;
            continue;
        }
        // No branch: which class comes next is as hard to predict as the model is good to have.
        const std::uint64_t is_negative = y < x;
        const std::uint64_t keep_positive = is_negative - 1;  // all ones for a positive
        const std::uint64_t v = 2 * j & keep_positive;
        const std::uint64_t u = 2 * (p - i) & ~keep_positive;
        twice_area += v;
        positive_squares += static_cast<wide>(v) * v;
        negative_squares += static_cast<wide>(u) * u;
        i += 1 - is_negative;
        j += is_negative;
    }
    // Positives that are left lie above every negative; negatives that are left have none above.
    const wide above_all = p - i;
    twice_area += above_all * (2 * n);
    positive_squares += above_all * (2 * n) * (2 * n);

    placements found;
    found.positives = found.effective_positives = static_cast<double>(p);
    found.negatives = found.effective_negatives = static_cast<double>(n);
    found.area = static_cast<double>(twice_area) / (2 * found.positives * found.negatives);
    if (p > 1 && n > 1) {
        const double spread = sample_variance(twice_area, positive_squares, p) /
                              (4 * found.negatives * found.negatives);
        const double other = sample_variance(twice_area, negative_squares, n) /
                             (4 * found.positives * found.positives);
        found.variance = spread / found.positives + other / found.negatives;
    }
    return found;
}

struct weighted_score {
    double score;
    double weight;
};

[[nodiscard]] inline double weight_of(double) noexcept {
    return 1;
}
[[nodiscard]] inline double weight_of(const weighted_score& row) noexcept {
    return row.weight;
}

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
        found.variance = ep / (ep - 1) * spread / (found.positives * found.positives) +
                         en / (en - 1) * other / (found.negatives * found.negatives);
    }
    return found;
}

}  // namespace detail

namespace detail {

/// Parts rows by label, sorts each class and places one among the other.
template <class Item, class Labels, class ItemOf, class Score>
[[nodiscard]] placements placements_of_rows(const Labels& labels, ItemOf item_of, Score score) {
    const std::size_t rows = labels.size();
    std::size_t positives = 0;
    for (const auto label : labels) positives += label != 0 ? 1U : 0U;
    const std::size_t negatives = rows - positives;
    if (positives == 0 || negatives == 0) {
        placements none;
        double total = 0;
        for (std::size_t row = 0; row < rows; ++row) total += weight_of(item_of(row));
        (positives > 0 ? none.positives : none.negatives) = total;
        return none;
    }
    // Negatives, a gap of one, positives, scratch for the larger class. Every row is written to
    // both classes and one of the two moves on, because labels are as good as random to a branch.
    const std::size_t larger = std::max(positives, negatives);
    const auto storage = std::make_unique_for_overwrite<Item[]>(rows + 1 + larger);
    const std::span<Item> negative(storage.get(), negatives);
    const std::span<Item> positive(storage.get() + negatives + 1, positives);
    const std::span<Item> scratch(storage.get() + rows + 1, larger);
    Item* next_negative = negative.data();
    Item* next_positive = positive.data();
    for (std::size_t row = 0; row < rows; ++row) {
        const std::size_t is_positive = labels[row] != 0 ? 1 : 0;
        const Item item = item_of(row);
        *next_negative = item;
        *next_positive = item;
        next_negative += 1 - is_positive;
        next_positive += is_positive;
    }
    radix_sort(negative, scratch, score);
    radix_sort(positive, scratch, score);
    return placements_of_sorted(std::span<const Item>(positive), std::span<const Item>(negative));
}

}  // namespace detail

/// Placements of rows given as columns of one length: labels (0 or not), finite scores, weights
/// above zero (none: all 1).
///
/// Cost: two radix sorts and a merge, about 15 ns a row at a million rows, and 16 bytes of memory a
/// row while it runs; twice that with weights.
template <class Labels>
[[nodiscard]] placements placements_of(const Labels& labels, std::span<const double> scores,
                                       std::span<const double> weights = {}) {
    if (weights.empty()) {
        return detail::placements_of_rows<double>(
            labels, [&](std::size_t row) { return scores[row]; },
            [](double score) { return score; });
    }
    return detail::placements_of_rows<detail::weighted_score>(
        labels,
        [&](std::size_t row) {
            return detail::weighted_score{scores[row], weights[row]};
        },
        [](const detail::weighted_score& row) { return row.score; });
}

}  // namespace leeway::inline v0
