// FNV-1a: the hash behind state-file checksums, reference ids and category codes.
//
// Every step is a bijection of the 64-bit state, so any change confined to one byte changes the
// hash. Not cryptographic: it detects accidents, not forgery. Source: Fowler, Noll, Vo, "The FNV
// Non-Cryptographic Hash Algorithm", IETF draft (2011).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

inline constexpr std::uint64_t fnv1a_start = 14695981039346656037ULL;

[[nodiscard]] constexpr std::uint64_t fnv1a(std::string_view text,
                                            std::uint64_t hash = fnv1a_start) noexcept {
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    }
    return hash;
}

[[nodiscard]] constexpr std::uint64_t fnv1a(std::span<const std::byte> bytes,
                                            std::uint64_t hash = fnv1a_start) noexcept {
    for (const std::byte b : bytes) {
        hash = (hash ^ static_cast<unsigned char>(b)) * 1099511628211ULL;
    }
    return hash;
}

}  // namespace leeway::inline v0
