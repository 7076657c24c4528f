// Weight, mean and central moments of a stream of numbers.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "leeway/core/block_sums.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"
#include "leeway/core/weight_sum.hpp"

namespace leeway::inline v0 {

/// Weighted mean to fourth central moment, held as compensated power sums S_j = sum w (x - K)^j
/// about a shift K.
///
/// K is the first value seen, or given: states that will be merged often (shards, panes) are best
/// given one common K, such as the reference's mean. Merging states of different K moves the
/// lighter one in 106 bits: about K - c the sums are S'_j = sum_i binom(j, i) c^i S_(j-i).
///
/// Weights are frequencies: weight 2 is the row seen twice. Undefined: the mean when empty; the
/// variance when the weight is at most 1; skewness and kurtosis when nothing varies; each of them
/// (out of range) when a power of a deviation overflowed. NaN, infinities and bad weights are
/// counted in rejected() and leave the sums alone.
///
/// Squares keep their digits down to 2^-900: where the sum of squares about K is smaller and not 0
/// (deviations of 1e-135, unweighted), the variance is out of range, and skewness and kurtosis are
/// where a power of it is; that values below 1e-162 vary at all is noticed, too.
///
/// Error: a term's rounding is relative to its own size, so the variance is exact to about
/// eps (1 + r^2) with r = |mean - K| / (standard deviation). For K = the first value r is seldom
/// above 3. Cost: about 6 ns a value, 0.6 ns in a batch; 168 bytes. Thread rule: one writer.
/// Source: T. Chan, G. Golub, R. LeVeque, "Algorithms for computing the sample variance: analysis
/// and recommendations", The American Statistician 37 (1983), section on shifted data.
class moments {
  public:
    using sample_type = weighted_value;
    static constexpr std::string_view kind = "moments";

    /// The shift is the first value seen.
    moments() = default;
    explicit moments(double shift) : shift_(shift), shift_given_(true) {
        if (!std::isfinite(shift)) raise_invalid("moments", "shift", shift, "a finite number");
    }

    void update(weighted_value sample) noexcept {
        if (!rejected_.accepts(sample)) return;
        if (weight_.rows() == 0 && !shift_given_) [[unlikely]]
            shift_ = sample.value;
        weight_.add(sample.weight);
        const double d = sample.value - shift_;
        const double wd = sample.weight * d;
        power_[0].add(wd);
        power_[1].add(detail::noticed_square(d, wd * d));
        power_[2].add(wd * d * d);
        power_[3].add(wd * d * (d * d));
    }

    void update(const weighted_value::columns& batch) {
        require_lengths("moments", batch);
        update_by_blocks(
            *this, batch, [this](const auto& rows) { return add_block(rows); },
            batch.weight.empty() ? most_block_rows : block_rows);
    }

    void merge(const moments& other) {
        rejected_.merge(other.rejected_);
        if (other.rows() == 0) return;
        moments moved = other;
        // The heavier side keeps its shift: moving adds rounding in proportion to c^2 and weight.
        if (!shift_given_ && other.weight() > weight()) {
            rebase(other.shift_);
        } else {
            moved.rebase(shift_);
        }
        weight_.merge(moved.weight_);
        for (std::size_t j = 0; j < power_.size(); ++j) power_[j].merge(moved.power_[j]);
    }

    void reset() noexcept {
        moments fresh;
        fresh.shift_ = shift_given_ ? shift_ : 0;
        fresh.shift_given_ = shift_given_;
        *this = fresh;
    }

    /// Rows counted, whatever their weight.
    [[nodiscard]] std::uint64_t rows() const noexcept { return weight_.rows(); }
    /// Sum of the weights.
    [[nodiscard]] double weight() const noexcept { return weight_.value(); }
    /// Sum of w^2: weight()^2 over it is Kish's effective number of rows.
    [[nodiscard]] double sum_of_squared_weights() const noexcept { return weight_.squares(); }
    [[nodiscard]] double shift() const noexcept { return shift_; }
    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }

    /// The mean, with the large-sample interval mean +- z sqrt(variance / weight); without one
    /// where the variance is undefined.
    [[nodiscard]] estimate mean(confidence_level confidence = confidence_95) const {
        if (rows() == 0) return undefined::empty;
        const double w = weight();
        const auto offset = about(0) / weight_.parts();
        const double center = (detail::double_double{shift_, 0} + offset).high;
        if (!std::isfinite(center)) return estimate(undefined::out_of_range, w);
        const estimate spread = variance();
        if (!spread) return estimate::of(center, w);
        const double half = confidence.critical * std::sqrt(spread.value() / w);
        return estimate::within(center, center - half, center + half, confidence.level, w);
    }

    /// Unbiased for frequency weights: sum w (x - mean)^2 / (weight - 1).
    [[nodiscard]] estimate variance() const {
        if (rows() == 0) return undefined::empty;
        const double w = weight();
        if (!(w > 1)) return estimate(undefined::too_little_data, w);
        return finite(sum_of_squared_deviations() / (w - 1));
    }

    [[nodiscard]] estimate standard_deviation() const {
        const estimate square = variance();
        return square ? estimate::of(std::sqrt(square.value()), square.weight()) : square;
    }

    /// m3 / m2^(3/2) with m_j = sum w (x - mean)^j / weight; 0 for a symmetric distribution.
    [[nodiscard]] estimate skewness() const {
        const double m2 = sum_of_squared_deviations() / weight();
        return standardised(central_third(), m2 * std::sqrt(m2));
    }

    /// m4 / m2^2; 3 for a normal distribution (no 3 is taken off).
    [[nodiscard]] estimate kurtosis() const {
        const double m2 = sum_of_squared_deviations() / weight();
        return standardised(central_fourth(), m2 * m2);
    }

