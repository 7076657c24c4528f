// Every row of a test set with a score for each class, for the metrics that need them all.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// All (label, score of each class, weight) rows in order of arrival, of classes 0 .. classes - 1:
/// comparisons of one class with another are read from it.
///
/// Nothing is assumed of the scores but that they are finite. It grows: 4 + 8 classes bytes a row,
/// 8 more once a weight other than 1 was seen. Right for a test set, wrong in a service, so it is
/// not Bounded; update may throw std::bad_alloc, and then nothing was added. Rows with a label
/// outside the classes, a NaN or infinite score or a bad weight, and (under range) single rows with
/// another number of scores, are counted in rejected() and not kept; a batch with another number of
/// scores a row raises, as does merging another number of classes. Merging appends. Cost: about 1
/// ns a score. Thread rule: one writer.
class class_scores {
  public:
    using sample_type = probability_row;
    static constexpr std::string_view kind = "class_scores";
    static constexpr std::size_t most_classes = 16384;

    /// Two classes.
    class_scores() : class_scores(2) {}
    explicit class_scores(std::size_t classes) : classes_(classes) {
        if (classes < 2 || classes > most_classes)
            raise_invalid("class_scores", "classes", classes, "2 to 16384");
    }

    void update(const probability_row& row) {
        if (!accepts(row)) return;
        make_room(1, row.weight != 1);
        append(row);
    }

    void update(const probability_row::columns& batch) {
        require_lengths(kind, batch);
        if (batch.size() > 0 && batch.classes() != classes_) {
            raise_invalid(kind, "scores a row", batch.classes(),
                          "the number of classes, " + detail::shown(classes_));
        }
        const bool weighted = std::any_of(batch.weight.begin(), batch.weight.end(),
                                          [](double weight) { return weight != 1; });
        make_room(batch.size(), weighted);
        for (std::size_t row = 0; row < batch.size(); ++row) {
            if (accepts(batch[row])) append(batch[row]);
        }
    }

    void merge(const class_scores& other) {
        if (classes_ != other.classes_) {
            raise("class_scores: merging " + detail::shown(other.classes_) + " classes into " +
                  detail::shown(classes_));
        }
        const std::size_t added = other.size();  // other may be this very object
        make_room(added, !other.weights_.empty());
        for (std::size_t row = 0; row < added; ++row) append(other[row]);
        const rejections refused = other.rejected_;
        rejected_.merge(refused);
    }

    void reset() noexcept {
        labels_.clear();
        scores_.clear();
        weights_.clear();
        rejected_ = {};
    }

    [[nodiscard]] std::size_t classes() const noexcept { return classes_; }
    [[nodiscard]] std::size_t size() const noexcept { return labels_.size(); }
    [[nodiscard]] std::span<const std::int32_t> labels() const noexcept { return labels_; }
    /// Row by row.
    [[nodiscard]] std::span<const double> scores() const noexcept { return scores_; }
    /// Empty while every weight is 1.
    [[nodiscard]] std::span<const double> weights() const noexcept { return weights_; }
    [[nodiscard]] probability_row operator[](std::size_t row) const noexcept {
        return {labels_[row], scores().subspan(row * classes_, classes_),
                weights_.empty() ? 1.0 : weights_[row]};
    }
    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }

    /// Class c against all others, by its own score: what the averages of one class against the
    /// rest are made of.
    [[nodiscard]] scored_outcomes one_vs_rest(std::size_t c) const {
        if (c >= classes_) {
            raise_invalid("class_scores", "class", c,
                          "below the number of classes, " + detail::shown(classes_));
        }
        scored_outcomes rows;
        for (std::size_t row = 0; row < size(); ++row) {
            const probability_row from = (*this)[row];
            const std::int32_t label = static_cast<std::size_t>(from.label) == c ? 1 : 0;
            rows.update({label, from.scores[c], from.weight});
        }
        return rows;
    }

    friend bool operator==(const class_scores&, const class_scores&) = default;

    [[nodiscard]] std::string defect() const {
        if (classes_ < 2 || classes_ > most_classes)
            return "class_scores: the number of classes is not in 2 to 16384";
        if (scores_.size() != labels_.size() * classes_ ||
            (!weights_.empty() && weights_.size() != labels_.size())) {
            return "class_scores: columns of different lengths";
        }
        class_scores judge(classes_);
        for (std::size_t row = 0; row < size(); ++row) {
            if (!judge.accepts((*this)[row]))
                return "class_scores: row " + detail::shown(row) + " is not a valid row";
        }
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("classes", self.classes_);
        visit("labels", self.labels_);
        visit("scores", self.scores_);
        visit("weights", self.weights_);
        visit("rejected", self.rejected_);
    }

  private:
    [[nodiscard]] bool accepts(const probability_row& row) noexcept {
        if (!rejected_.accepts_weight(row.weight)) return false;
        for (const double score : row.scores) {
            if (rejected_.counts(score)) return false;
        }
        if (row.label < 0 || static_cast<std::size_t>(row.label) >= classes_) {
            ++rejected_.label;
            return false;
        }
        if (row.scores.size() != classes_) {
            ++rejected_.range;
            return false;
        }
        return true;
    }

    /// Everything that can throw: afterwards `rows` rows can be appended without allocating.
    void make_room(std::size_t rows, bool weighted) {
        reserve(labels_, size() + rows);
        reserve(scores_, (size() + rows) * classes_);
        if (weighted || !weights_.empty()) reserve(weights_, size() + rows);
    }

    template <class T>
    static void reserve(std::vector<T>& column, std::size_t needed) {
        if (needed > column.capacity()) column.reserve(std::max(needed, 2 * column.capacity()));
    }

    void append(const probability_row& row) noexcept {
        if (weights_.empty() && row.weight != 1) weights_.resize(size(), 1.0);
        if (!weights_.empty() || row.weight != 1) weights_.push_back(row.weight);
        labels_.push_back(row.label);
        // Not insert: the row may be one of these.
        for (std::size_t c = 0; c < classes_; ++c) scores_.push_back(row.scores[c]);
    }

    std::uint64_t classes_{2};
    std::vector<std::int32_t> labels_;
    std::vector<double> scores_;
    std::vector<double> weights_;
    rejections rejected_;
};

}  // namespace leeway::inline v0
