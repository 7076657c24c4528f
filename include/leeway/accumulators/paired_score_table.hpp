// The scores of two models on the same rows in a bounded table: what a paired comparison of their
// ROC areas is read from.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "leeway/accumulators/log_linear_layout.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/fields.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// A binary label (0 or 1) and the scores that two models gave the row.
struct paired_score_outcome {
    std::int32_t label{0};
    double first{0};
    double second{0};
    double weight{1};

    struct columns {
        std::span<const std::int32_t> label;
        std::span<const double> first;
        std::span<const double> second;
        std::span<const double> weight{};

        [[nodiscard]] std::size_t size() const noexcept { return label.size(); }
        [[nodiscard]] paired_score_outcome operator[](std::size_t row) const noexcept {
            return {label[row], first[row], second[row], weight.empty() ? 1.0 : weight[row]};
        }
    };

    /// Whether the row is to be counted: a good weight, finite scores, a label of 0 or 1. A refused
    /// row is counted under the first reason.
    [[nodiscard]] bool accepted(rejections& rejected) const noexcept {
        if (!rejected.accepts_weight(weight) || rejected.counts(first) || rejected.counts(second))
            return false;
        if (label == 0 || label == 1) [[likely]]
            return true;
        ++rejected.label;
        return false;
    }
};

/// Raises unless the batch's columns are of one length (weights may be left out).
inline void require_lengths(std::string_view where, const paired_score_outcome::columns& batch) {
    require_length(where, "first", batch.first.size(), batch.size());
    require_length(where, "second", batch.second.size(), batch.size());
    require_length(where, "weight", batch.weight.size(), batch.size(), true);
}

/// What fell into a pair of cells, or into a cell: the weights of each class and their squares.
struct paired_weights {
    double negatives{0};
    double squared_negatives{0};
    double positives{0};
    double squared_positives{0};

    void add(const paired_weights& other) noexcept {
        negatives += other.negatives;
        squared_negatives += other.squared_negatives;
        positives += other.positives;
        squared_positives += other.squared_positives;
    }
    void scale(double factor) noexcept {
        negatives *= factor;
        squared_negatives *= factor * factor;
        positives *= factor;
        squared_positives *= factor * factor;
    }
    /// No number of it is negative or NaN.
    [[nodiscard]] bool sound() const noexcept {
        return negatives >= 0 && squared_negatives >= 0 && positives >= 0 && squared_positives >= 0;
    }

    friend bool operator==(const paired_weights&, const paired_weights&) = default;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("negatives", self.negatives);
        visit("squared_negatives", self.squared_negatives);
        visit("positives", self.positives);
        visit("squared_positives", self.squared_positives);
    }
};

/// The scores of two models on the same rows: for each model the weight, and the squared weights,
/// of each class in each cell of a log_linear_layout, and for both together the same in each pair
/// of *blocks* of cells that holds something.
///
/// DeLong's test of it (evaluation/delong_test.hpp) takes the areas from the cells and what the
/// models have in common from the pairs, so a challenger is held against the champion in memory
/// that does not grow, and over replicas and windows, since tables merge.
///
/// There is room for a fixed number of pairs, sorted. A block is one cell until they do not fit;
/// then blocks become twice as large, 2^level() cells, until they do: nothing is lost or left out,
/// and the level depends on the rows alone, not on their order or how they were merged. The cells
/// of each model stay as fine as they are. Rows with a label other than 0 and 1, a NaN or infinite
/// score or a bad weight are counted in rejected(). Merging over different layouts or rooms raises.
///
/// Memory: 64 bytes a cell, 40 bytes a pair; 361 KiB for log_linear_layout::probabilities() and
/// 4096 pairs. Cost: a binary search and six additions a row, about 50 ns; a pair not met before
/// moves those behind it, and each of at most 16 levels sorts the pairs once. Thread rule: one
/// writer.
class paired_score_table {
  public:
    using sample_type = paired_score_outcome;
    static constexpr std::string_view kind = "paired_score_table";
    static constexpr std::size_t most_cells = 65536;
    static constexpr std::size_t most_pairs = std::size_t{1} << 20;

