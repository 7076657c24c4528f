// The scores of two classes in order.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "leeway/core/radix_sort.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Unweighted rows of two classes, sorted by their scores, in 8 bytes a row.
///
/// A row is one integer: the bits of the score's size, whose order is that of the numbers, and in
/// place of the sign the class. Scores below zero are therefore kept apart, in the opposite order.
/// Equal scores keep no order; -0 is 0. NaN is not allowed, infinities are.
///
/// Cost: radix_sort's, about 11 ns a row at a million; 8 bytes a row, twice that while it is made
/// of scores of both signs. Thread rule: read-only once made.
class class_order {
  public:
    /// Columns of one length; a label is 0 or not. The parts of `run` share the work
    /// (radix_sort.hpp).
    template <class Run = detail::in_turn>
    class_order(std::span<const std::int32_t> labels, std::span<const double> scores,
                const Run& run = {})
        : size_(scores.size()), keys_(std::make_unique_for_overwrite<std::uint64_t[]>(size_)) {
        if (size_ == 0) return;
        const auto [low, high] = range_of(scores, run);
        const auto key_of = [labels, scores](std::size_t row) {
            return std::bit_cast<std::uint64_t>(scores[row]) << 1 | (labels[row] != 0 ? 1U : 0U);
        };
        const auto sort = [&](std::size_t first, std::size_t n, auto make,
                              std::pair<double, double> range) {
            if (n == 0) return;
            detail::sort_by_cells<true>(n, make, range, keys_.get() + first, keys_.get() + first,
                                        size_of, run, detail::most_stretch_splits);
        };
        if (low >= 0) {
            sort(0, size_, key_of, {low, high});
            return;
        }
        const auto keys = parted(scores, key_of, run);
        const auto from = [&](std::size_t first) {
            return [keys = keys.get() + first](std::size_t i) { return keys[i]; };
        };
        sort(0, below_zero_, from(0), {high < 0 ? -high : 0, -low});
        sort(below_zero_, size_ - below_zero_, from(below_zero_), {0, high});
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    /// see(score, is_positive) for each row, from the highest score to the lowest.
    template <class See>
    void for_each_descending(See see) const {
        for (std::size_t i = size_; i-- > below_zero_;) {
            see(size_of(keys_[i]), (keys_[i] & 1) != 0);
        }
        for (std::size_t i = 0; i < below_zero_; ++i) {
            see(-size_of(keys_[i]), (keys_[i] & 1) != 0);
        }
    }

  private:
    static constexpr auto size_of = [](std::uint64_t key) {
        return std::bit_cast<double>(key >> 1);
    };

    template <class Run>
    [[nodiscard]] static std::pair<double, double> range_of(std::span<const double> scores,
                                                            const Run& run) {
        std::vector<std::pair<double, double>> ranges(run.parts(), {scores[0], scores[0]});
        run([&](std::size_t part) {
            const std::size_t begin = scores.size() * part / run.parts();
            const std::size_t end = scores.size() * (part + 1) / run.parts();
            if (begin == end) return;
            ranges[part] = detail::range_between(begin, end,
                                                 [scores](std::size_t row) { return scores[row]; });
        });
        std::pair<double, double> all = ranges[0];
        for (const auto& [low, high] : ranges)
            all = {std::min(all.first, low), std::max(all.second, high)};
        return all;
    }

    /// Rows below zero, which are counted, at the front, the others at the back.
    template <class KeyOf, class Run>
    [[nodiscard]] std::unique_ptr<std::uint64_t[]> parted(std::span<const double> scores,
                                                          KeyOf key_of, const Run& run) {
        const auto rows_of = [&](std::size_t part, auto see) {
            const std::size_t end = size_ * (part + 1) / run.parts();
            for (std::size_t row = size_ * part / run.parts(); row < end; ++row) see(row);
        };
        std::vector<std::size_t> below(run.parts());
        run([&](std::size_t part) {
            std::size_t count = 0;
            rows_of(part, [&](std::size_t row) { count += scores[row] < 0 ? 1U : 0U; });
            below[part] = count;
        });
        for (const std::size_t count : below) below_zero_ += count;
        auto keys = std::make_unique_for_overwrite<std::uint64_t[]>(size_);
        run([&](std::size_t part) {
            std::size_t front = 0;
            for (std::size_t before = 0; before < part; ++before) front += below[before];
            std::size_t back = below_zero_ + size_ * part / run.parts() - front;
            rows_of(part, [&](std::size_t row) {
                const bool is_below = scores[row] < 0;  // no branch: signs are as good as random
                keys[is_below ? front : back] = key_of(row);
                front += is_below ? 1 : 0;
                back += is_below ? 0 : 1;
            });
        });
        return keys;
    }

    std::size_t size_;
    std::size_t below_zero_{0};
    std::unique_ptr<std::uint64_t[]> keys_;  // below zero: from the highest to the lowest
};

}  // namespace leeway::inline v0
