// How often a row enters a bootstrap replicate: a pure function of its key.
#pragma once

#include <array>
#include <cstdint>

#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

namespace detail {

/// The finaliser of splitmix64: a bijection after which every bit depends on every bit.
[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t z) noexcept {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

inline constexpr std::uint64_t mixing_step = 0x9e3779b97f4a7c15ULL;  // 2^64 over the golden ratio

/// floor(2^64 P(N <= k)) for N ~ Poisson(1), k = 0 to 20; P(N > 20) is below 2^-64.
inline constexpr std::array<std::uint64_t, 21> poisson_thresholds{
    0x5e2d58d8b3bcdf1aULL, 0xbc5ab1b16779be35ULL, 0xeb715e1dc1582dc2ULL, 0xfb23979734a252f1ULL,
    0xff1025f59174dc3dULL, 0xffd90f3ba4055e19ULL, 0xfffa8b71fc72c913ULL, 0xffff540c0914b3c9ULL,
    0xffffed1f4aa8f120ULL, 0xfffffe216e641462ULL, 0xffffffd4d85d3183ULL, 0xfffffffc6da262b4ULL,
    0xffffffffba12d178ULL, 0xfffffffffb07c64cULL, 0xffffffffffab8ea5ULL, 0xfffffffffffabe22ULL,
    0xffffffffffffb11aULL, 0xfffffffffffffba1ULL, 0xffffffffffffffc5ULL, 0xfffffffffffffffdULL,
    0xffffffffffffffffULL};

/// The Poisson(1) number at this place of the unit interval, cut into 2^64 parts.
[[nodiscard]] constexpr unsigned poisson_of(std::uint64_t uniform) noexcept {
    // The first four without a branch, which no predictor could learn; one in 50 goes on.
    unsigned count = 0;
    for (unsigned k = 0; k < 4; ++k) count += uniform >= poisson_thresholds[k] ? 1U : 0U;
    if (count == 4) [[unlikely]] {
        while (count < poisson_thresholds.size() && uniform >= poisson_thresholds[count]) ++count;
    }
    return count;
}

/// What a row's multiplicities are drawn from: its key under a seed.
[[nodiscard]] constexpr std::uint64_t resampling_base(std::uint64_t key,
                                                      std::uint64_t seed) noexcept {
    return mixed(key + mixed(seed + mixing_step));
}

[[nodiscard]] constexpr unsigned multiplicity_from(std::uint64_t base,
                                                   std::uint64_t replicate) noexcept {
    return poisson_of(mixed(base + (replicate + 1) * mixing_step));
}

}  // namespace detail

/// How often the row with this key enters this replicate: Poisson(1), 0 to 21.
///
/// A hash, not a draw: the same key, replicate and seed give the same number in every process, so
/// replicates do not depend on the order of rows, on threads or on shards, a late or corrected
/// label meets the multiplicity its row had, and two models scored on the same rows share them.
/// Poisson by inversion on integers: no floating point, hence the same on every platform.
/// Cost: two multiplications and four comparisons on average, about 3 ns.
/// Sources: N. Chamandy, O. Muralidharan, A. Najmi, S. Naidu, "Estimating uncertainty for massive
/// data streams" (2012), for the Poisson bootstrap; G. Steele, D. Lea, C. Flood, "Fast splittable
/// pseudorandom number generators", OOPSLA (2014), for the hash.
[[nodiscard]] constexpr unsigned poisson_multiplicity(std::uint64_t key, std::uint64_t replicate,
                                                      std::uint64_t seed) noexcept {
    return detail::multiplicity_from(detail::resampling_base(key, seed), replicate);
}

}  // namespace leeway::inline v0
