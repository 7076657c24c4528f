// Sums that keep their digits.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <limits>
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

namespace detail {

/// Numbers computed from terms up to `size` that differ by no more than this differ by rounding:
/// 64 ulp, which leaves each of two terms some ten operations. What varies by less has no variance
/// to be sure by.
[[nodiscard]] constexpr double rounding_of(double size) noexcept {
    return 64 * std::numeric_limits<double>::epsilon() * size;
}

/// An unevaluated sum of two doubles: about 106 bits. For the few steps where a difference of large
/// numbers must keep its digits (re-basing and reading power sums), never for a stream.
struct double_double {
    double high{0};
    double low{0};
};

/// a + b exactly, while nothing overflows. Source: D. Knuth, "The Art of Computer Programming",
/// vol. 2 (1969), 4.2.2, theorem B.
[[nodiscard]] constexpr double_double two_sum(double a, double b) noexcept {
    const double total = a + b;
    const double b_seen = total - a;
    return {total, (a - (total - b_seen)) + (b - b_seen)};
}

/// a * b exactly, while nothing overflows or underflows.
[[nodiscard]] inline double_double two_product(double a, double b) noexcept {
    const double product = a * b;
    return {product, std::fma(a, b, -product)};
}

[[nodiscard]] constexpr double_double operator+(double_double a, double_double b) noexcept {
    const double_double high = two_sum(a.high, b.high);
    const double_double low = two_sum(a.low, b.low);
    const double_double first = two_sum(high.high, high.low + low.high);
    return two_sum(first.high, first.low + low.low);
}

[[nodiscard]] inline double_double operator*(double_double a, double_double b) noexcept {
    const double_double product = two_product(a.high, b.high);
    return two_sum(product.high, product.low + (a.high * b.low + a.low * b.high));
}

[[nodiscard]] constexpr double_double operator-(double_double a) noexcept {
    return {-a.high, -a.low};
}
[[nodiscard]] constexpr double_double operator-(double_double a, double_double b) noexcept {
    return a + -b;
}

/// Two steps of long division.
[[nodiscard]] inline double_double operator/(double_double a, double_double b) noexcept {
    const double first = a.high / b.high;
    const double_double rest = a - b * double_double{first, 0};
    return two_sum(first, (rest.high + rest.low) / b.high);
}

/// The power of two that brings a positive number near 1, clamped to normal ones: products of
/// scaled sums neither overflow nor vanish, and scaling by it rounds nothing.
[[nodiscard]] inline double power_near_one(double number) noexcept {
    return std::ldexp(1.0, -std::min(std::max(std::ilogb(number), -1022), 1022));
}

/// A sum of squares below this may have lost digits to underflow: its terms, and products of such
/// sums in 106 bits, then reach below the normal numbers.
inline constexpr double least_square_sum = 0x1p-900;

/// Whether a sum of squares is of something, and too small to have all its digits.
[[nodiscard]] constexpr bool lost_digits(double squares) noexcept {
    return squares > 0 && squares < least_square_sum;
}

/// The weighted square of d, no smaller than the least normal number unless d is 0: so that a sum
/// of squares is 0 only where nothing varies, and lost_digits where they vanish.
[[nodiscard]] constexpr double noticed_square(double d, double square) noexcept {
    constexpr double least = std::numeric_limits<double>::min();
    return square < least && d != 0 ? least : square;
}

/// Pairwise: the error grows with the logarithm of the number of terms.
template <std::size_t N>
[[nodiscard]] constexpr double sum_of(const double (&terms)[N]) noexcept {
    static_assert(std::has_single_bit(N));
    double sums[N];
    for (std::size_t i = 0; i < N; ++i) sums[i] = terms[i];
    for (std::size_t half = N / 2; half != 0; half /= 2) {
        for (std::size_t i = 0; i < half; ++i) sums[i] += sums[i + half];
    }
    return sums[0];
}

}  // namespace detail

/// A sum carried with its rounding error (Neumaier's form of Kahan summation).
///
/// Error bound: |computed - exact| <= eps |exact| + n^2 eps^2 sum |x_i|, against n eps sum |x_i|
/// for plain addition. Cost: about 7 flops a term, 16 bytes. Merging adds both parts, so the order
/// of merging changes the result by at most an ulp or two. Source: A. Neumaier,
/// "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54 (1974).
class compensated_sum {
  public:
    constexpr compensated_sum() = default;
    constexpr explicit compensated_sum(detail::double_double parts) noexcept
        : sum_(parts.high), correction_(parts.low) {}

    constexpr void add(double term) noexcept {
        const detail::double_double total = detail::two_sum(sum_, term);
        sum_ = total.high;
        correction_ += total.low;  // exact, or no number once the sum has overflowed
    }

    constexpr void merge(const compensated_sum& other) noexcept {
        const detail::double_double added = other.parts();
        add(added.high);
        add(added.low);
    }

    constexpr void scale(double factor) noexcept {
        sum_ *= factor;
        correction_ *= factor;
    }

    [[nodiscard]] constexpr double value() const noexcept { return parts().high; }
    /// The sum as two doubles; that of an overflowing or infinite sum is the infinity.
    [[nodiscard]] constexpr detail::double_double parts() const noexcept {
        const detail::double_double both = detail::two_sum(sum_, correction_);
        return both.low == both.low ? both : detail::double_double{sum_, 0};
    }

    constexpr void reset() noexcept { *this = compensated_sum{}; }

    friend constexpr bool operator==(const compensated_sum& a, const compensated_sum& b) noexcept {
        // The correction of an overflowed sum is NaN, and says nothing.
        return a.sum_ == b.sum_ &&
               (a.correction_ == b.correction_ ||
                (a.correction_ != a.correction_ && b.correction_ != b.correction_));
    }

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
