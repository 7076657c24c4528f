// Binary decisions, counted group by group.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"
#include "leeway/core/weight_sum.hpp"

namespace leeway::inline v0 {

/// The 2 x 2 table of one group: rows, weights and squared weights of each cell.
class group_table {
  public:
    /// label and prediction are 0 or 1, the weight positive and finite.
    void add(std::int32_t label, std::int32_t prediction, double weight) noexcept {
        cells_[static_cast<std::size_t>(2 * label + prediction)].add(weight);
    }
    void merge(const group_table& other) noexcept {
        for (std::size_t i = 0; i < cells_.size(); ++i) cells_[i].merge(other.cells_[i]);
    }

    [[nodiscard]] std::uint64_t rows() const noexcept {
        std::uint64_t sum = 0;
        for (const auto& cell : cells_) sum += cell.rows();
        return sum;
    }
    /// Sums of weights.
    [[nodiscard]] binary_counts weights() const noexcept {
        return {cells_[3].value(), cells_[1].value(), cells_[2].value(), cells_[0].value()};
    }
    /// Sums of squared weights, for Kish's effective number of rows.
    [[nodiscard]] binary_counts squared_weights() const noexcept {
        return {cells_[3].squares(), cells_[1].squares(), cells_[2].squares(), cells_[0].squares()};
    }

    friend bool operator==(const group_table&, const group_table&) = default;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("cells", self.cells_);
    }

  private:
    std::array<weight_sum, 4> cells_{};  // 2 * label + prediction
};

/// A 2 x 2 table of (label, prediction) for each of groups 0 .. groups - 1: what the fairness
/// metrics compare.
///
/// A row of a group that is out of range is counted in unknown_groups() and nowhere else; labels
/// and predictions other than 0 and 1, and bad weights, are counted in rejected(). Unweighted rows
/// are counted exactly, so merging is then exact in any order; other weights are summed
/// compensated. Merging another number of groups raises.
///
/// Cost: about 3 ns a row; 192 bytes a group. Thread rule: one writer.
class grouped_counts {
  public:
    using sample_type = grouped_outcome;
    static constexpr std::string_view kind = "grouped_counts";
    static constexpr std::size_t most_groups = 65536;

    /// Two groups.
    grouped_counts() : grouped_counts(2) {}
    explicit grouped_counts(std::size_t groups) {
        if (groups < 1 || groups > most_groups)
            raise_invalid("grouped_counts", "groups", groups, "1 to 65536");
        groups_.resize(groups);
    }

    void update(const grouped_outcome& sample) noexcept {
        if (!rejected_.accepts_weight(sample.weight)) return;
        // A negative number becomes a large one.
        if ((static_cast<std::uint32_t>(sample.label) |
             static_cast<std::uint32_t>(sample.prediction)) > 1) [[unlikely]] {
            ++rejected_.label;
            return;
        }
        const auto group = static_cast<std::size_t>(static_cast<std::uint32_t>(sample.group));
        if (group >= groups_.size()) [[unlikely]] {
            ++unknown_groups_;
            return;
        }
        groups_[group].add(sample.label, sample.prediction, sample.weight);
    }

    void update(const grouped_outcome::columns& batch) {
        require_lengths(kind, batch);
        for (std::size_t row = 0; row < batch.size(); ++row) update(batch[row]);
    }

    void merge(const grouped_counts& other) {
        if (groups_.size() != other.groups_.size()) {
            raise("grouped_counts: merging " + detail::shown(other.groups_.size()) +
                  " groups into " + detail::shown(groups_.size()));
        }
        unknown_groups_ += other.unknown_groups_;
        rejected_.merge(other.rejected_);
        for (std::size_t g = 0; g < groups_.size(); ++g) groups_[g].merge(other.groups_[g]);
    }

    void reset() noexcept {
        std::fill(groups_.begin(), groups_.end(), group_table{});
        unknown_groups_ = 0;
        rejected_ = {};
    }

    [[nodiscard]] std::span<const group_table> groups() const noexcept { return groups_; }
    /// Rows of a known group.
    [[nodiscard]] std::uint64_t rows() const noexcept {
        std::uint64_t sum = 0;
        for (const auto& group : groups_) sum += group.rows();
        return sum;
    }
    /// Weight of the rows of a known group.
    [[nodiscard]] double total() const noexcept {
        double sum = 0;
        for (const auto& group : groups_) sum += group.weights().total();
        return sum;
    }
    /// Good rows of a group that is out of range.
    [[nodiscard]] std::uint64_t unknown_groups() const noexcept { return unknown_groups_; }
    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }
    [[nodiscard]] std::size_t bytes() const noexcept {
        return sizeof *this + groups_.size() * sizeof groups_[0];
    }

    friend bool operator==(const grouped_counts&, const grouped_counts&) = default;

    [[nodiscard]] std::string defect() const {
        return groups_.empty() || groups_.size() > most_groups
                   ? "grouped_counts: expected 1 to 65536 groups"
                   : "";
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("groups", self.groups_);
        visit("unknown_groups", self.unknown_groups_);
        visit("rejected", self.rejected_);
    }

  private:
    std::vector<group_table> groups_;
    std::uint64_t unknown_groups_{0};
    rejections rejected_;
};

}  // namespace leeway::inline v0
