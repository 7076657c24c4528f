// The scores of each class in a bounded table: what AUC and its relatives are read from.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "leeway/accumulators/log_linear_histogram.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Per class (0 negative, 1 positive), a log-linear histogram of the scores.
///
/// Any area or distance between the two score distributions lies in a band that the table itself
/// proves: only pairs that share a cell are of unknown order. Rows with a label other than 0 and 1,
/// a NaN or infinite score or a bad weight are counted in rejected(). Merging over different
/// layouts raises.
///
/// Memory: two tables of the layout, 1 MiB for log_linear_layout::any() (any real score), 50 KiB
/// for probabilities(), 33 KiB for logits(), which is the one for logits. Cost: about 2 ns a row
/// while the tables stay in cache. Thread rule: one writer.
class score_table {
  public:
    using sample_type = probability_outcome;
    static constexpr std::string_view kind = "score_table";

    explicit score_table(log_linear_layout layout = log_linear_layout::any())
        : negatives_(layout), positives_(layout) {}
    /// Of the scores of each class, already counted; raises when their layouts differ.
    score_table(log_linear_histogram negatives, log_linear_histogram positives)
        : negatives_(std::move(negatives)), positives_(std::move(positives)) {
        if (const std::string wrong = defect(); !wrong.empty()) raise(wrong);
    }

    void update(const probability_outcome& sample) noexcept {
        if (!rejected_.accepts(sample)) return;
        (sample.label == 1 ? positives_ : negatives_).update({sample.score, sample.weight});
    }

    void update(const probability_outcome::columns& batch) {
        require_lengths("score_table", batch);
        for (std::size_t row = 0; row < batch.size(); ++row) update(batch[row]);
    }

    void merge(const score_table& other) {
        if (layout() != other.layout()) {
            raise("score_table: merging different layouts, {" + to_debug_string(layout()) +
                  "} and {" + to_debug_string(other.layout()) + "}");
        }
        rejected_.merge(other.rejected_);
        negatives_.merge(other.negatives_);
        positives_.merge(other.positives_);
    }

    void decay(double factor) {
        negatives_.decay(factor);
        positives_.decay(factor);
    }

    void reset() noexcept {
        negatives_.reset();
        positives_.reset();
        rejected_ = {};
    }

    [[nodiscard]] const log_linear_layout& layout() const noexcept { return negatives_.layout(); }
    [[nodiscard]] const log_linear_histogram& negatives() const noexcept { return negatives_; }
    [[nodiscard]] const log_linear_histogram& positives() const noexcept { return positives_; }
    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }
    [[nodiscard]] std::size_t bytes() const noexcept {
        return sizeof rejected_ + negatives_.bytes() + positives_.bytes();
    }

    friend bool operator==(const score_table&, const score_table&) = default;

    [[nodiscard]] std::string defect() const {
        return negatives_.layout() == positives_.layout()
                   ? ""
                   : "score_table: the classes have different layouts";
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("negatives", self.negatives_);
        visit("positives", self.positives_);
        visit("rejected", self.rejected_);
    }

  private:
    log_linear_histogram negatives_;
    log_linear_histogram positives_;
    rejections rejected_;
};

}  // namespace leeway::inline v0
