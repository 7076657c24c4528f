// Pairs of a positive and a negative, counted without sorting all scores.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>

#include "leeway/core/radix_sort.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

namespace detail {

__extension__ using wide = unsigned __int128;

/// What the placements of some positives x among some negatives y add up to, as integers.
///
/// A pair counts 2 when the positive is above, 1 when they are tied, 0 below. v(x) is the sum over
/// the pairs of x, u(y) over those of y.
struct pair_sums {
    wide pairs{0};             ///< sum of v = sum of u: each counts every pair once
    wide positive_squares{0};  ///< sum of v^2
    wide negative_squares{0};  ///< sum of u^2

    friend bool operator==(const pair_sums&, const pair_sums&) = default;

    [[nodiscard]] static pair_sums all_tied(std::uint64_t p, std::uint64_t q) noexcept {
        return {wide(p) * q, wide(p) * q * q, wide(q) * p * p};
    }

    /// Adds a stretch of p positives and q negatives whose own sums are `in`, with `below`
    /// negatives under and `above` positives over all of it. Every v grows by 2 below and every u
    /// by 2 above, and sum (v + s)^2 = sum v^2 + 2 s sum v + s^2 p.
    void add(const pair_sums& in, std::uint64_t p, std::uint64_t q, std::uint64_t below,
             std::uint64_t above) noexcept {
        const wide v = 2 * wide(below);
        const wide u = 2 * wide(above);
        pairs += in.pairs + v * p;
        positive_squares += in.positive_squares + 2 * v * in.pairs + v * v * p;
        negative_squares += in.negative_squares + 2 * u * in.pairs + u * u * q;
    }
};

/// Both spans ascending.
[[nodiscard]] inline pair_sums pair_sums_of_sorted(std::span<const double> positive,
                                                   std::span<const double> negative) {
    const std::uint64_t p = positive.size();
    const std::uint64_t n = negative.size();
    pair_sums sums;
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
            const std::uint64_t positives = i - first_positive;
            const std::uint64_t negatives = j - first_negative;
            sums.add(pair_sums::all_tied(positives, negatives), positives, negatives,
                     first_negative, p - i);
            continue;
        }
        // No branch: which class comes next is as hard to predict as the model is good to have.
        const std::uint64_t is_negative = y < x;
        const std::uint64_t keep_positive = is_negative - 1;  // all ones for a positive
        const std::uint64_t v = 2 * j & keep_positive;
        const std::uint64_t u = 2 * (p - i) & ~keep_positive;
        sums.pairs += v;
        sums.positive_squares += static_cast<wide>(v) * v;
        sums.negative_squares += static_cast<wide>(u) * u;
        i += 1 - is_negative;
        j += is_negative;
    }
    // Positives that are left lie above every negative; negatives that are left have none above.
    sums.add({}, p - i, 0, n, 0);
    return sums;
}

/// A few rows of each class are compared each with each: no sort, and no branch on the scores.
inline constexpr std::size_t few_rows = 64;

[[nodiscard]] inline bool are_few(std::size_t p, std::size_t q) noexcept {
    return p <= few_rows && q <= few_rows && p * q <= 8 * (p + q);  // else the pairs cost too much
}

/// Both spans in any order; few (are_few).
[[nodiscard]] inline pair_sums pair_sums_of_few(std::span<const double> positive,
                                                std::span<const double> negative) noexcept {
    std::array<std::uint32_t, few_rows> u;
    for (std::size_t j = 0; j < negative.size(); ++j) u[j] = 0;
    std::uint32_t pairs = 0;
    std::uint32_t positive_squares = 0;
    std::uint32_t negative_squares = 0;
    for (const double x : positive) {
        std::uint32_t v = 0;
        for (std::size_t j = 0; j < negative.size(); ++j) {
            const double y = negative[j];
            const std::uint32_t pair = (y < x ? 1U : 0U) + (y <= x ? 1U : 0U);
            v += pair;
            negative_squares += pair * (2 * u[j] + pair);  // (u + pair)^2 - u^2
            u[j] += pair;
        }
        pairs += v;
        positive_squares += v * v;
    }
    return {pairs, positive_squares, negative_squares};
}

/// How often the search may split before it sorts what is left. Four splits by 256 spread 6e10
/// rows; only scores made to crowd again and again need the sort.
inline constexpr int most_splits = 4;
inline constexpr std::size_t most_cells = 256;
using cell_counts = std::array<std::size_t, 2 * most_cells>;  ///< negatives, positives of a cell

/// Both spans in any order, which is lost.
[[nodiscard]] inline pair_sums pair_sums_of(std::span<double> positive, std::span<double> negative,
                                            int splits_left);

