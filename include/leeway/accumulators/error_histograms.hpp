// The sizes of a regression's errors, and its targets, as histograms: medians in bounded memory.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "leeway/accumulators/extrema.hpp"
#include "leeway/accumulators/log_linear_histogram.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Log-linear histograms of |target - prediction| and of the target, the exact weighted sums of the
/// first on either side and the extremes of the second: the median absolute error and D^2 of the
/// absolute error and of the pinball loss of any level lie in bands that these prove, where
/// paired_values keeps every row.
///
/// An error that overflows is counted in infinite(), as larger than all others. Rows with NaN or
/// infinities and bad weights are counted in rejected(). Merging over other layouts raises.
///
/// Memory: one histogram of each layout, 762 KiB for the default (any float). Cost: about 5 ns a
/// row while they stay in cache. Thread rule: one writer.
class error_histograms {
  public:
    using sample_type = regression_outcome;
    static constexpr std::string_view kind = "error_histograms";

    /// Of the same relative width and range for errors, which are never negative, and targets.
    explicit error_histograms(log_linear_layout targets = log_linear_layout::any())
        : absolute_errors_(log_linear_layout(targets.mantissa_bits(), targets.min_exponent(),
                                             targets.max_exponent(), false)),
          targets_(targets) {}

    void update(const regression_outcome& sample) noexcept {
        if (!rejected_.accepts(sample)) return;
        constexpr double largest = std::numeric_limits<double>::max();
        const double error = std::fabs(sample.target - sample.prediction);
        if (error <= largest) [[likely]] {
            (sample.target > sample.prediction ? positive_ : negative_).add(sample.weight * error);
        } else {
            ++infinite_;
        }
        absolute_errors_.update({std::min(error, largest), sample.weight});
        targets_.update({sample.target, sample.weight});
        range_.update(sample.target);
    }

    void update(const regression_outcome::columns& batch) {
        require_lengths(kind, batch);
        for (std::size_t row = 0; row < batch.size(); ++row) update(batch[row]);
    }

    void merge(const error_histograms& other) {
        absolute_errors_.merge(other.absolute_errors_);
        targets_.merge(other.targets_);
        range_.merge(other.range_);
        positive_.merge(other.positive_);
        negative_.merge(other.negative_);
        infinite_ += other.infinite_;
        rejected_.merge(other.rejected_);
    }

    void reset() noexcept {
        absolute_errors_.reset();
        targets_.reset();
        range_.reset();
        positive_.reset();
        negative_.reset();
        infinite_ = 0;
        rejected_ = {};
    }

    [[nodiscard]] const log_linear_histogram& absolute_errors() const noexcept {
        return absolute_errors_;
    }
    [[nodiscard]] const log_linear_histogram& targets() const noexcept { return targets_; }
    /// The smallest and the largest target, and how many rows there are.
    [[nodiscard]] const extrema& range() const noexcept { return range_; }
    /// Rows whose error overflows; they are not in the sums.
    [[nodiscard]] std::uint64_t infinite() const noexcept { return infinite_; }
    /// sum w |target - prediction| over the rows whose prediction is too low, and too high.
    [[nodiscard]] double sum_of_positive_errors() const noexcept { return positive_.value(); }
    [[nodiscard]] double sum_of_negative_errors() const noexcept { return negative_.value(); }
    /// sum w |target - prediction|.
    [[nodiscard]] double sum_of_absolute_errors() const noexcept {
        compensated_sum both = positive_;
        both.merge(negative_);
        return both.value();
    }
    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }
    [[nodiscard]] std::size_t bytes() const noexcept {
        return sizeof *this - 2 * sizeof targets_ + absolute_errors_.bytes() + targets_.bytes();
    }

    friend bool operator==(const error_histograms&, const error_histograms&) = default;

    [[nodiscard]] std::string defect() const {
        if (!(positive_.value() >= 0 && negative_.value() >= 0) ||
            absolute_errors_.layout().negative())
            return "error_histograms: negative absolute errors";
        if (infinite_ > range_.rows()) return "error_histograms: more errors overflow than rows";
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("absolute_errors", self.absolute_errors_);
        visit("targets", self.targets_);
        visit("range", self.range_);
        visit("positive", self.positive_);
        visit("negative", self.negative_);
        visit("infinite", self.infinite_);
        visit("rejected", self.rejected_);
    }

  private:
    log_linear_histogram absolute_errors_;
    log_linear_histogram targets_;
    extrema range_;
    compensated_sum positive_;
    compensated_sum negative_;
    std::uint64_t infinite_{0};
    rejections rejected_;
};

}  // namespace leeway::inline v0