    explicit paired_score_table(log_linear_layout layout = log_linear_layout::probabilities(),
                                std::size_t room = 4096)
        : layout_(layout) {
        if (layout.cells() > most_cells)
            raise_invalid("paired_score_table", "layout.cells()", layout.cells(), "at most 65536");
        if (room < 1 || room > most_pairs)
            raise_invalid("paired_score_table", "room", room, "1 to 2^20");
        pairs_.resize(room);
        first_.resize(layout.cells());
        second_.resize(layout.cells());
    }

    void update(const paired_score_outcome& row) noexcept {
        if (!row.accepted(rejected_)) return;
        const std::size_t i = layout_.index(row.first);
        const std::size_t j = layout_.index(row.second);
        const double square = row.weight * row.weight;
        const paired_weights added = row.label == 1 ? paired_weights{0, 0, row.weight, square}
                                                    : paired_weights{row.weight, square, 0, 0};
        first_[i].add(added);
        second_[j].add(added);
        add(i, j, added);
    }

    void update(const paired_score_outcome::columns& batch) {
        require_lengths(kind, batch);
        for (std::size_t row = 0; row < batch.size(); ++row) update(batch[row]);
    }

    void merge(const paired_score_table& other) {
        if (layout_ != other.layout_ || room() != other.room()) {
            raise("paired_score_table: merging different layouts or rooms, {" +
                  to_debug_string(other.layout_) + "} of " + detail::shown(other.room()) +
                  " pairs into {" + to_debug_string(layout_) + "} of " + detail::shown(room()));
        }
        if (&other == this) return merge(paired_score_table(other));
        rejected_.merge(other.rejected_);
        for (std::size_t i = 0; i < first_.size(); ++i) {
            first_[i].add(other.first_[i]);
            second_[i].add(other.second_[i]);
        }
        while (level_ < other.level_) coarsen();
        for (const pair& one : other.in_use()) {
            // Any cell of its blocks stands for them.
            add(std::size_t{one.first()} << other.level_, std::size_t{one.second()} << other.level_,
                one.weights);
        }
    }

    void decay(double factor) {
        if (!(factor >= 0 && factor <= 1))
            raise_invalid("paired_score_table::decay", "factor", factor, "0 to 1");
        if (factor == 0) return forget();
        for (pair& one : pairs_) one.weights.scale(factor);
        for (std::size_t i = 0; i < first_.size(); ++i) {
            first_[i].scale(factor);
            second_[i].scale(factor);
        }
    }

    void reset() noexcept {
        forget();
        rejected_ = {};
    }

    [[nodiscard]] const log_linear_layout& layout() const noexcept { return layout_; }
    [[nodiscard]] std::size_t cells() const noexcept { return first_.size(); }
    /// How many pairs of blocks there is room for, and how many hold something.
    [[nodiscard]] std::size_t room() const noexcept { return pairs_.size(); }
    [[nodiscard]] std::size_t used() const noexcept { return used_; }
    /// A block is 2^level() cells: that of a cell is its number shifted right by so many.
    [[nodiscard]] std::size_t level() const noexcept { return level_; }

