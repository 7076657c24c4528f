// The scores of each class by the class of the row, in bounded tables: what the AUC of several
// classes is read from.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "leeway/accumulators/log_linear_histogram.hpp"
#include "leeway/accumulators/log_linear_layout.hpp"
#include "leeway/accumulators/row_losses.hpp"
#include "leeway/accumulators/score_table.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/fields.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// For each class a log-linear histogram of its score over the rows of each label, or, without
/// `by_pair`, over the rows of its own label and over those of all others.
///
/// One class against the rest, and with by_pair one class against another, are score_tables whose
/// areas lie in certified bands. Rows with a label outside the classes, a NaN or infinite score or
/// a bad weight, and (under range) another number of scores, are counted in rejected(). Merging
/// another number of classes, another layout or another form raises.
///
/// Memory: classes^2 histograms, 2 classes without by_pair; 25 KiB each for
/// log_linear_layout::probabilities(). Cost: about 2 ns a score while they stay in cache. Thread
/// rule: one writer.
class class_score_tables {
  public:
    using sample_type = probability_row;
    static constexpr std::string_view kind = "class_score_tables";
    static constexpr std::size_t most_classes = 16384;

    /// Two classes.
    class_score_tables() : class_score_tables(2) {}
    explicit class_score_tables(
        std::size_t classes, bool by_pair = true,
        const log_linear_layout& layout = log_linear_layout::probabilities())
        : classes_(classes), by_pair_(by_pair), layout_(layout) {
        if (classes < 2 || classes > most_classes)
            raise_invalid(kind, "classes", classes, "2 to 16384");
        cells_.assign(classes * tables_a_class() * layout.cells(), 0.0);
    }

    void update(const probability_row& row) noexcept {
        if (!detail::accepts_scores(row, rejected_)) return;
        if (row.scores.size() != classes_) [[unlikely]] {
            ++rejected_.range;
            return;
        }
        const auto label = static_cast<std::size_t>(row.label);
        for (std::size_t c = 0; c < row.scores.size(); ++c)
            cells_[begin_of(c, label) + layout_.index(row.scores[c])] += row.weight;
    }

    void update(const probability_row::columns& batch) {
        require_lengths(kind, batch);
        for (std::size_t row = 0; row < batch.size(); ++row) update(batch[row]);
    }

    void merge(const class_score_tables& other) {
        if (classes_ != other.classes_ || by_pair_ != other.by_pair_ || layout_ != other.layout_) {
            raise("class_score_tables: merging " + shape_of(other) + " into " + shape_of(*this));
        }
        for (std::size_t i = 0; i < cells_.size(); ++i) cells_[i] += other.cells_[i];
        rejected_.merge(other.rejected_);
    }

    void reset() noexcept {
        std::fill(cells_.begin(), cells_.end(), 0.0);
        rejected_ = {};
    }

    [[nodiscard]] std::size_t classes() const noexcept { return classes_; }
    /// Whether one class can be held against another.
    [[nodiscard]] bool by_pair() const noexcept { return by_pair_; }
    [[nodiscard]] const log_linear_layout& layout() const noexcept { return layout_; }

    /// The scores of class c, the rows of its label as positives and all others as negatives.
    [[nodiscard]] score_table one_vs_rest(std::size_t c) const {
        require_class(c);
        log_linear_histogram others(layout_);
        for (std::size_t kind_of_row = 0; kind_of_row < tables_a_class(); ++kind_of_row) {
            if (by_pair_ ? kind_of_row != c : kind_of_row == 0)
                others.merge(table_at((c * tables_a_class() + kind_of_row) * layout_.cells()));
        }
        return {std::move(others), table_at(begin_of(c, c))};
    }
    /// The scores of class a, its rows as positives and those of class b as negatives; raises
    /// without by_pair().
    [[nodiscard]] score_table one_vs_one(std::size_t a, std::size_t b) const {
        require_class(a);
        require_class(b);
        if (!by_pair_) raise("class_score_tables: was not made to tell pairs of classes apart");
        return {table_at(begin_of(a, b)), table_at(begin_of(a, a))};
    }

    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }
    [[nodiscard]] std::size_t bytes() const noexcept {
        return sizeof *this + cells_.size() * sizeof cells_[0];
    }

    friend bool operator==(const class_score_tables&, const class_score_tables&) = default;

    [[nodiscard]] std::string defect() const {
        if (classes_ < 2 || classes_ > most_classes ||
            cells_.size() != classes_ * tables_a_class() * layout_.cells())
            return "class_score_tables: not one table a class and kind of row";
        for (const double cell : cells_) {
            if (!(cell >= 0)) return "class_score_tables: a cell's weight is negative or NaN";
        }
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("classes", self.classes_);
        visit("by_pair", self.by_pair_);
        visit("layout", self.layout_);
        visit("cells", self.cells_);
        visit("rejected", self.rejected_);
    }

  private:
    [[nodiscard]] std::size_t tables_a_class() const noexcept { return by_pair_ ? classes_ : 2; }
    /// Where the scores of class c over the rows of this label begin.
    [[nodiscard]] std::size_t begin_of(std::size_t c, std::size_t label) const noexcept {
        return (by_pair_ ? c * classes_ + label : 2 * c + (c == label ? 1 : 0)) * layout_.cells();
    }
    [[nodiscard]] log_linear_histogram table_at(std::size_t begin) const {
        return {layout_, std::span(cells_).subspan(begin, layout_.cells())};
    }
    [[nodiscard]] static std::string shape_of(const class_score_tables& one) {
        return detail::shown(one.classes_) + " classes " +
               (one.by_pair_ ? "by pair {" : "against the rest {") + to_debug_string(one.layout_) +
               "}";
    }
    void require_class(std::size_t c) const {
        if (c >= classes_) {
            raise_invalid(kind, "class", c,
                          "below the number of classes, " + detail::shown(classes_));
        }
    }

    std::uint64_t classes_;
    bool by_pair_;
    log_linear_layout layout_;
    std::vector<double> cells_;
    rejections rejected_;
};

}  // namespace leeway::inline v0
