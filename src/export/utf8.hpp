// Names come from hosts and files, in whatever bytes they had; exporters promise valid UTF-8.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "leeway/core/version.hpp"

namespace leeway::inline v0::detail {

inline constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

struct utf8_step {
    std::size_t length;  ///< bytes taken, at least 1
    bool valid;
};

/// The character at the start of a non-empty text, or the longest prefix of one that is broken off
/// (the Unicode standard's "maximal subpart", chapter 3.9). Overlong forms, surrogates and values
/// above U+10FFFF are invalid.
[[nodiscard]] constexpr utf8_step next_utf8(std::string_view text) noexcept {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = at(0);
    if (lead < 0x80) return {1, true};
    if (lead < 0xC2 || lead > 0xF4) return {1, false};
    const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    // The second byte's range is narrower after four leads; that excludes all the forms above.
    const unsigned least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    for (std::size_t i = 1; i < length; ++i) {
        if (i == text.size()) return {i, false};
        const unsigned byte = at(i);
        const bool fits = i == 1 ? byte >= least && byte <= most : byte >= 0x80 && byte <= 0xBF;
        if (!fits) return {i, false};
    }
    return {length, true};
}

/// Calls visit(character) for each UTF-8 character; for a broken one with U+FFFD.
template <class Visit>
constexpr void for_each_utf8(std::string_view text, Visit visit) {
    while (!text.empty()) {
        const utf8_step step = next_utf8(text);
        visit(step.valid ? text.substr(0, step.length) : replacement_character);
        text.remove_prefix(step.length);
    }
}

/// How many characters a terminal shows, near enough for a table: one a code point.
[[nodiscard]] constexpr std::size_t width_of(std::string_view text) noexcept {
    std::size_t characters = 0;
    for_each_utf8(text, [&](std::string_view) { ++characters; });
    return characters;
}

}  // namespace leeway::inline v0::detail
