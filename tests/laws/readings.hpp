// What the laws compare: the numbers in a state, and closeness of two lists of them.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "leeway/core/fields.hpp"
#include "leeway/core/result.hpp"

namespace laws {

namespace detail {

struct collecting_visitor {
    std::vector<double>& out;

    template <class T>
    void operator()(std::string_view, const T& value) {
        add(value);
    }

    template <class T>
    void add(const T& value) {
        if constexpr (std::is_enum_v<T> || std::is_arithmetic_v<T>) {
            out.push_back(static_cast<double>(value));
        } else if constexpr (std::is_same_v<T, std::string>) {
            out.push_back(static_cast<double>(value.size()));
        } else if constexpr (leeway::HasFields<T>) {
            T::fields(value, *this);
        } else {
            out.push_back(static_cast<double>(value.size()));
            for (const auto& item : value) add(item);
        }
    }
};

}  // namespace detail

/// Every number in the state's fields, in their order.
template <leeway::HasFields S>
std::vector<double> numbers(const S& state) {
    std::vector<double> out;
    S::fields(state, detail::collecting_visitor{out});
    return out;
}

/// Value and interval of an estimate; the reason as a number when it is undefined.
inline void append(std::vector<double>& out, const leeway::estimate& e) {
    out.push_back(e.reason() ? -1.0 - static_cast<double>(*e.reason()) : 0.0);
    out.push_back(e.value_or(0));
    out.push_back(e.has_interval() ? e.lower() : 0);
    out.push_back(e.has_interval() ? e.upper() : 0);
    out.push_back(e.weight());
}

/// Rows held, by the name that the state gives them.
template <class A>
double rows_held(const A& state) {
    if constexpr (requires { state.rows(); }) {
        return static_cast<double>(state.rows());
    } else if constexpr (requires { state.n(); }) {
        return static_cast<double>(state.n());
    } else if constexpr (requires { state.total(); }) {
        return static_cast<double>(state.total());
    } else {
        return static_cast<double>(state.size());
    }
}

/// Equal length, and each pair equal within a relative tolerance (NaN equals NaN).
inline bool close(const std::vector<double>& a, const std::vector<double>& b, double tolerance) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](double x, double y) {
        if (x == y || (std::isnan(x) && std::isnan(y))) return true;
        return std::fabs(x - y) <= tolerance * std::max(std::fabs(x), std::fabs(y));
    });
}

}  // namespace laws
