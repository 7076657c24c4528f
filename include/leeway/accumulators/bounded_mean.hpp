// Sums of a quantity that cannot leave a known range: what an always-valid interval needs.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "leeway/core/error.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Rows, sum and sum of squares of x = (value - low) / (high - low), a number in [0, 1].
///
/// For error flags, bounded losses, scores and differences of losses. Rows have no weight: the
/// guarantee of always_valid_mean counts rows. A value outside [low, high] is counted in
/// rejected().range, NaN and infinities by their reasons; none is clipped, since that would move
/// the mean. Compensated sums: exact for flags, to 1e-16 relative otherwise. Merging another range
/// raises.
///
/// Cost: two compensated sums, about 4 ns a row. 96 bytes. Thread rule: one writer.
class bounded_mean {
  public:
    using sample_type = plain_value;
    static constexpr std::string_view kind = "bounded_mean";

    /// Over [0, 1].
    bounded_mean() = default;
    /// Finite ends, low < high.
    bounded_mean(double low, double high) : low_(low), high_(high) {
        if (!std::isfinite(low)) raise_invalid("bounded_mean", "low", low, "a finite number");
        if (!(high > low) || !std::isfinite(high - low)) {
            raise_invalid("bounded_mean", "high", high,
                          "a finite number above low, " + detail::shown(low));
        }
    }

    void update(plain_value sample) noexcept {
        if (rejected_.counts(sample.value)) return;
        if (!(sample.value >= low_ && sample.value <= high_)) [[unlikely]] {
            ++rejected_.range;
            return;
        }
        const double x = (sample.value - low_) / (high_ - low_);
        ++rows_;
        sum_.add(x);
        squares_.add(x * x);
    }

    void update(const plain_value::columns& batch) noexcept {
        for (std::size_t row = 0; row < batch.size(); ++row) update(batch[row]);
    }

    void merge(const bounded_mean& other) {
        if (low_ != other.low_ || high_ != other.high_) {
            raise("bounded_mean: merging the range " + detail::shown(other.low_) + " to " +
                  detail::shown(other.high_) + " into " + detail::shown(low_) + " to " +
                  detail::shown(high_));
        }
        rejected_.merge(other.rejected_);
        rows_ += other.rows_;
        sum_.merge(other.sum_);
        squares_.merge(other.squares_);
    }

    void reset() noexcept {
        rows_ = 0;
        sum_.reset();
        squares_.reset();
        rejected_ = {};
    }

    [[nodiscard]] double low() const noexcept { return low_; }
    [[nodiscard]] double high() const noexcept { return high_; }
    [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }
    /// Sum of x, in 0 to rows().
    [[nodiscard]] double unit_sum() const noexcept { return sum_.value(); }
    /// Sum of x^2.
    [[nodiscard]] double unit_squares() const noexcept { return squares_.value(); }
    /// In the values' unit; NaN without rows.
    [[nodiscard]] double mean() const noexcept {
        if (rows_ == 0) return std::numeric_limits<double>::quiet_NaN();
        return value_at(sum_.value() / static_cast<double>(rows_));
    }
    /// From [0, 1] to the values' unit.
    [[nodiscard]] double value_at(double x) const noexcept { return low_ + x * (high_ - low_); }
    /// From the values' unit to [0, 1].
    [[nodiscard]] double unit_of(double value) const noexcept {
        return (value - low_) / (high_ - low_);
    }

    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return sizeof *this; }

    friend bool operator==(const bounded_mean&, const bounded_mean&) = default;

    [[nodiscard]] std::string defect() const {
        if (!std::isfinite(low_) || !(high_ > low_) || !std::isfinite(high_ - low_))
            return "bounded_mean: the range is empty or not finite";
        const double n = static_cast<double>(rows_);
        const double rounding = 1e-12 * n;
        const double sum = sum_.value(), squares = squares_.value();
        if (!(sum >= 0 && sum <= n + rounding && squares >= 0 && squares <= sum + rounding))
            return "bounded_mean: no values in the range have these sums";
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("low", self.low_);
        visit("high", self.high_);
        visit("rows", self.rows_);
        visit("sum", self.sum_);
        visit("squares", self.squares_);
        visit("rejected", self.rejected_);
    }

  private:
    double low_{0};
    double high_{1};
    std::uint64_t rows_{0};
    compensated_sum sum_;
    compensated_sum squares_;
    rejections rejected_;
};

}  // namespace leeway::inline v0
