// A natural logarithm without branches, for many numbers at once.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>

#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

namespace detail {

/// Q in log((1 + s) / (1 - s)) = 2 s + s z Q(z), z = s^2, for |s| <= tan(pi/8)^2: quotients in
/// [sqrt(1/2), sqrt(2)]. The logarithm is relatively 2^-58 off at most; the coefficients are those
/// of tests/oracle/fast_log.py.
[[nodiscard]] constexpr double log_series(double z) noexcept {
    // Even and odd powers apart: two chains that run side by side.
    const double w = z * z;
    const double even =
        0x1.5555555555592p-1 +
        w * (0x1.24924941f1295p-2 + w * (0x1.74663ee8bc916p-3 + w * 0x1.2f056395f5a67p-3));
    const double odd = 0x1.999999997fdb7p-2 + w * (0x1.c71c52095abb5p-3 + w * 0x1.39a1bab2e7e3cp-3);
    return even + z * odd;
}

// log 2: the high part has 33 bits, so that an exponent times it is exact.
inline constexpr double log_2_high = 0x1.62e42fee00000p-1;
inline constexpr double log_2_low = 0x1.a39ef35793c76p-33;

}  // namespace detail

/// log(x + tail), x in [0, 2^900]; the tail is what x has rounded away, for x in [1/2, 1], and
/// otherwise 0. With x = 1 - p and tail = (1 - x) - p it is log(1 - p) with all its digits, for p
/// in [0, 1]; 0 gives -infinity. Negative numbers and NaN are for the caller to keep out.
///
/// Error: below 1 ulp, subnormal numbers included (0.97 was the most that 9e7 random arguments of
/// all sizes showed against the long double logarithm). Cost: no branch, no table and no call, so
/// that a loop over an array is vectorised: about 2 ns a number on x86-64 without any flag.
/// Thread rule: a pure function.
[[nodiscard]] constexpr double fast_log(double x, double tail = 0) noexcept {
    constexpr std::uint64_t mantissa = 0x000fffffffffffff;
    constexpr std::uint64_t root_half = 0x3fe6a09e667f3bcd;  // the bits of sqrt(1/2)
    constexpr std::uint64_t one = 0x3ff0000000000000;
    constexpr std::uint64_t two_to_52 = 0x4330000000000000;
    // x = 2^e m with m in [sqrt(1/2), sqrt(2)). The factor makes subnormal numbers normal.
    const std::uint64_t bits = std::bit_cast<std::uint64_t>(x * 0x1p54) + (one - root_half);
    const double e = std::bit_cast<double>((bits >> 52) | two_to_52) - (0x1p52 + 1023 + 54);
    const double m = std::bit_cast<double>((bits & mantissa) + root_half);
    const double f = (m - 1) + (tail + (m > x ? tail : 0));  // e is 0, or -1 where m = 2 x
    // log(1 + f) = 2 s + s z Q(z), and 2 s = f - s f: f is exact, the rest is small beside it.
    const double s = f / (2 + f);
    const double z = s * s;
    const double rest = s * (f - z * detail::log_series(z)) - e * detail::log_2_low;
    const double log = e * detail::log_2_high + (f - rest);
    // Added, not chosen: a choice would keep the division from being vectorised.
    return log + (x > 0 ? 0 : -std::numeric_limits<double>::infinity());
}

namespace detail {

/// a / b = scale (1 + s) / (1 - s) with scale = 2^e, so that log(a / b) = e log 2 + 2 s + rest:
/// what functions of a quotient need that cancel where a is near b, since s is then as good as
/// a - b. Only for numbers that are far_from_the_ends of the doubles. Branch-free too.
struct log_of_quotient {
    double ratio;  ///< a / b
    double scale;  ///< the power of two nearest to it, within a factor of sqrt(2)
    double e_log_2;
    double s;
    double rest;

    /// The tails are what a and b have rounded away.
    constexpr log_of_quotient(double a, double b, double tail_of_a = 0,
                              double tail_of_b = 0) noexcept
        : ratio(a / b) {
        constexpr std::uint64_t exponent = 0xfff0000000000000;
        constexpr std::uint64_t root_half = 0x3fe6a09e667f3bcd;
        constexpr std::uint64_t one = 0x3ff0000000000000;
        constexpr std::uint64_t two_to_52 = 0x4330000000000000;
        const std::uint64_t bits = std::bit_cast<std::uint64_t>(ratio) + (one - root_half);
        scale = std::bit_cast<double>(bits & exponent);
        const double e = std::bit_cast<double>((bits >> 52) | two_to_52) - (0x1p52 + 1023);
        e_log_2 = e * log_2_high + e * log_2_low;
        s = ((a - b * scale) + (tail_of_a - tail_of_b * scale)) / (a + b * scale);
        const double z = s * s;
        rest = s * z * log_series(z);
    }
};

/// 0 in the first bit of numbers from 2^-510 to 2^510, 1 in that of all others and of NaN.
[[nodiscard]] constexpr std::uint64_t far_from_the_ends(double x) noexcept {
    constexpr auto least = std::bit_cast<std::uint64_t>(0x1p-510);
    constexpr auto most = std::bit_cast<std::uint64_t>(0x1p510);
    const auto bits = std::bit_cast<std::uint64_t>(x);
    return (bits - least) | (most - bits);
}

}  // namespace detail

}  // namespace leeway::inline v0
