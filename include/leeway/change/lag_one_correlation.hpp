// How much a value tells about the next: the condition under which alarms keep their promise.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "leeway/core/concepts.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Running lag-1 autocorrelation of a stream.
///
///     r = sum_{t<n} (x_t - mean)(x_{t+1} - mean) / sum_t (x_t - mean)^2        in [-1, 1]
///
/// over all values seen, about their own mean; sums are kept about the first value. A NaN or
/// infinite value is counted and breaks the chain: the next value has no predecessor. Undefined
/// with fewer than 3 values or when they do not vary. Its standard error on independent values is
/// about 1/sqrt(n).
///
/// The e-detectors assume that the past does not move the mean of the next value. void_above(0.1)
/// is true when r is above the limit by more than three standard errors: then the stated
/// false-alarm interval does not hold. A drift of the mean raises r as well, so ask before or at
/// the first alarm, not long after it.
///
/// Cost: O(1), about 3 ns; 120 bytes. Ordered, hence no merge. Thread rule: one writer.
/// Source: G. Box, G. Jenkins, "Time Series Analysis: Forecasting and Control" (1970), 2.1.5; M.
/// Bartlett, JRSS Suppl. 8 (1946), for the standard error.
class lag_one_correlation {
  public:
    using sample_type = plain_value;
    static constexpr std::string_view kind = "lag_one_correlation";

    void update(plain_value sample) noexcept {
        if (rejected_.counts(sample.value)) [[unlikely]] {
            chained_ = false;
            return;
        }
        if (n_ == 0) shift_ = sample.value;
        const double d = sample.value - shift_;
        ++n_;
        sum_ += d;
        squares_ += d * d;
        if (chained_) {
            ++pairs_;
            products_ += d * previous_;
            earlier_ += previous_;
            later_ += d;
        }
        previous_ = d;
        chained_ = true;
    }

    void update(const plain_value::columns& batch) {
        for (const double value : batch.value) update(value);
    }

    void reset() noexcept { *this = lag_one_correlation{}; }

    /// r, with the number of values as its weight.
    [[nodiscard]] estimate result() const noexcept {
        const auto n = static_cast<double>(n_);
        if (n_ < 3) return {n_ == 0 ? undefined::empty : undefined::too_little_data, n};
        const double mean = sum_ / n;
        const double variation = squares_ - mean * sum_;
        // A sum of squared deviations at the level of rounding is a constant stream.
        if (!(variation > 1e-14 * squares_)) return {undefined::constant_target, n};
        const double together =
            products_ - mean * (earlier_ + later_) + static_cast<double>(pairs_) * mean * mean;
        return estimate::of(together / variation, n);
    }

    /// Whether r lies above the limit by more than three standard errors.
    [[nodiscard]] bool void_above(double limit = 0.1) const noexcept {
        const estimate r = result();
        return r && r.value_or(0) - 3 / std::sqrt(static_cast<double>(n_)) > limit;
    }

    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return sizeof *this; }

    friend bool operator==(const lag_one_correlation&, const lag_one_correlation&) = default;

    [[nodiscard]] std::string defect() const {
        return pairs_ < n_ || (pairs_ == 0 && n_ == 0)
                   ? ""
                   : "lag_one_correlation: more pairs than values";
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("n", self.n_);
        visit("pairs", self.pairs_);
        visit("shift", self.shift_);
        visit("sum", self.sum_);
        visit("squares", self.squares_);
        visit("products", self.products_);
        visit("earlier", self.earlier_);
        visit("later", self.later_);
        visit("previous", self.previous_);
        visit("chained", self.chained_);
        visit("rejected", self.rejected_);
    }

  private:
    std::uint64_t n_{0};
    std::uint64_t pairs_{0};  // values that have a predecessor
    double shift_{0};
    double sum_{0};
    double squares_{0};
    double products_{0};
    double earlier_{0};  // sum of the first members of the pairs
    double later_{0};    // and of the second
    double previous_{0};
    bool chained_{false};
    rejections rejected_;
};

}  // namespace leeway::inline v0
