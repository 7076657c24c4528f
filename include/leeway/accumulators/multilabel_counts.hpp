// Counts of rows that have several labels at once.
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
#include "leeway/accumulators/moments.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"
#include "leeway/core/weight_sum.hpp"

namespace leeway::inline v0 {

/// For each of L labels the weight of true and false positives and negatives; over the rows, who
/// was right in all labels, and the moments of each row's own figures.
///
/// A row's precision is that of its labels, tp / (tp + fp); its recall, F1 and Jaccard index
/// likewise. Where such a figure is 0/0 (a row without a predicted label has no precision) the row
/// is not in its moments, whose weight says how many were. A number other than 0 and 1 is counted
/// in rejected().label, a row of another number of labels in rejected().range, bad weights under
/// their own reason. Unit weights are counted exactly below 2^53 rows. Merging a different number
/// of labels raises.
///
/// Cost: two passes over the labels and about 90 ns a row. Memory: 32 bytes a label and 1.1 KiB.
/// Thread rule: one writer. Source: M. Zhang, Z. Zhou, "A review on multi-label learning
/// algorithms", IEEE Trans. Knowl. Data Eng. 26 (2014), section 2.2.
class multilabel_counts {
  public:
    using sample_type = label_set;
    static constexpr std::string_view kind = "multilabel_counts";
    static constexpr std::size_t most_labels = 1048576;

    explicit multilabel_counts(std::size_t labels = 1) {
        if (labels < 1 || labels > most_labels)
            raise_invalid(kind, "labels", labels, "1 to 1048576");
        cells_.assign(4 * labels, 0.0);
    }

    void update(const label_set& row) noexcept {
        if (!rejected_.accepts_weight(row.weight)) return;
        if (row.label.size() != labels() || row.prediction.size() != labels()) [[unlikely]] {
            ++rejected_.range;
            return;
        }
        std::uint32_t seen = 0;
        for (std::size_t l = 0; l < labels(); ++l) {
            seen |= static_cast<std::uint32_t>(row.label[l]) |
                    static_cast<std::uint32_t>(row.prediction[l]);
        }
        if (seen > 1) [[unlikely]] {
            ++rejected_.label;
            return;
        }
        std::array<std::size_t, 4> in_row{};  // tn, fp, fn, tp
        for (std::size_t l = 0; l < labels(); ++l) {
            const auto at = static_cast<std::size_t>(2 * row.label[l] + row.prediction[l]);
            cells_[4 * l + at] += row.weight;
            ++in_row[at];
        }
        add_row(static_cast<double>(in_row[3]), static_cast<double>(in_row[1]),
                static_cast<double>(in_row[2]), row.weight);
    }

    void update(const label_set::columns& batch) {
        require_lengths(kind, batch);
        for (std::size_t row = 0; row < batch.size(); ++row) update(batch[row]);
    }

    void merge(const multilabel_counts& other) {
        if (cells_.size() != other.cells_.size()) {
            raise("multilabel_counts: merging " + detail::shown(other.labels()) + " labels into " +
                  detail::shown(labels()));
        }
        rejected_.merge(other.rejected_);
        for (std::size_t i = 0; i < cells_.size(); ++i) cells_[i] += other.cells_[i];
        all_.merge(other.all_);
        exact_.merge(other.exact_);
        for (std::size_t i = 0; i < products_.size(); ++i) products_[i].merge(other.products_[i]);
        precision_.merge(other.precision_);
        recall_.merge(other.recall_);
        f1_.merge(other.f1_);
        jaccard_.merge(other.jaccard_);
        wrong_.merge(other.wrong_);
    }

    void reset() noexcept {
        std::fill(cells_.begin(), cells_.end(), 0.0);
        all_.reset();
        exact_.reset();
        products_ = {};
        for (moments* each : {&precision_, &recall_, &f1_, &jaccard_, &wrong_}) each->reset();
        rejected_ = {};
    }

