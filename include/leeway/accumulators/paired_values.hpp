// Every target and prediction of a test set, for the metrics that need them all.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "leeway/core/error.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"
#include "leeway/core/weight_sum.hpp"

namespace leeway::inline v0 {

/// All (target, prediction, weight) rows in order of arrival: medians, rank correlations and skill
/// against a quantile are read from it.
///
/// It grows: 16 bytes a row, 24 once a weight other than 1 was seen. Right for a test set, wrong in
/// a service, so it is not Bounded; update may throw std::bad_alloc, and then nothing was added.
/// Rows with NaN or infinities or a bad weight are counted in rejected() and not kept. Merging
/// appends. Cost: a few ns a row in a batch. Thread rule: one writer.
class paired_values {
  public:
    using sample_type = regression_outcome;
    static constexpr std::string_view kind = "paired_values";

    void update(const regression_outcome& sample) {
        if (!rejected_.accepts(sample)) return;
        make_room(1, sample.weight != 1);
        append(sample);
    }

    void update(const regression_outcome::columns& batch) {
        require_lengths(kind, batch);
        const bool weighted = std::any_of(batch.weight.begin(), batch.weight.end(),
                                          [](double weight) { return weight != 1; });
        make_room(batch.size(), weighted);
        for (std::size_t row = 0; row < batch.size(); ++row) {
            const regression_outcome sample = batch[row];
            if (rejected_.accepts(sample)) append(sample);
        }
    }

    void merge(const paired_values& other) {
        const std::size_t added = other.size();  // other may be this very object
        make_room(added, !other.weights_.empty());
        for (std::size_t row = 0; row < added; ++row) {
            append(other[row]);
        }
        const rejections refused = other.rejected_;
        rejected_.merge(refused);
    }

    void reset() noexcept {
        targets_.clear();
        predictions_.clear();
        weights_.clear();
        rejected_ = {};
    }

    [[nodiscard]] std::size_t size() const noexcept { return predictions_.size(); }
    [[nodiscard]] regression_outcome operator[](std::size_t row) const noexcept {
        return {targets_[row], predictions_[row], weights_.empty() ? 1.0 : weights_[row]};
    }
    [[nodiscard]] std::span<const double> targets() const noexcept { return targets_; }
    [[nodiscard]] std::span<const double> predictions() const noexcept { return predictions_; }
    /// Empty while every weight is 1.
    [[nodiscard]] std::span<const double> weights() const noexcept { return weights_; }
    /// Rows, their weight and its squares; O(rows).
    [[nodiscard]] weight_sum total_weight() const noexcept {
        weight_sum sum;
        if (weights_.empty()) sum.add_rows(size());
        for (const double weight : weights_) sum.add(weight);
        return sum;
    }
    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }

    friend bool operator==(const paired_values&, const paired_values&) = default;

    [[nodiscard]] std::string defect() const {
        if (targets_.size() != predictions_.size() ||
            (!weights_.empty() && weights_.size() != predictions_.size())) {
            return "paired_values: columns of different lengths";
        }
        rejections refused;
        for (std::size_t row = 0; row < size(); ++row) {
            if (!refused.accepts((*this)[row]))
                return "paired_values: row " + detail::shown(row) + " is not a valid row";
        }
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("targets", self.targets_);
        visit("predictions", self.predictions_);
        visit("weights", self.weights_);
        visit("rejected", self.rejected_);
    }

  private:
    /// Everything that can throw: afterwards `rows` rows can be appended without allocating.
    void make_room(std::size_t rows, bool weighted) {
        reserve(targets_, size() + rows);
        reserve(predictions_, size() + rows);
        if (weighted || !weights_.empty()) reserve(weights_, size() + rows);
    }

    static void reserve(std::vector<double>& column, std::size_t needed) {
        if (needed > column.capacity()) column.reserve(std::max(needed, 2 * column.capacity()));
    }

    void append(const regression_outcome& sample) noexcept {
        if (weights_.empty() && sample.weight != 1) weights_.resize(size(), 1.0);
        if (!weights_.empty() || sample.weight != 1) weights_.push_back(sample.weight);
        targets_.push_back(sample.target);
        predictions_.push_back(sample.prediction);
    }

    std::vector<double> targets_;
    std::vector<double> predictions_;
    std::vector<double> weights_;
    rejections rejected_;
};

}  // namespace leeway::inline v0
