// At which place among a row's scores the label came.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "leeway/accumulators/row_losses.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// The weight of the rows whose label has rank r among the scores, r = 0 .. classes - 1: top-k
/// accuracy is read from it for every k.
///
/// The rank is the number of classes that come before the label's: those with a larger score, and
/// those with an equal one and a lower number, so that a tie is won by the lowest class, as
/// everywhere in leeway. Scores are any finite numbers. A row with another number of scores is
/// counted in rejected().range; NaN, infinities, labels outside the classes and bad weights under
/// their own reasons. Unit weights are counted exactly below 2^53 rows a rank. Merging a different
/// number of classes raises.
///
/// Cost: one pass over the scores. Memory: 8 classes bytes. Thread rule: one writer.
class label_ranks {
  public:
    using sample_type = probability_row;
    static constexpr std::string_view kind = "label_ranks";
    static constexpr std::size_t most_classes = 16777216;

    explicit label_ranks(std::size_t classes = 2) {
        if (classes < 1 || classes > most_classes)
            raise_invalid(kind, "classes", classes, "1 to 16777216");
        weights_.assign(classes, 0.0);
    }

    void update(const probability_row& row) noexcept {
        if (!detail::accepts_scores(row, rejected_)) return;
        if (row.scores.size() != weights_.size()) [[unlikely]] {
            ++rejected_.range;
            return;
        }
        const auto label = static_cast<std::size_t>(row.label);
        const double own = row.scores[label];
        std::size_t rank = 0;
        for (std::size_t c = 0; c < label; ++c) rank += row.scores[c] >= own ? 1U : 0U;
        for (std::size_t c = label + 1; c < row.scores.size(); ++c)
            rank += row.scores[c] > own ? 1U : 0U;
        weights_[rank] += row.weight;
        squared_weights_ += row.weight * row.weight;
    }

    void update(const probability_row::columns& batch) {
        require_lengths(kind, batch);
        for (std::size_t row = 0; row < batch.size(); ++row) update(batch[row]);
    }

    void merge(const label_ranks& other) {
        if (weights_.size() != other.weights_.size()) {
            raise("label_ranks: merging " + detail::shown(other.weights_.size()) +
                  " classes into " + detail::shown(weights_.size()));
        }
        rejected_.merge(other.rejected_);
        squared_weights_ += other.squared_weights_;
        for (std::size_t r = 0; r < weights_.size(); ++r) weights_[r] += other.weights_[r];
    }

    void decay(double factor) {
        if (!(factor >= 0 && factor <= 1))
            raise_invalid("label_ranks::decay", "factor", factor, "0 to 1");
        for (double& weight : weights_) weight *= factor;
        squared_weights_ *= factor * factor;
    }

    void reset() noexcept {
        std::fill(weights_.begin(), weights_.end(), 0.0);
        squared_weights_ = 0;
        rejected_ = {};
    }

    [[nodiscard]] std::size_t classes() const noexcept { return weights_.size(); }
    /// Weight of the rows by rank; weights()[0] is of those whose label had the largest score.
    [[nodiscard]] std::span<const double> weights() const noexcept { return weights_; }
    [[nodiscard]] double total() const noexcept {
        double sum = 0;
        for (const double weight : weights_) sum += weight;
        return sum;
    }
    [[nodiscard]] double sum_of_squared_weights() const noexcept { return squared_weights_; }

    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }
    [[nodiscard]] std::size_t bytes() const noexcept {
        return sizeof *this + weights_.size() * sizeof weights_[0];
    }

    friend bool operator==(const label_ranks&, const label_ranks&) = default;

    [[nodiscard]] std::string defect() const {
        if (weights_.empty() || weights_.size() > most_classes)
            return "label_ranks: expected 1 to 16777216 classes";
        for (const double weight : weights_) {
            if (!(weight >= 0)) return "label_ranks: a rank's weight is negative or NaN";
        }
        if (!(squared_weights_ >= 0)) return "label_ranks: negative squared weights";
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("weights", self.weights_);
        visit("squared_weights", self.squared_weights_);
        visit("rejected", self.rejected_);
    }

  private:
    std::vector<double> weights_;
    double squared_weights_{0};
    rejections rejected_;
};

}  // namespace leeway::inline v0