/// Pair sums of `rows` finite scores between low and high (low < high), given by a visit(see) that
/// calls see(0, score) for each negative and see(1, score) for each positive.
///
/// The scores are spread over at most 256 cells, which hold stretches of the order: of two rows in
/// different cells the cells tell which is above. Cells with one class only need no more than
/// their counts; the others are spread in turn, or compared when few rows are left. Few cells,
/// because a processor writes to few places at once fast; after the first spread all is in its
/// nearest cache.
template <class Visit>
[[nodiscard]] pair_sums pair_sums_by_cells(Visit visit, std::size_t rows, double low, double high,
                                           int splits_left) {
    const std::size_t cells = std::clamp(std::bit_ceil(rows / 16), std::size_t{8}, most_cells);
    cell_counts counts;
    const auto count = [&](auto cell_of) {
        std::fill_n(counts.begin(), 2 * cells, std::size_t{0});
        visit([&](std::size_t is_positive, double score) {
            ++counts[2 * cell_of(score) + is_positive];
        });
    };
    const auto sums_by = [&](auto cell_of) {
        const auto values = std::make_unique_for_overwrite<double[]>(rows);
        cell_counts ends;
        std::size_t begin = 0;
        std::size_t above = 0;
        for (std::size_t i = 0; i < 2 * cells; ++i) {
            ends[i] = begin;
            begin += counts[i];
            above += i % 2 != 0 ? counts[i] : 0;
        }
        visit([&](std::size_t is_positive, double score) {
            values[ends[2 * cell_of(score) + is_positive]++] = score;
        });
        pair_sums sums;
        std::size_t below = 0;
        double* next = values.get();
        for (std::size_t cell = 0; cell < cells; ++cell) {
            const std::span<double> negative(next, counts[2 * cell]);
            const std::span<double> positive(next + negative.size(), counts[2 * cell + 1]);
            next += negative.size() + positive.size();
            above -= positive.size();
            sums.add(pair_sums_of(positive, negative, splits_left - 1), positive.size(),
                     negative.size(), below, above);
            below += negative.size();
        }
        return sums;
    };

    // Cells of equal width, unless the range overflows (scale 0) or is so small that its inverse
    // does. Subtraction, product and truncation are each monotone, rounding included.
    const double scale = static_cast<double>(cells - 1) / (high - low);
    if (scale > 0 && scale <= std::numeric_limits<double>::max()) {
        const auto cell_of = [low, scale](double score) {
            return static_cast<std::size_t>(static_cast<std::int32_t>((score - low) * scale));
        };
        count(cell_of);
        std::size_t fullest = 0;
        for (std::size_t cell = 0; cell < cells; ++cell) {
            fullest = std::max(fullest, counts[2 * cell] + counts[2 * cell + 1]);
        }
        if (fullest <= rows / 2) return sums_by(cell_of);
    }
    // Scores that crowd near a point: by the leading bits of their keys, which tell decades apart.
    const std::uint64_t least = ordered_key(low);
    const int shift = std::max(0, static_cast<int>(std::bit_width(ordered_key(high) - least)) -
                                      static_cast<int>(std::bit_width(cells - 1)));
    const auto cell_of = [least, shift](double score) {
        return static_cast<std::size_t>((ordered_key(score) - least) >> shift);
    };
    count(cell_of);
    return sums_by(cell_of);
}

[[nodiscard]] inline pair_sums pair_sums_of(std::span<double> positive, std::span<double> negative,
                                            int splits_left) {
    const std::size_t p = positive.size();
    const std::size_t q = negative.size();
    if (p == 0 || q == 0) return {};
    if (are_few(p, q)) return pair_sums_of_few(positive, negative);
    const auto same = [](double score) { return score; };
    const auto [low_p, high_p] = range_of(positive, same);
    const auto [low_q, high_q] = range_of(negative, same);
    const double low = std::min(low_p, low_q);
    const double high = std::max(high_p, high_q);
    if (low == high) return pair_sums::all_tied(p, q);
    if (splits_left == 0) {
        const auto scratch = std::make_unique_for_overwrite<double[]>(std::max(p, q));
        radix_sort(positive, std::span(scratch.get(), p));
        radix_sort(negative, std::span(scratch.get(), q));
        return pair_sums_of_sorted(positive, negative);
    }
    const auto visit = [&](auto see) {
        for (const double score : negative) see(std::size_t{0}, score);
        for (const double score : positive) see(std::size_t{1}, score);
    };
    return pair_sums_by_cells(visit, p + q, low, high, splits_left);
}

}  // namespace detail

}  // namespace leeway::inline v0
