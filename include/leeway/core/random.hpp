// A small seeded generator: the same numbers on every platform, for simulations, tests and
// examples.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// xoshiro256++ seeded through splitmix64. 32 bytes, about 1 ns a number; not for cryptography.
///
/// A standard UniformRandomBitGenerator. Its own uniform, normal and below are used instead of the
/// standard distributions, whose results differ between standard libraries.
/// Source: D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47
/// (2021).
class random_source {
  public:
    using result_type = std::uint64_t;

    constexpr explicit random_source(std::uint64_t seed = 0) noexcept {
        for (auto& word : state_) {  // splitmix64 steps: no seed gives the all-zero state
            seed += 0x9e3779b97f4a7c15ULL;
            std::uint64_t z = seed;
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
            z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
            word = z ^ (z >> 31);
        }
    }

    [[nodiscard]] static constexpr result_type min() noexcept { return 0; }
    [[nodiscard]] static constexpr result_type max() noexcept { return ~result_type{0}; }

    constexpr result_type operator()() noexcept {
        const std::uint64_t out = std::rotl(state_[0] + state_[3], 23) + state_[0];
        const std::uint64_t shifted = state_[1] << 17;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= shifted;
        state_[3] = std::rotl(state_[3], 45);
        return out;
    }

    /// Uniform on [0, 1), a multiple of 2^-53.
    constexpr double uniform() noexcept { return static_cast<double>((*this)() >> 11) * 0x1p-53; }

    constexpr bool bernoulli(double probability) noexcept { return uniform() < probability; }

    /// Uniform on 0 .. bound - 1 without bias (Lemire's multiplication with rejection); bound > 0.
    constexpr std::uint64_t below(std::uint64_t bound) noexcept {
        __extension__ using wide = unsigned __int128;
        wide product = static_cast<wide>((*this)()) * bound;
        if (static_cast<std::uint64_t>(product) < bound) {
            const std::uint64_t threshold = (0 - bound) % bound;
            while (static_cast<std::uint64_t>(product) < threshold) {
                product = static_cast<wide>((*this)()) * bound;
            }
        }
        return static_cast<std::uint64_t>(product >> 64);
    }

    /// Standard normal (Box-Muller, one of the pair; the other is dropped to keep no hidden state).
    double normal() noexcept {
        const double radius = std::sqrt(-2 * std::log(1 - uniform()));
        return radius * std::cos(2 * std::numbers::pi * uniform());
    }

    friend constexpr bool operator==(const random_source&, const random_source&) = default;

  private:
    std::array<std::uint64_t, 4> state_{};
};

}  // namespace leeway::inline v0
