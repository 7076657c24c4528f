// Rows of a binary task that several states take in at once.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "leeway/core/block_sums.hpp"
#include "leeway/core/lanes.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Up to most_rows rows whose labels are 0 or 1 and whose scores are probabilities, looked at
/// once for all the states that take them, with their labels as numbers that arithmetic takes
/// together with the scores. It keeps no copy of the rows.
///
/// Cost: 0.2 ns a row; 8 KiB. Thread rule: one writer.
class probability_block {
  public:
    /// Four blocks: with what states make of them they stay in the cache nearest to the core.
    static constexpr std::size_t most_rows = 4 * block_rows;

    /// The rows, a multiple of block_rows and most_rows at most. False when one of them must
    /// be seen alone: another label, a score outside [0, 1] or -0. Weights are not looked at.
    [[nodiscard]] bool take(const probability_outcome::columns& rows) noexcept {
        rows_ = rows;
        bool good = false;
        detail::with_lanes([&](auto) {
            constexpr auto one = std::bit_cast<std::uint64_t>(1.0);
            std::uint32_t labels = 0;
            std::uint32_t positives = 0;
            std::uint64_t outside = 0;  // its first bit, when a score's bits are above those of 1
            for (std::size_t block = 0; block < rows.size(); block += block_rows) {
                for (std::size_t i = block; i < block + block_rows; ++i) {
                    labels |= static_cast<std::uint32_t>(rows.label[i]);
                    positives += static_cast<std::uint32_t>(rows.label[i]);
                    numbers_[i] = rows.label[i];
                }
                for (std::size_t i = block; i < block + block_rows; ++i) {
                    const auto bits = std::bit_cast<std::uint64_t>(rows.score[i]);
                    outside |= bits | (one - bits);
                }
            }
            good = labels <= 1 && (outside >> 63) == 0;
            positives_ = positives;
        });
        return good;
    }

    [[nodiscard]] const probability_outcome::columns& rows() const noexcept { return rows_; }
    [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }
    /// Rows of label 1.
    [[nodiscard]] std::size_t positives() const noexcept { return positives_; }
    /// The labels, 0.0 and 1.0.
    [[nodiscard]] std::span<const double> numbers() const noexcept { return {numbers_, size()}; }

  private:
    probability_outcome::columns rows_;
    std::uint32_t positives_{0};
    double numbers_[most_rows];
};

}  // namespace leeway::inline v0
