// Sums over blocks of rows: how batches run at the speed of memory.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

#include "leeway/core/lanes.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Rows that a batch adds at once.
inline constexpr std::size_t block_rows = 256;
/// And at most, by a state that takes several blocks of rows without weights as one: what is done
/// once a block then matters less.
inline constexpr std::size_t most_block_rows = 16 * block_rows;

namespace detail {

/// see(0) ... see(Count - 1), each a constant: what is written out stays in registers, where a loop
/// over an array would not before the highest optimisation level.
template <std::size_t Count, class See>
void for_each_index(const See& see) noexcept {
    [&]<std::size_t... Index>(std::index_sequence<Index...>) {
        (see(std::integral_constant<std::size_t, Index>()), ...);
    }
    (std::make_index_sequence<Count>());
}

/// The sums of block_sums by registers of Width rows. Which numbers are added in which order does
/// not depend on Width, so the result does not either.
template <std::size_t Width, class Terms, class... Columns>
[[nodiscard]] auto lane_sums(std::size_t rows, const Terms& terms,
                             const Columns*... columns) noexcept {
    using numbers = decltype(terms(lanes<Width>(columns)...));
    constexpr std::size_t count = std::tuple_size_v<numbers>;
    // Row i goes to lane i modulo all_lanes. A few sums have more of them, so that there are chains
    // of additions that do not wait for one another.
    constexpr std::size_t all_lanes = count <= 2 ? 16 : count <= 4 ? 8 : 4;
    // As many chains at once as there are registers for; the other lanes have a turn of their own.
    constexpr std::size_t most_chains = count <= 2 ? 4 : count <= 4 ? 2 : 1;
    constexpr std::size_t chains = std::min(most_chains, all_lanes / Width);
    constexpr std::size_t level = 16 * all_lanes;
    static_assert(block_rows % level == 0);
    constexpr std::size_t stretch = 4 * block_rows;

    std::array<double, count> totals;
    double lane[count][all_lanes];
    for (std::size_t turn = 0; turn < all_lanes; turn += chains * Width) {
        lanes<Width> sums[chains][count];
        for (std::size_t begin = turn; begin < rows; begin += stretch) {
            lanes<Width> of_stretch[chains][count];
            const std::size_t end = std::min(begin + stretch, rows);
            for (std::size_t first = begin; first < end; first += level) {
                lanes<Width> parts[chains][count];
                for (std::size_t i = first; i < first + level; i += all_lanes) {
                    for_each_index<chains>([&](auto c) {
                        const numbers row = terms(lanes<Width>(columns + i + c * Width)...);
                        for_each_index<count>([&](auto k) { parts[c][k] = parts[c][k] + row[k]; });
                    });
                }
                for_each_index<chains>([&](auto c) {
                    for_each_index<count>(
                        [&](auto k) { of_stretch[c][k] = of_stretch[c][k] + parts[c][k]; });
                });
            }
            for_each_index<chains>([&](auto c) {
                for_each_index<count>([&](auto k) { sums[c][k] = sums[c][k] + of_stretch[c][k]; });
            });
        }
        for_each_index<chains>([&](auto c) {
            for_each_index<count>([&](auto k) { sums[c][k].store(lane[k] + turn + c * Width); });
        });
    }
    for (std::size_t k = 0; k < count; ++k) {
        for (std::size_t half = all_lanes / 2; half > 0; half /= 2) {
            for (std::size_t i = 0; i < half; ++i) lane[k][i] += lane[k][i + half];
        }
        totals[k] = lane[k][0];
    }
    return totals;
}

}  // namespace detail

/// Sums over a block: terms(x, y, ...) makes a std::array of numbers out of a row's numbers x, y,
/// ... in the columns, with the operations of detail::lanes alone (they are of a type that holds
/// several rows). Each column has `rows` numbers, a multiple of block_rows and most_block_rows at
/// most.
///
/// A NaN or infinity among the terms of a sum is one in the sum. Added in levels, 16 rows of
/// a lane, 16 parts of that or less, four of these, and the lanes by halves, so a sum is within 20
/// eps of the sum of its terms' absolute values (10 for block_rows), and the same on every
/// processor. Cost: that of the arithmetic, on as many rows at once as the processor can. Thread
/// rule: a pure function.
template <class Terms, class... Columns>
[[nodiscard]] auto long_block_sums(std::size_t rows, const Terms& terms,
                                   const Columns*... columns) noexcept {
    using numbers = decltype(terms(detail::lanes<1>(columns)...));
    std::array<double, std::tuple_size_v<numbers>> totals;
    detail::with_lanes([&](auto width) {
        totals = detail::lane_sums<decltype(width)::value>(rows, terms, columns...);
    });
    return totals;
}

/// The same of block_rows rows.
template <class Terms, class... Columns>
[[nodiscard]] auto block_sums(const Terms& terms, const Columns*... columns) noexcept {
    return long_block_sums(block_rows, terms, columns...);
}

/// Whether all are finite: no NaN, no infinity.
template <std::size_t Count>
[[nodiscard]] bool all_finite(const std::array<double, Count>& numbers) noexcept {
    for (const double number : numbers) {
        if (!std::isfinite(number)) [[unlikely]]
            return false;
    }
    return true;
}

/// Shows `state` a batch: add_block(part) for every block_rows rows (or a multiple of it, `most` at
/// most), and row by row where that is false (it must then have added nothing), before the state
/// has its first row, and at the end.
template <class State, class Columns, class AddBlock>
void update_by_blocks(State& state, const Columns& batch, AddBlock add_block,
                      std::size_t most = block_rows) noexcept {
    std::size_t row = 0;
    const auto one_by_one = [&](std::size_t end) {
        for (; row < end; ++row) state.update(batch[row]);
    };
    // The first row may become a shift, which a block needs.
    while (row < batch.size() && state.rows() == 0) one_by_one(row + 1);
    while (batch.size() - row >= block_rows) {
        const std::size_t rows = std::min(most, (batch.size() - row) / block_rows * block_rows);
        if (add_block(batch.part(row, rows))) {
            row += rows;
        } else {
            one_by_one(row + rows);
        }
    }
    one_by_one(batch.size());
}

}  // namespace leeway::inline v0
