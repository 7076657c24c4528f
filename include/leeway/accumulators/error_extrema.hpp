// The largest errors of a regression, above and below.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"
#include "leeway/core/weight_sum.hpp"

namespace leeway::inline v0 {

/// Smallest and largest error, target - prediction, in the target's unit. Weights count only in
/// weight(): the largest error of a row is the same whatever the row's weight, unless that is zero.
///
/// An error that overflows is infinite. Rows with NaN or infinities and bad weights are counted in
/// rejected(). smallest() and largest() are NaN where nothing was seen. Merging is exact in any
/// order. Cost: two comparisons a row, 104 bytes. Thread rule: one writer.
class error_extrema {
  public:
    using sample_type = regression_outcome;
    static constexpr std::string_view kind = "error_extrema";

    void update(const regression_outcome& sample) noexcept {
        if (!rejected_.accepts(sample)) return;
        const double error = sample.target - sample.prediction;
        weight_.add(sample.weight);
        smallest_ = std::min(smallest_, error);
        largest_ = std::max(largest_, error);
    }

    void update(const regression_outcome::columns& batch) {
        require_lengths(kind, batch);
        for (std::size_t row = 0; row < batch.size(); ++row) update(batch[row]);
    }

    void merge(const error_extrema& other) {
        rejected_.merge(other.rejected_);
        weight_.merge(other.weight_);
        smallest_ = std::min(smallest_, other.smallest_);
        largest_ = std::max(largest_, other.largest_);
    }

    void reset() noexcept { *this = error_extrema(); }

    [[nodiscard]] std::uint64_t rows() const noexcept { return weight_.rows(); }
    [[nodiscard]] double weight() const noexcept { return weight_.value(); }
    [[nodiscard]] double smallest() const noexcept { return read(smallest_); }
    [[nodiscard]] double largest() const noexcept { return read(largest_); }
    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return sizeof *this; }

    friend bool operator==(const error_extrema&, const error_extrema&) = default;

    [[nodiscard]] std::string defect() const {
        const bool empty = smallest_ == none && largest_ == -none;
        const bool ordered = smallest_ <= largest_;
        if (rows() == 0 ? empty : ordered) return {};
        return "error_extrema: smallest, largest and number of rows disagree";
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("weight", self.weight_);
        visit("smallest", self.smallest_);
        visit("largest", self.largest_);
        visit("rejected", self.rejected_);
    }

  private:
    static constexpr double none = std::numeric_limits<double>::infinity();

    [[nodiscard]] double read(double value) const noexcept {
        return rows() == 0 ? std::numeric_limits<double>::quiet_NaN() : value;
    }

    weight_sum weight_;
    double smallest_{none};
    double largest_{-none};
    rejections rejected_;
};

}  // namespace leeway::inline v0
