// The scores of two models on the same rows in a bounded table: what a paired comparison of their
// ROC areas is read from.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "leeway/accumulators/log_linear_layout.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/fields.hpp"
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

/// The weight, and the squared weights, of each class in each pair of cells (of the first model's
/// score, of the second's).
///
/// DeLong's test of it (evaluation/delong_test.hpp) is that of the scores rounded to their cells,
/// exactly, so a challenger is held against the champion in memory that does not grow, and over
/// replicas and windows, since tables merge. The table is dense: keep the layout small. Rows with a
/// label other than 0 and 1, a NaN or infinite score or a bad weight are counted in rejected().
/// Merging over different layouts raises.
///
/// Memory: 32 cells^2 bytes; 69 KiB for the default layout, 47 cells over [0, 1] of relative width
/// 1/4 down to 2^-10. Cost: two shifts and two additions a row, about 4 ns in cache. Thread rule:
/// one writer.
class paired_score_table {
  public:
    using sample_type = paired_score_outcome;
    static constexpr std::string_view kind = "paired_score_table";
    static constexpr std::size_t most_cells = 2048;

    paired_score_table() : paired_score_table(log_linear_layout(2, -10, 0, false)) {}
    explicit paired_score_table(log_linear_layout layout) : layout_(layout) {
        if (layout.cells() > most_cells)
            raise_invalid("paired_score_table", "layout.cells()", layout.cells(), "at most 2048");
        pairs_.assign(4 * layout.cells() * layout.cells(), 0.0);
    }

    void update(const paired_score_outcome& row) noexcept {
        if (!row.accepted(rejected_)) return;
        double* const pair = pairs_.data() +
                             offset(layout_.index(row.first), layout_.index(row.second)) +
                             2 * static_cast<std::size_t>(row.label);
        pair[0] += row.weight;
        pair[1] += row.weight * row.weight;
    }

    void update(const paired_score_outcome::columns& batch) {
        require_lengths(kind, batch);
        for (std::size_t row = 0; row < batch.size(); ++row) update(batch[row]);
    }

    void merge(const paired_score_table& other) {
        if (layout_ != other.layout_) {
            raise("paired_score_table: merging different layouts, {" + to_debug_string(layout_) +
                  "} and {" + to_debug_string(other.layout_) + "}");
        }
        rejected_.merge(other.rejected_);
        for (std::size_t i = 0; i < pairs_.size(); ++i) pairs_[i] += other.pairs_[i];
    }

    void decay(double factor) {
        if (!(factor >= 0 && factor <= 1))
            raise_invalid("paired_score_table::decay", "factor", factor, "0 to 1");
        for (std::size_t i = 0; i < pairs_.size(); i += 2) {
            pairs_[i] *= factor;
            pairs_[i + 1] *= factor * factor;
        }
    }

    void reset() noexcept {
        std::fill(pairs_.begin(), pairs_.end(), 0.0);
        rejected_ = {};
    }

    [[nodiscard]] const log_linear_layout& layout() const noexcept { return layout_; }
    [[nodiscard]] std::size_t cells() const noexcept { return layout_.cells(); }

    /// What fell into a pair of cells.
    struct pair_weights {
        double negatives;
        double squared_negatives;
        double positives;
        double squared_positives;
    };
    [[nodiscard]] pair_weights at(std::size_t first, std::size_t second) const noexcept {
        const double* const pair = pairs_.data() + offset(first, second);
        return {pair[0], pair[1], pair[2], pair[3]};
    }
    /// Sum of all weights; O(cells^2).
    [[nodiscard]] double total() const noexcept {
        double sum = 0;
        for (std::size_t i = 0; i < pairs_.size(); i += 2) sum += pairs_[i];
        return sum;
    }

    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }
    [[nodiscard]] std::size_t bytes() const noexcept {
        return sizeof *this + pairs_.size() * sizeof pairs_[0];
    }

    friend bool operator==(const paired_score_table&, const paired_score_table&) = default;

    [[nodiscard]] std::string defect() const {
        const std::size_t cells = layout_.cells();
        if (cells > most_cells || pairs_.size() != 4 * cells * cells)
            return "paired_score_table: not four weights a pair of cells";
        for (const double weight : pairs_) {
            if (!(weight >= 0)) return "paired_score_table: a weight is negative or NaN";
        }
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("layout", self.layout_);
        visit("pairs", self.pairs_);
        visit("rejected", self.rejected_);
    }

  private:
    [[nodiscard]] std::size_t offset(std::size_t first, std::size_t second) const noexcept {
        return 4 * (first * layout_.cells() + second);
    }

    log_linear_layout layout_;
    std::vector<double> pairs_;  // of each pair: negatives, their squares, positives, their squares
    rejections rejected_;
};

}  // namespace leeway::inline v0
