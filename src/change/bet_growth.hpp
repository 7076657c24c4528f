// The recursion that every e-detector runs: M = (M + start) e, many bets at a time.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "leeway/core/version.hpp"

namespace leeway::inline v0 {
namespace detail {

/// Growth stays at or below this: above any threshold, and so far below the largest double that no
/// single factor (1e12 at most) and no sum over bets or panel overflows.
inline constexpr double most_growth = 1e280;

/// What is added before a bet: 1 starts a new bet with every sample (Shiryaev-Roberts). A lifetime
/// bet starts once; the trace added instead keeps it off zero and off slow denormals, and changes
/// P(ever a false alarm) by less than 1e-280.
[[nodiscard]] inline double start_of(bool lifetime) noexcept {
    return lifetime ? 1e-300 : 1;
}

/// Multiplies growth + start by factor(bet), bet by bet; the sum of the new growths.
template <class Factor>
inline double grow(double* growth, std::size_t bets, double start, Factor factor) noexcept {
    // Four sums, because one would be a chain of dependent additions; a block's products are made
    // before any is stored, so that a compiler may use vector registers.
    constexpr std::size_t lanes = 4;
    std::array<double, lanes> sums{};
    const std::size_t whole = bets - bets % lanes;
    for (std::size_t b = 0; b < whole; b += lanes) {
        std::array<double, lanes> next;
        for (std::size_t i = 0; i < lanes; ++i) next[i] = (growth[b + i] + start) * factor(b + i);
        for (std::size_t i = 0; i < lanes; ++i) growth[b + i] = next[i];
        for (std::size_t i = 0; i < lanes; ++i) sums[i] += next[i];
    }
    for (std::size_t b = whole; b < bets; ++b)
        sums[0] += growth[b] = (growth[b] + start) * factor(b);
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

/// exp(x), without the detour that library functions take to report an underflow.
[[nodiscard]] inline double factor_of(double log_factor) noexcept {
    return log_factor < -700 ? 0 : std::exp(log_factor);
}

/// The sum of the growths after cutting each at most_growth; called when it has become too large.
inline double cut(std::span<double> growth) noexcept {
    double sum = 0;
    for (double& g : growth) {
        g = g < most_growth ? g : most_growth;
        sum += g;
    }
    return sum;
}

/// What is wrong with loaded growths and their mean, or empty. The mean is saved as it was summed,
/// so that a loaded detector equals the saved one to the last bit.
inline std::string growth_defect(std::string_view where, std::span<const double> growth,
                                 double evidence) {
    double sum = 0;
    for (const double g : growth) {
        if (!(g >= 0 && g <= most_growth))
            return std::string(where) + ": the growth of a bet is out of range";
        sum += g;
    }
    const double mean = growth.empty() ? 0 : sum / static_cast<double>(growth.size());
    if (!(std::abs(evidence - mean) <= 1e-9 * mean))
        return std::string(where) + ": the evidence is not the mean of its bets";
    return {};
}

}  // namespace detail
}  // namespace leeway::inline v0
