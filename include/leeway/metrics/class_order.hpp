// The scores of two classes in order.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "leeway/core/radix_sort.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/score_survey.hpp"

namespace leeway::inline v0 {

/// Unweighted rows of two classes, sorted by their scores, in 8 bytes a row.
///
/// A row is one integer: the bits of the score's size, whose order is that of the numbers, and in
/// place of the sign the class. Scores below zero are therefore kept apart, in the opposite order.
/// Equal scores keep no order; -0 is 0. NaN is not allowed, infinities are.
///
/// Cost: about 7 ns a row at a million; 8 bytes a row, twice that while it is made
/// of scores of both signs. Thread rule: read-only once made.
class class_order {
  public:
    /// Columns of one length; a label is 0 or not. The parts of `run` share the work
    /// (radix_sort.hpp).
    template <class Run = detail::in_turn>
    class_order(std::span<const std::int32_t> labels, std::span<const double> scores,
                const Run& run = {})
        : class_order(labels, scores, range_and_positives(labels, scores, run), run) {}

    /// Of rows that survey_of() has seen.
    template <class Run = detail::in_turn>
    class_order(std::span<const std::int32_t> labels, std::span<const double> scores,
                const score_survey& seen, const Run& run = {})
        : size_(scores.size()),
          positives_(seen.positives),
          keys_(std::make_unique_for_overwrite<std::uint64_t[]>(size_)) {
        if (size_ == 0) return;
        const auto key_of = [labels, scores](std::size_t row) {
            return std::bit_cast<std::uint64_t>(scores[row]) << 1 | (labels[row] != 0 ? 1U : 0U);
        };
        const auto sort = [&](std::size_t first, std::size_t n, auto make,
                              std::pair<double, double> range) {
            if (n == 0) return;
            detail::sort_by_cells<true>(n, make, range, keys_.get() + first, keys_.get() + first,
                                        size_of, run, detail::most_stretch_splits);
        };
        if (seen.low >= 0) {
            sort(0, size_, key_of, {seen.low, seen.high});
            return;
        }
        const auto keys = parted(scores, key_of, run);
        const auto from = [&](std::size_t first) {
            return [keys = keys.get() + first](std::size_t i) { return keys[i]; };
        };
        sort(0, below_zero_, from(0), {seen.high < 0 ? -seen.high : 0, -seen.low});
        sort(below_zero_, size_ - below_zero_, from(below_zero_), {0, seen.high});
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    /// Rows whose label is not 0.
    [[nodiscard]] std::size_t positives() const noexcept { return positives_; }

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

    /// see(score, first, rows, positives) for each group of equal scores with a positive among
    /// them, from the highest score to the lowest: `first` rows have higher scores. Groups of
    /// negatives alone cost next to nothing.
    template <class See>
    void for_each_group_with_positives(See see) const {
        const std::size_t above = size_ - below_zero_;
        groups_in(
            0, above, [this](std::size_t i) { return keys_[size_ - 1 - i]; },
            [&](std::uint64_t key, auto... counts) { see(size_of(key), counts...); });
        groups_in(
            above, size_, [this, above](std::size_t i) { return keys_[i - above]; },
            [&](std::uint64_t key, auto... counts) { see(-size_of(key), counts...); });
    }

    /// The score of row i from the highest.
    [[nodiscard]] double score_at(std::size_t i) const noexcept {
        const std::size_t above = size_ - below_zero_;
        return i < above ? size_of(keys_[size_ - 1 - i]) : -size_of(keys_[i - above]);
    }

  private:
    /// Of rows begin to end, which have one sign.
    template <class KeyAt, class See>
    static void groups_in(std::size_t begin, std::size_t end, KeyAt key_at, See see) {
        std::size_t seen = begin;  // the end of the last group
        for (std::size_t word = begin; word < end; word += 64) {
            // One bit a row, so that there is no branch on the class of each.
            const std::size_t rows = std::min<std::size_t>(64, end - word);
            std::uint64_t positives = 0;
            const auto add_bits = [&](std::size_t first, std::size_t n) {
                std::uint64_t bits = 0;
                for (std::size_t i = n; i-- > 0;) bits = 2 * bits + (key_at(word + first + i) & 1);
                positives |= bits << first;
            };
            if (rows == 64) {  // four chains that do not wait for one another
                for (std::size_t first = 0; first < 64; first += 16) add_bits(first, 16);
            } else {
                add_bits(0, rows);
            }
            for (; positives != 0; positives &= positives - 1) {
                const std::size_t row =
                    word + static_cast<std::size_t>(std::countr_zero(positives));
                if (row < seen) continue;
                const std::uint64_t key = key_at(row) | 1;
                const auto tied = [&](std::size_t i) { return (key_at(i) | 1) == key; };
                std::size_t first = row;
                while (first > seen && tied(first - 1)) --first;
                std::size_t count = 1;
                for (seen = row + 1; seen < end && tied(seen); ++seen) count += key_at(seen) & 1;
                see(key, first, seen - first, count);
            }
        }
    }

    static constexpr auto size_of = [](std::uint64_t key) {
        return std::bit_cast<double>(key >> 1);
    };

    /// Of any rows: infinities and labels of every kind.
    template <class Run>
    [[nodiscard]] static score_survey range_and_positives(std::span<const std::int32_t> labels,
                                                          std::span<const double> scores,
                                                          const Run& run) {
        std::vector<score_survey> parts(run.parts());
        run([&](std::size_t part) {
            const std::size_t first = scores.size() * part / run.parts();
            const std::size_t n = scores.size() * (part + 1) / run.parts() - first;
            parts[part] = survey_of(labels.subspan(first, n), scores.subspan(first, n));
        });
        score_survey seen;
        for (const score_survey& part : parts) seen.merge(part);
        if (seen.good || scores.empty()) return seen;
        std::tie(seen.low, seen.high) =
            detail::range_between(0, scores.size(), [scores](std::size_t i) { return scores[i]; });
        seen.positives = 0;
        for (const std::int32_t label : labels) seen.positives += label != 0 ? 1U : 0U;
        return seen;
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
    std::size_t positives_;
    std::size_t below_zero_{0};
    std::unique_ptr<std::uint64_t[]> keys_;  // below zero: from the highest to the lowest
};

}  // namespace leeway::inline v0