    /// sum w (x - mean)^2. Zero when it is below the rounding error of the sum it is taken from;
    /// NaN when that sum is too small to have all its digits.
    [[nodiscard]] double sum_of_squared_deviations() const noexcept {
        if (rows() == 0) return 0;
        const auto first = about(0);
        const auto second = about(1);
        if (detail::lost_digits(second.high)) return std::numeric_limits<double>::quiet_NaN();
        const double left = (second - first * first / weight_.parts()).high;
        const double noise = 2 * std::numeric_limits<double>::epsilon() * second.high;
        return left <= noise ? 0.0 : left;
    }

    /// S_j = sum w (x - shift())^j for j = 1 to 4.
    [[nodiscard]] double power_sum(std::size_t j) const {
        if (j < 1 || j > power_.size()) raise_invalid("moments::power_sum", "j", j, "1 to 4");
        return power_[j - 1].value();
    }

    [[nodiscard]] std::size_t bytes() const noexcept { return sizeof *this; }

    friend bool operator==(const moments&, const moments&) = default;

    [[nodiscard]] std::string defect() const {
        if (!std::isfinite(shift_)) return "moments: the shift is not finite";
        if (about(1).high < 0 || about(3).high < 0) return "moments: a sum of squares is negative";
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("shift", self.shift_);
        visit("shift_given", self.shift_given_);
        visit("weight", self.weight_);
        visit("power", self.power_);
        visit("rejected", self.rejected_);
    }

  private:
    using wide = detail::double_double;

    [[nodiscard]] wide about(std::size_t j) const noexcept { return power_[j].parts(); }

    friend class regression_moments;  // which sums its blocks itself

    /// A value whose power sums are infinite.
    void add_infinite(double weight) noexcept {
        weight_.add(weight);
        for (compensated_sum& power : power_) power.add(std::numeric_limits<double>::infinity());
    }

    /// w d^j for j = 1 to 4, from d and w d.
    template <class Number>
    [[nodiscard]] static std::array<Number, 4> powers(Number d, Number wd) noexcept {
        const Number square = d * d;
        const Number weighted = wd * d;
        return {wd, weighted, weighted * d, weighted * square};
    }

    /// False, with nothing added, when a row is refused, one of its powers is not finite or squares
    /// may have vanished.
    bool add_block(const weighted_value::columns& rows) noexcept {
        const double* values = rows.value.data();
        const double shift = shift_;
        const auto unweighted = [shift](auto x) {
            const auto d = x - shift;
            return powers(d, d);
        };
        const auto weighted = [shift](auto x, auto w) {
            const auto d = x - shift;
            return powers(d, w * d);
        };
        const auto sums = rows.weight.empty() ? long_block_sums(rows.size(), unweighted, values)
                                              : block_sums(weighted, values, rows.weight.data());
        if (!(sums[1] >= detail::least_square_sum) &&
            std::any_of(values, values + rows.size(), [shift](double x) { return x != shift; })) {
            return false;
        }
        return add_sums(sums, rows.weight, rows.size());
    }

    /// The power sums of a block, false as above.
    bool add_sums(const std::array<double, 4>& sums, std::span<const double> weights,
                  std::size_t rows) noexcept {
        if (!all_finite(sums) || !weight_.add_block(weights, rows)) return false;
        for (std::size_t j = 0; j < power_.size(); ++j) power_[j].add(sums[j]);
        return true;
    }

    /// The sums about another shift, by the binomial expansion of (d + c)^j.
    void rebase(double shift) noexcept {
        const wide c = detail::two_sum(shift_, -shift);
        shift_ = shift;
        if (c.high == 0 || rows() == 0) return;
        const wide w = weight_.parts();
        const wide s1 = about(0), s2 = about(1), s3 = about(2), s4 = about(3);
        const wide two{2, 0}, three{3, 0}, four{4, 0}, six{6, 0};
        power_[0] = compensated_sum(s1 + c * w);
        power_[1] = compensated_sum(s2 + c * (two * s1 + c * w));
        power_[2] = compensated_sum(s3 + c * (three * s2 + c * (three * s1 + c * w)));
        power_[3] =
            compensated_sum(s4 + c * (four * s3 + c * (six * s2 + c * (four * s1 + c * w))));
    }

    /// m3 = S3/W - 3 e S2/W + 2 e^3 with e = S1/W.
    [[nodiscard]] double central_third() const noexcept {
        const wide w = weight_.parts();
        const wide e = about(0) / w;
        return (about(2) / w - wide{3, 0} * e * (about(1) / w) + wide{2, 0} * e * e * e).high;
    }

    /// m4 = S4/W - 4 e S3/W + 6 e^2 S2/W - 3 e^4.
    [[nodiscard]] double central_fourth() const noexcept {
        const wide w = weight_.parts();
        const wide e = about(0) / w;
        return (about(3) / w - wide{4, 0} * e * (about(2) / w) +
                wide{6, 0} * e * e * (about(1) / w) - wide{3, 0} * e * e * e * e)
            .high;
    }

    [[nodiscard]] estimate finite(double value) const {
        if (!std::isfinite(value)) return estimate(undefined::out_of_range, weight());
        return estimate::of(value, weight());
    }

    [[nodiscard]] estimate standardised(double numerator, double denominator) const {
        if (rows() == 0) return undefined::empty;
        if (denominator == 0 && sum_of_squared_deviations() == 0)
            return estimate(undefined::zero_denominator, weight());
        if (!(denominator > detail::least_square_sum))
            return estimate(undefined::out_of_range, weight());
        return finite(numerator / denominator);
    }

    double shift_{0};
    bool shift_given_{false};
    weight_sum weight_;
    std::array<compensated_sum, 4> power_{};
    rejections rejected_;
};

}  // namespace leeway::inline v0