    [[nodiscard]] std::size_t labels() const noexcept { return cells_.size() / 4; }
    /// Label l against its absence.
    [[nodiscard]] binary_counts of_label(std::size_t l) const {
        if (l >= labels())
            raise_invalid(kind, "label", l,
                          "below the number of labels, " + detail::shown(labels()));
        return {.tp = cells_[4 * l + 3],
                .fp = cells_[4 * l + 1],
                .fn = cells_[4 * l + 2],
                .tn = cells_[4 * l]};
    }
    /// The four counts added over the labels.
    [[nodiscard]] binary_counts pooled() const noexcept {
        binary_counts sum;
        for (std::size_t l = 0; l < labels(); ++l) {
            sum.tn += cells_[4 * l];
            sum.fp += cells_[4 * l + 1];
            sum.fn += cells_[4 * l + 2];
            sum.tp += cells_[4 * l + 3];
        }
        return sum;
    }
    /// Over the rows, the sums of w times tp^2, tp fp, tp fn, fp^2, fp fn and fn^2, with a row's
    /// own counts over its labels: how they vary together.
    [[nodiscard]] std::array<double, 6> products() const noexcept {
        std::array<double, 6> values{};
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = products_[i].value();
        return values;
    }

    [[nodiscard]] std::uint64_t rows() const noexcept { return all_.rows(); }
    [[nodiscard]] double weight() const noexcept { return all_.value(); }
    [[nodiscard]] double sum_of_squared_weights() const noexcept { return all_.squares(); }
    /// Weight of the rows whose labels are all right.
    [[nodiscard]] double exact() const noexcept { return exact_.value(); }

    /// Each row's figure, over the rows in which it is defined.
    [[nodiscard]] const moments& row_precision() const noexcept { return precision_; }
    [[nodiscard]] const moments& row_recall() const noexcept { return recall_; }
    [[nodiscard]] const moments& row_f1() const noexcept { return f1_; }
    [[nodiscard]] const moments& row_jaccard() const noexcept { return jaccard_; }
    /// Each row's share of wrong labels.
    [[nodiscard]] const moments& row_wrong() const noexcept { return wrong_; }

    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }
    [[nodiscard]] std::size_t bytes() const noexcept {
        return sizeof *this + cells_.size() * sizeof cells_[0];
    }

    friend bool operator==(const multilabel_counts&, const multilabel_counts&) = default;

    [[nodiscard]] std::string defect() const {
        if (cells_.empty() || cells_.size() % 4 != 0 || cells_.size() / 4 > most_labels)
            return "multilabel_counts: not four counts for each of 1 to 1048576 labels";
        for (const double cell : cells_) {
            if (!(cell >= 0)) return "multilabel_counts: a count is negative or NaN";
        }
        if (exact_.rows() > all_.rows())
            return "multilabel_counts: more rows that are right than rows";
        for (const moments* each : {&precision_, &recall_, &f1_, &jaccard_, &wrong_}) {
            if (each->shift() != 0 || each->rows() > all_.rows())
                return "multilabel_counts: the rows' figures are not of these rows";
        }
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("cells", self.cells_);
        visit("all", self.all_);
        visit("exact", self.exact_);
        visit("products", self.products_);
        visit("precision", self.precision_);
        visit("recall", self.recall_);
        visit("f1", self.f1_);
        visit("jaccard", self.jaccard_);
        visit("wrong", self.wrong_);
        visit("rejected", self.rejected_);
    }

  private:
    /// A row's own counts over its labels.
    void add_row(double tp, double fp, double fn, double weight) noexcept {
        all_.add(weight);
        const double wrong = fp + fn;
        if (wrong == 0) exact_.add(weight);
        const std::array<double, 6> terms{tp * tp, tp * fp, tp * fn, fp * fp, fp * fn, fn * fn};
        for (std::size_t i = 0; i < terms.size(); ++i) products_[i].add(weight * terms[i]);
        if (tp + fp > 0) precision_.update({tp / (tp + fp), weight});
        if (tp + fn > 0) recall_.update({tp / (tp + fn), weight});
        if (tp + wrong > 0) {
            f1_.update({2 * tp / (2 * tp + wrong), weight});
            jaccard_.update({tp / (tp + wrong), weight});
        }
        wrong_.update({wrong / static_cast<double>(labels()), weight});
    }

    std::vector<double> cells_;  // of each label tn, fp, fn, tp
    weight_sum all_;
    weight_sum exact_;
    std::array<compensated_sum, 6> products_{};
    // About 0, so that merging moves nothing.
    moments precision_{0.0};
    moments recall_{0.0};
    moments f1_{0.0};
    moments jaccard_{0.0};
    moments wrong_{0.0};
    rejections rejected_;
};

}  // namespace leeway::inline v0
