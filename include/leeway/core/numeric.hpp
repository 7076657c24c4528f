// Sums that keep their digits.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>

#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

namespace detail {

/// condition ? yes : no, as a conditional move. For conditions that no predictor can learn: a
/// search over values in no order would mispredict at every other step, at some 20 cycles each.
[[nodiscard]] inline std::size_t select(bool condition, std::size_t yes, std::size_t no) noexcept {
#if defined(__clang__)
    return __builtin_unpredictable(condition) ? yes : no;
#else
    return no + (yes - no) * static_cast<std::size_t>(condition);
#endif
}

}  // namespace detail

/// A sum carried with its rounding error (Neumaier's form of Kahan summation).
///
/// Error bound: |computed - exact| <= eps |exact| + n^2 eps^2 sum |x_i|, against n eps sum |x_i|
/// for plain addition. Cost: about 6 flops a term, 16 bytes. Merging adds both parts, so the order
/// of merging changes the result by at most an ulp or two. Source: A. Neumaier,
/// "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54 (1974).
class compensated_sum {
  public:
    constexpr void add(double term) noexcept {
        const double total = sum_ + term;
        // The smaller operand is the one whose low bits were lost. An overflowing or infinite sum
        // keeps its infinity: the correction would turn it into NaN.
        const double lost = (sum_ < 0 ? -sum_ : sum_) >= (term < 0 ? -term : term)
                                ? (sum_ - total) + term
                                : (term - total) + sum_;
        if (lost == lost) correction_ += lost;
        sum_ = total;
    }

    constexpr void merge(const compensated_sum& other) noexcept {
        add(other.sum_);
        add(other.correction_);
    }

    constexpr void scale(double factor) noexcept {
        sum_ *= factor;
        correction_ *= factor;
    }

    [[nodiscard]] constexpr double value() const noexcept { return sum_ + correction_; }

    constexpr void reset() noexcept { *this = compensated_sum{}; }

    friend constexpr bool operator==(const compensated_sum&, const compensated_sum&) = default;

    template <class Self, class Visitor>
    static constexpr void fields(Self& self, Visitor&& visit) {
        visit("sum", self.sum_);
        visit("correction", self.correction_);
    }

  private:
    double sum_{0};
    double correction_{0};
};

}  // namespace leeway::inline v0
