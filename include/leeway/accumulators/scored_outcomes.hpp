// Every scored row of a test set, for the metrics that need them all.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "leeway/core/error.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// All (label, score, weight) rows in order of arrival: the exact ROC and precision-recall curves
/// are read from it.
///
/// It grows: 12 bytes a row, 20 once a weight other than 1 was seen. Right for a test set, wrong in
/// a service, so it is not Bounded; update may throw std::bad_alloc, and then nothing was added.
/// Rows with a label other than 0 and 1, a NaN or infinite score or a bad weight are counted in
/// rejected() and not kept. Merging appends. Cost: about 2 ns a row. Thread rule: one writer.
class scored_outcomes {
  public:
    using sample_type = probability_outcome;
    static constexpr std::string_view kind = "scored_outcomes";

    void update(const probability_outcome& sample) {
        if (!rejected_.accepts(sample)) return;
        make_room(1, sample.weight != 1);
        append(sample);
    }

    void update(const probability_outcome::columns& batch) {
        require_lengths(kind, batch);
        const bool weighted = std::any_of(batch.weight.begin(), batch.weight.end(),
                                          [](double weight) { return weight != 1; });
        make_room(batch.size(), weighted);
        for (std::size_t row = 0; row < batch.size(); ++row) {
            const probability_outcome sample = batch[row];
            if (rejected_.accepts(sample)) append(sample);
        }
    }

    void merge(const scored_outcomes& other) {
        const std::size_t added = other.size();  // other may be this very object
        make_room(added, !other.weights_.empty());
        for (std::size_t row = 0; row < added; ++row) {
            append({other.labels_[row], other.scores_[row],
                    other.weights_.empty() ? 1.0 : other.weights_[row]});
        }
        const rejections refused = other.rejected_;
        rejected_.merge(refused);
    }

    void reset() noexcept {
        labels_.clear();
        scores_.clear();
        weights_.clear();
        rejected_ = {};
    }

    [[nodiscard]] std::size_t size() const noexcept { return scores_.size(); }
    /// 0 or 1.
    [[nodiscard]] std::span<const std::int32_t> labels() const noexcept { return labels_; }
    [[nodiscard]] std::span<const double> scores() const noexcept { return scores_; }
    /// Empty while every weight is 1.
    [[nodiscard]] std::span<const double> weights() const noexcept { return weights_; }
    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }

    friend bool operator==(const scored_outcomes&, const scored_outcomes&) = default;

    [[nodiscard]] std::string defect() const {
        if (labels_.size() != scores_.size() ||
            (!weights_.empty() && weights_.size() != scores_.size())) {
            return "scored_outcomes: columns of different lengths";
        }
        rejections refused;
        for (std::size_t row = 0; row < size(); ++row) {
            const double weight = weights_.empty() ? 1.0 : weights_[row];
            if (!refused.accepts(probability_outcome{labels_[row], scores_[row], weight}))
                return "scored_outcomes: row " + detail::shown(row) + " is not a valid row";
        }
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("labels", self.labels_);
        visit("scores", self.scores_);
        visit("weights", self.weights_);
        visit("rejected", self.rejected_);
    }

  private:
    /// Everything that can throw: afterwards `rows` rows can be appended without allocating.
    void make_room(std::size_t rows, bool weighted) {
        reserve(labels_, size() + rows);
        reserve(scores_, size() + rows);
        if (weighted || !weights_.empty()) reserve(weights_, size() + rows);
    }

    template <class T>
    static void reserve(std::vector<T>& column, std::size_t needed) {
        if (needed > column.capacity()) column.reserve(std::max(needed, 2 * column.capacity()));
    }

    void append(const probability_outcome& sample) noexcept {
        if (weights_.empty() && sample.weight != 1) weights_.resize(size(), 1.0);
        if (!weights_.empty() || sample.weight != 1) weights_.push_back(sample.weight);
        labels_.push_back(sample.label);
        scores_.push_back(sample.score);
    }

    std::vector<std::int32_t> labels_;
    std::vector<double> scores_;
    std::vector<double> weights_;
    rejections rejected_;
};

}  // namespace leeway::inline v0
