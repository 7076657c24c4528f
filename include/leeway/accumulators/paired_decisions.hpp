// Where two models decide about the same rows: who was right, and where they differ.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "leeway/core/error.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"
#include "leeway/core/weight_sum.hpp"

namespace leeway::inline v0 {

/// What two decisions about one row can come to. Two wrong decisions are alike or, with three
/// classes or more, apart.
enum class paired_cell : std::uint8_t {
    both_right,
    only_first_right,
    only_second_right,
    both_wrong_alike,
    both_wrong_apart
};

/// The rows and weights of each paired_cell: McNemar's test, the difference of two accuracies and
/// flip_rate are functions of it.
///
/// Labels and predictions outside 0 .. classes - 1 and bad weights are counted in rejected(). Rows
/// of weight 1 are counted in integers, so merging is then exact in any order. Merging a different
/// number of classes raises.
///
/// Cost: three range checks, three comparisons and one addition a row, about 3 ns. 288 bytes,
/// whatever the number of classes. Thread rule: one writer. Source of the table: Q. McNemar, "Note
/// on the sampling error of the difference between correlated proportions or percentages",
/// Psychometrika 12 (1947).
class paired_decisions {
  public:
    using sample_type = paired_outcome;
    static constexpr std::string_view kind = "paired_decisions";
    static constexpr std::size_t most_classes = 2147483647;

    /// Two classes.
    paired_decisions() = default;
    explicit paired_decisions(std::size_t classes) : classes_(classes) {
        if (classes < 1 || classes > most_classes)
            raise_invalid(kind, "classes", classes, "1 to 2147483647");
    }

    void update(const paired_outcome& sample) noexcept {
        if (!rejected_.accepts_weight(sample.weight)) return;
        const auto outside = [this](std::int32_t c) {
            return static_cast<std::uint32_t>(c) >= classes_;  // a negative class becomes large
        };
        if (outside(sample.label) || outside(sample.first) || outside(sample.second)) [[unlikely]] {
            ++rejected_.label;
            return;
        }
        // Both right 0, only the first 1, only the second 2, neither 3 and, where they differ, 4:
        // added up, since no predictor learns such branches.
        const auto first_wrong = static_cast<std::size_t>(sample.first != sample.label);
        const auto second_wrong = static_cast<std::size_t>(sample.second != sample.label);
        const auto apart = static_cast<std::size_t>(sample.first != sample.second);
        const std::size_t at =
            second_wrong + 2 * first_wrong + (first_wrong & second_wrong & apart);
        cells_[at].add(sample.weight);
    }

    void update(const paired_outcome::columns& batch) {
        require_lengths(kind, batch);
        for (std::size_t row = 0; row < batch.size(); ++row) update(batch[row]);
    }

    void merge(const paired_decisions& other) {
        if (classes_ != other.classes_) {
            raise("paired_decisions: merging " + detail::shown(other.classes_) + " classes into " +
                  detail::shown(classes_));
        }
        rejected_.merge(other.rejected_);
        for (std::size_t i = 0; i < cells_.size(); ++i) cells_[i].merge(other.cells_[i]);
    }

    void reset() noexcept {
        cells_ = {};
        rejected_ = {};
    }

    [[nodiscard]] std::size_t classes() const noexcept { return classes_; }
    /// Rows, weights and squared weights of a cell.
    [[nodiscard]] const weight_sum& cell(paired_cell which) const noexcept {
        return cells_[static_cast<std::size_t>(which)];
    }
    /// All cells together.
    [[nodiscard]] weight_sum all() const noexcept {
        weight_sum sum;
        for (const weight_sum& one : cells_) sum.merge(one);
        return sum;
    }

    [[nodiscard]] double both_right() const noexcept { return cells_[0].value(); }
    [[nodiscard]] double only_first_right() const noexcept { return cells_[1].value(); }
    [[nodiscard]] double only_second_right() const noexcept { return cells_[2].value(); }
    [[nodiscard]] double both_wrong() const noexcept { return sum_of({3, 4}); }
    /// Weight of the rows on which the two decide differently.
    [[nodiscard]] double flips() const noexcept { return sum_of({1, 2, 4}); }

    [[nodiscard]] std::uint64_t rows() const noexcept { return all().rows(); }
    [[nodiscard]] double weight() const noexcept { return all().value(); }
    [[nodiscard]] double sum_of_squared_weights() const noexcept { return all().squares(); }

    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return sizeof *this; }

    friend bool operator==(const paired_decisions&, const paired_decisions&) = default;

    [[nodiscard]] std::string defect() const {
        if (classes_ < 1 || classes_ > most_classes)
            return "paired_decisions: expected 1 to 2147483647 classes";
        for (const weight_sum& one : cells_) {
            if (std::string wrong = one.defect(); !wrong.empty()) return wrong;
        }
        if (classes_ < 3 && cells_[4].rows() > 0)
            return "paired_decisions: two wrong decisions that differ need three classes";
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("classes", self.classes_);
        visit("both_right", self.cells_[0]);
        visit("only_first_right", self.cells_[1]);
        visit("only_second_right", self.cells_[2]);
        visit("both_wrong_alike", self.cells_[3]);
        visit("both_wrong_apart", self.cells_[4]);
        visit("rejected", self.rejected_);
    }

  private:
    template <std::size_t N>
    [[nodiscard]] double sum_of(const std::size_t (&which)[N]) const noexcept {
        weight_sum sum;
        for (const std::size_t i : which) sum.merge(cells_[i]);
        return sum.value();
    }

    std::uint64_t classes_{2};
    std::array<weight_sum, 5> cells_{};
    rejections rejected_;
};

}  // namespace leeway::inline v0
