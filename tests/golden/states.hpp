// One small state of each kind that can be saved, from fixed rows. Numbers have few binary digits,
// so that sums are exact in any order and on any machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "leeway/core/state_file.hpp"

namespace golden {

/// How a kind of state is made anew, and what is wrong with a file of it.
struct entry {
    std::string kind;
    std::function<std::vector<std::byte>()> bytes;
    std::function<std::string(std::span<const std::byte>)> problem;  ///< empty: none
};

/// Read, it is written again byte by byte; and it is the state that the rows make today.
template <class S>
[[nodiscard]] std::string problem_of(std::span<const std::byte> file, const S& today) {
    const auto read = leeway::from_bytes<S>(file);
    if (!read) return read.error().message();
    const auto again = leeway::to_bytes(*read);
    if (!std::equal(again.begin(), again.end(), file.begin(), file.end()))
        return "read and written again it is another file";
    if (!(*read == today)) return "it is not the state that the same rows make today";
    return {};
}

template <class Make>
[[nodiscard]] entry of(Make make) {
    using state = decltype(make());
    return {std::string(state::kind), [make] { return leeway::to_bytes(make()); },
            [make](std::span<const std::byte> file) { return problem_of(file, make()); }};
}

template <class S, class Sample = typename S::sample_type>
[[nodiscard]] entry filled(const S& empty, std::initializer_list<Sample> rows) {
    return of([empty, rows = std::vector<Sample>(rows)] {
        S state = empty;
        for (const Sample& row : rows) state.update(row);
        return state;
    });
}

[[nodiscard]] std::vector<entry> accumulators();
[[nodiscard]] std::vector<entry> others();

}  // namespace golden
