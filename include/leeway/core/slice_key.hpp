// What tells the slices of a stream apart, and the sample that carries it.
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Names a slice: an integer, or a category's code as doubles carry it (category_code). The two are
/// not the same slice: 3 and 3.0 differ, so use one of them. 0.0 and -0.0 are one slice, and so are
/// all NaN: rows without a category.
struct slice_key {
    std::uint64_t bits{0};

    constexpr slice_key() = default;
    template <std::integral Integer>
    constexpr slice_key(Integer value) noexcept : bits(static_cast<std::uint64_t>(value)) {}
    template <std::floating_point Number>
    constexpr slice_key(Number value) noexcept
        : bits(std::bit_cast<std::uint64_t>(value != value
                                                ? std::numeric_limits<double>::quiet_NaN()
                                                : static_cast<double>(value) + 0.0)) {}

    /// The double that the key was made of; only for a key that was made of one.
    [[nodiscard]] constexpr double code() const noexcept { return std::bit_cast<double>(bits); }

    friend constexpr bool operator==(slice_key, slice_key) = default;
};

/// A sample and the slice that it belongs to.
template <class Sample>
struct sliced_sample {
    slice_key key;
    Sample sample;

    struct columns {
        std::span<const slice_key> keys;
        columns_of<Sample> samples;

        [[nodiscard]] std::size_t size() const noexcept { return samples.size(); }
        [[nodiscard]] sliced_sample operator[](std::size_t row) const noexcept {
            return {keys[row], samples[row]};
        }
    };
};

namespace detail {

/// The finaliser of splitmix64: a bijection, so it orders keys without ties, and evenly.
[[nodiscard]] constexpr std::uint64_t slice_rank(slice_key key) noexcept {
    std::uint64_t z = key.bits + 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

}  // namespace detail

}  // namespace leeway::inline v0
