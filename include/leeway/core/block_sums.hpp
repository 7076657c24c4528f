// Sums over blocks of rows: how batches run at the speed of memory.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <tuple>

#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

namespace detail {

/// The numbers of two neighbouring rows, or of one where the compiler has no vectors; arithmetic is
/// on both at once. Every x86-64 and every 64-bit ARM has such registers: no flag is needed.
class lanes {
  public:
#if defined(__GNUC__)
    using type [[gnu::vector_size(16)]] = double;
#else
    using type = double;
#endif
    static constexpr std::size_t width = sizeof(type) / sizeof(double);

    lanes() = default;
    lanes(double of_all) noexcept : value_(of_all - type{}) {}
    explicit lanes(const double* rows) noexcept {
        std::memcpy(&value_, rows, sizeof value_);
    }

    friend lanes operator+(lanes a, lanes b) noexcept {
        return lanes(a.value_ + b.value_, {});
    }
    friend lanes operator-(lanes a, lanes b) noexcept {
        return lanes(a.value_ - b.value_, {});
    }
    friend lanes operator*(lanes a, lanes b) noexcept {
        return lanes(a.value_ * b.value_, {});
    }

    /// The sum over the rows.
    [[nodiscard]] double total() const noexcept {
        double rows[width];
        std::memcpy(rows, &value_, sizeof rows);
        double sum = rows[0];
        for (std::size_t i = 1; i < width; ++i) sum += rows[i];
        return sum;
    }

  private:
    struct as_it_is {};
    lanes(type value, as_it_is) noexcept : value_(value) {}

    type value_{};
};

}  // namespace detail

/// Rows that a batch adds at once.
inline constexpr std::size_t block_rows = 256;

/// Sums over a block: terms(x, y, ...) makes a std::array of numbers out of a row's numbers x, y,
/// ... in the columns, with +, - and * alone (they are of a type that holds two rows). Each column
/// has block_rows numbers.
///
/// A NaN or infinity among the terms of a sum is one in the sum. Added in two levels, 16 rows a
/// lane and then the lanes, so a sum is within 13 eps of the sum of its terms' absolute values.
/// Cost: that of the arithmetic, two rows at once. Thread rule: a pure function.
template <class Terms, class... Columns>
[[nodiscard]] auto block_sums(const Terms& terms, const Columns*... columns) noexcept {
    using detail::lanes;
    using numbers = decltype(terms(lanes(columns)...));
    constexpr std::size_t count = std::tuple_size_v<numbers>;
    // A few sums are several chains of additions each, which do not wait for one another.
    constexpr std::size_t chains = count <= 2 ? 4 : count <= 4 ? 2 : 1;
    constexpr std::size_t step = chains * lanes::width;
    constexpr std::size_t level = 16 * step;
    static_assert(block_rows % level == 0);
    lanes sums[count]{};
    for (std::size_t first = 0; first < block_rows; first += level) {
        lanes parts[chains][count]{};
        for (std::size_t i = first; i < first + level; i += step) {
            for (std::size_t c = 0; c < chains; ++c) {
                const numbers row = terms(lanes(columns + i + c * lanes::width)...);
                for (std::size_t k = 0; k < count; ++k) parts[c][k] = parts[c][k] + row[k];
            }
        }
        for (std::size_t c = 0; c < chains; ++c) {
            for (std::size_t k = 0; k < count; ++k) sums[k] = sums[k] + parts[c][k];
        }
    }
    std::array<double, count> totals;
    for (std::size_t k = 0; k < count; ++k) totals[k] = sums[k].total();
    return totals;
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

/// Shows `state` a batch: add_block(part) for every block_rows rows, and row by row where that is
/// false (it must then have added nothing), before the state has its first row, and at the end.
template <class State, class Columns, class AddBlock>
void update_by_blocks(State& state, const Columns& batch, AddBlock add_block) noexcept {
    std::size_t row = 0;
    const auto one_by_one = [&](std::size_t end) {
        for (; row < end; ++row) state.update(batch[row]);
    };
    // The first row may become a shift, which a block needs.
    while (row < batch.size() && state.rows() == 0) one_by_one(row + 1);
    while (batch.size() - row >= block_rows) {
        if (add_block(batch.part(row, block_rows))) {
            row += block_rows;
        } else {
            one_by_one(row + block_rows);
        }
    }
    one_by_one(batch.size());
}

}  // namespace leeway::inline v0
