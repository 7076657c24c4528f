// One list of a state's members, walked by everything that treats states alike.
//
// A state declares, once,
//
//     template <class Self, class Visitor>
//     static void fields(Self& self, Visitor&& visit) {
//         visit("weight", self.weight_);
//         visit("mean", self.mean_);
//     }
//
// Self is the state or its const twin, so the same list serves reading and writing. Saving,
// loading, printing and the law tests walk it (core/state_file.hpp, tests/laws). A field is a bool,
// integer, enum, double, text, another state, or a vector or array of these.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "leeway/core/error.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

namespace detail {
struct any_visitor {
    template <class T>
    void operator()(std::string_view, T&) const {}
};
}  // namespace detail

template <class S>
concept HasFields = requires(S& s, detail::any_visitor visit) {
    S::fields(s, visit);
};

/// A sentence that says which invariant does not hold, or empty. Loading calls it on every state
/// that has one: bytes that decode can still describe an impossible state.
template <class S>
[[nodiscard]] std::string defect_of(const S& state) {
    if constexpr (requires {
                      { state.defect() } -> std::convertible_to<std::string>;
                  }) {
        return state.defect();
    } else {
        return {};
    }
}

namespace detail {

struct printing_visitor {
    std::string& out;
    bool first{true};

    template <class T>
    void operator()(std::string_view name, const T& value) {
        if (!first) out += ", ";
        first = false;
        out.append(name).append(": ");
        print(value);
    }

    template <class T>
    void print(const T& value) {
        if constexpr (std::is_enum_v<T>) {
            out += shown(static_cast<std::int64_t>(value));
        } else if constexpr (std::is_arithmetic_v<T>) {
            out += shown(value);
        } else if constexpr (std::convertible_to<const T&, std::string_view>) {
            out += shown(std::string_view(value));
        } else if constexpr (HasFields<T>) {
            out += '{';
            T::fields(value, printing_visitor{out});
            out += '}';
        } else if constexpr (requires {
                                 value.size();
                                 value[0];
                             }) {
            constexpr std::size_t most = 8;
            out += '[';
            for (std::size_t i = 0; i < value.size() && i < most; ++i) {
                if (i > 0) out += ", ";
                print(value[i]);
            }
            if (value.size() > most) out += ", ... " + shown(value.size()) + " in all";
            out += ']';
        } else {
            static_assert(
                requires { *value; }, "a field of this type cannot be printed");
            if (value) {
                print(*value);
            } else {
                out += "none";
            }
        }
    }
};

}  // namespace detail

/// "name: value, ..." for people and test failures; long lists are cut with their length named.
template <HasFields S>
[[nodiscard]] std::string to_debug_string(const S& state) {
    std::string out;
    S::fields(state, detail::printing_visitor{out});
    return out;
}

}  // namespace leeway::inline v0
