// Texts joined when the program is compiled: the kind of a state that is made of another.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

namespace detail {

/// Parts are static constexpr std::string_view members or variables.
template <const std::string_view&... Parts>
struct joined_text {
    static constexpr auto characters = [] {
        std::array<char, (Parts.size() + ...)> text{};
        std::size_t at = 0;
        const auto append = [&](std::string_view part) {
            for (const char c : part) text[at++] = c;
        };
        (append(Parts), ...);
        return text;
    }();
    static constexpr std::string_view value{characters.data(), characters.size()};
};

}  // namespace detail

}  // namespace leeway::inline v0
