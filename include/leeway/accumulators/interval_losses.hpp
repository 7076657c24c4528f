// How wide forecast intervals are, how often and how far targets miss them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "leeway/accumulators/forecast_losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/core/forecast_sample.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"
#include "leeway/core/weight_sum.hpp"

namespace leeway::inline v0 {

/// Of intervals [l, u] and their targets y: the weight of l <= y <= u, and mean and variance of the
/// width u - l and of the miss max(l - y, y - u, 0), and how the two vary together. Coverage, mean
/// width and the interval score at any level are read from it.
///
/// Rows with NaN or infinite numbers (or whose distances overflow) and bad weights are counted in
/// rejected(), crossing ends (l > u) under range. Intervals that are open at one side are not
/// finite, and so refused. Cost: seven compensated sums a row, about 20 ns; some 500 bytes. Thread
/// rule: one writer.
class interval_losses {
  public:
    using sample_type = interval_outcome;
    static constexpr std::string_view kind = "interval_losses";

    void update(const interval_outcome& sample) noexcept {
        if (!detail::accepts_interval(sample, rejected_)) return;
        if (sample.lower <= sample.target && sample.target <= sample.upper)
            covered_.add(sample.weight);
        width_.update(sample);
        miss_.update(sample);
        reach_.update(sample);
    }

    void update(const interval_outcome::columns& batch) {
        require_lengths(kind, batch);
        for (std::size_t row = 0; row < batch.size(); ++row) update(batch[row]);
    }

    void merge(const interval_losses& other) {
        covered_.merge(other.covered_);
        width_.merge(other.width_);
        miss_.merge(other.miss_);
        reach_.merge(other.reach_);
        const rejections refused = other.rejected_;
        rejected_.merge(refused);
    }

    void reset() noexcept { *this = interval_losses(); }

    [[nodiscard]] std::uint64_t rows() const noexcept { return width_.rows(); }
    [[nodiscard]] double weight() const noexcept { return width_.weight(); }
    [[nodiscard]] double sum_of_squared_weights() const noexcept {
        return width_.sum_of_squared_weights();
    }
    /// Weight of the rows whose target is in its interval, ends included.
    [[nodiscard]] double covered() const noexcept { return covered_.value(); }
    [[nodiscard]] const mean_loss<loss::interval_width>& width() const noexcept { return width_; }
    [[nodiscard]] const mean_loss<loss::interval_miss>& miss() const noexcept { return miss_; }
    /// Covariance of width and miss, (V(width + miss) - V(width) - V(miss)) / 2.
    [[nodiscard]] double covariance() const noexcept {
        return (reach_.variance() - width_.variance() - miss_.variance()) / 2;
    }
    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return sizeof *this; }

    friend bool operator==(const interval_losses&, const interval_losses&) = default;

    [[nodiscard]] std::string defect() const {
        if (width_.rows() != miss_.rows() || width_.rows() != reach_.rows() ||
            width_.weight() != miss_.weight() || width_.weight() != reach_.weight() ||
            covered_.rows() > width_.rows()) {
            return "interval_losses: the sums are not of the same rows";
        }
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("covered", self.covered_);
        visit("width", self.width_);
        visit("miss", self.miss_);
        visit("reach", self.reach_);
        visit("rejected", self.rejected_);
    }

  private:
    weight_sum covered_;
    mean_loss<loss::interval_width> width_;
    mean_loss<loss::interval_miss> miss_;
    mean_loss<loss::interval_reach> reach_;
    rejections rejected_;
};

}  // namespace leeway::inline v0