    /// What each cell of a model's scores holds.
    [[nodiscard]] std::span<const paired_weights> first() const noexcept { return first_; }
    [[nodiscard]] std::span<const paired_weights> second() const noexcept { return second_; }
    /// see(block of the first model's score, of the second's, weights) for each that is used.
    template <class See>
    void for_each_pair(See see) const {
        for (const pair& one : in_use())
            see(std::size_t{one.first()}, std::size_t{one.second()}, one.weights);
    }
    /// Sum of all weights; O(cells).
    [[nodiscard]] double total() const noexcept {
        double sum = 0;
        for (const paired_weights& cell : first_) sum += cell.negatives + cell.positives;
        return sum;
    }

    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }
    [[nodiscard]] std::size_t bytes() const noexcept {
        return sizeof *this + pairs_.size() * sizeof pairs_[0] +
               (first_.size() + second_.size()) * sizeof first_[0];
    }

    friend bool operator==(const paired_score_table&, const paired_score_table&) = default;

    [[nodiscard]] std::string defect() const {
        const std::size_t cells = layout_.cells();
        if (cells > most_cells || first_.size() != cells || second_.size() != cells)
            return "paired_score_table: not one weight a cell";
        if (pairs_.empty() || pairs_.size() > most_pairs || used_ > pairs_.size() ||
            level_ > most_levels)
            return "paired_score_table: impossible number of pairs or level";
        const std::size_t last = (cells - 1) >> level_;
        for (std::size_t i = 0; i < pairs_.size(); ++i) {
            const pair& one = pairs_[i];
            const bool sound = i < used_ ? one.first() <= last && one.second() <= last &&
                                               (i == 0 || pairs_[i - 1].key < one.key)
                                         : one == pair{};
            if (!sound) return "paired_score_table: the pairs are not in order";
            if (!one.weights.sound()) return "paired_score_table: a weight is negative or NaN";
        }
        for (std::size_t i = 0; i < cells; ++i) {
            if (!first_[i].sound() || !second_[i].sound())
                return "paired_score_table: a weight is negative or NaN";
        }
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("layout", self.layout_);
        visit("level", self.level_);
        visit("used", self.used_);
        visit("pairs", self.pairs_);
        visit("first", self.first_);
        visit("second", self.second_);
        visit("rejected", self.rejected_);
    }

  private:
    static constexpr std::uint64_t most_levels = 16;  // then all cells are one block

    struct pair {
        std::uint32_t key{0};  ///< 2^16 x block of the first score + block of the second
        paired_weights weights{};

        [[nodiscard]] std::uint32_t first() const noexcept { return key >> 16; }
        [[nodiscard]] std::uint32_t second() const noexcept { return key & 0xffff; }

        friend bool operator==(const pair&, const pair&) = default;

        template <class Self, class Visitor>
        static void fields(Self& self, Visitor&& visit) {
            visit("key", self.key);
            visit("weights", self.weights);
        }
    };

    [[nodiscard]] std::span<const pair> in_use() const noexcept {
        return std::span(pairs_).first(used_);
    }
    [[nodiscard]] std::uint32_t key_of(std::size_t i, std::size_t j) const noexcept {
        return static_cast<std::uint32_t>(((i >> level_) << 16) | (j >> level_));
    }
    /// Where the pair of this key is, or would be.
    [[nodiscard]] std::size_t place_of(std::uint32_t key) const noexcept {
        const pair* at = pairs_.data();
        for (std::size_t left = used_; left > 0;) {
            const std::size_t half = left / 2;
            const bool beyond = at[half].key < key;
            at += detail::select(beyond, half + 1, 0);
            left = detail::select(beyond, left - half - 1, half);
        }
        return static_cast<std::size_t>(at - pairs_.data());
    }

    /// Adds to the pair of the blocks of cells i and j.
    void add(std::size_t i, std::size_t j, const paired_weights& added) noexcept {
        for (;;) {
            const std::uint32_t key = key_of(i, j);
            const std::size_t at = place_of(key);
            if (at < used_ && pairs_[at].key == key) [[likely]]
                return pairs_[at].weights.add(added);
            if (used_ < pairs_.size()) {
                const auto place = pairs_.begin() + static_cast<std::ptrdiff_t>(at);
                const auto end = pairs_.begin() + static_cast<std::ptrdiff_t>(used_);
                std::move_backward(place, end, end + 1);
                *place = {key, added};
                ++used_;
                return;
            }
            coarsen();
        }
    }

    /// Twice as large blocks.
    void coarsen() noexcept {
        ++level_;
        const std::span<pair> used = std::span(pairs_).first(used_);
        for (pair& one : used) one.key = ((one.first() >> 1) << 16) | (one.second() >> 1);
        std::sort(used.begin(), used.end(),
                  [](const pair& a, const pair& b) { return a.key < b.key; });
        std::size_t kept = 0;
        for (const pair& one : used) {
            if (kept > 0 && pairs_[kept - 1].key == one.key) {
                pairs_[kept - 1].weights.add(one.weights);
            } else {
                pairs_[kept++] = one;
            }
        }
        std::fill(used.begin() + static_cast<std::ptrdiff_t>(kept), used.end(), pair{});
        used_ = kept;
    }

    void forget() noexcept {
        std::fill(pairs_.begin(), pairs_.end(), pair{});
        std::fill(first_.begin(), first_.end(), paired_weights{});
        std::fill(second_.begin(), second_.end(), paired_weights{});
        level_ = 0;
        used_ = 0;
    }

    log_linear_layout layout_;
    std::uint64_t level_{0};
    std::uint64_t used_{0};
    std::vector<pair> pairs_;  // sorted by key up to used_, then nothing
    std::vector<paired_weights> first_;
    std::vector<paired_weights> second_;
    rejections rejected_;
};

}  // namespace leeway::inline v0
