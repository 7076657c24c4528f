// What happens when something is wrong.
//
// A wrong configuration (a programming error) raises std::invalid_argument with a sentence that
// names the parameter, the value seen and what was expected. Bad bytes from outside are not
// exceptional: functions that read them return a result<T> whose error says which field, at which
// offset.
#pragma once

#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Called instead of throwing when the library is compiled without exceptions; must not return.
using invalid_argument_handler = void (*)(std::string_view message);

namespace detail {

inline invalid_argument_handler& current_handler() {
    static invalid_argument_handler handler = [](std::string_view message) {
        std::fwrite(message.data(), 1, message.size(), stderr);
        std::fputc('\n', stderr);
    };
    return handler;
}

inline std::string shown(std::string_view text) {
    std::string quoted(1, '\'');
    quoted.append(text).push_back('\'');
    return quoted;
}

template <class Number>
requires std::integral<Number> || std::floating_point<Number> std::string shown(Number number) {
    if constexpr (std::same_as<Number, bool>) {
        return number ? "true" : "false";
    } else {
        char buffer[40];
        const auto end = std::to_chars(buffer, buffer + sizeof buffer, number);
        return std::string(buffer, end.ptr);
    }
}

}  // namespace detail

/// Sets the handler used with exceptions off. Not thread-safe: call it once, at start.
inline void set_invalid_argument_handler(invalid_argument_handler handler) {
    detail::current_handler() = handler;
}

/// Throws std::invalid_argument(message); with exceptions off calls the handler and aborts.
[[noreturn]] inline void raise(const std::string& message) {
#if defined(__cpp_exceptions)
    throw std::invalid_argument(message);
#else
    detail::current_handler()(message);
    std::abort();
#endif
}

/// Raises "where: parameter is value, expected expected".
template <class Value>
[[noreturn]] void raise_invalid(std::string_view where, std::string_view parameter,
                                const Value& value, std::string_view expected) {
    std::string message;
    message.append(where).append(": ").append(parameter).append(" is ");
    message.append(detail::shown(value)).append(", expected ").append(expected);
    raise(message);
}

/// What is wrong with bytes or text that came from outside.
struct error {
    std::string what;         ///< a sentence: what was seen and what was expected
    std::string where;        ///< file, field or column; may be empty
    std::uint64_t offset{0};  ///< byte (state files) or line (text) at which it was seen

    [[nodiscard]] std::string message() const { return where.empty() ? what : where + ": " + what; }
};

/// A value, or the error that kept it from being made.
template <class T>
class result {
  public:
    result(T value) : content_(std::in_place_index<0>, std::move(value)) {}
    result(leeway::error problem) : content_(std::in_place_index<1>, std::move(problem)) {}

    [[nodiscard]] explicit operator bool() const noexcept { return content_.index() == 0; }

    /// The value; raises the error's message when there is none.
    [[nodiscard]] T& value() & {
        require();
        return *std::get_if<0>(&content_);
    }
    [[nodiscard]] const T& value() const& {
        require();
        return *std::get_if<0>(&content_);
    }
    [[nodiscard]] T&& value() && {
        require();
        return std::move(*std::get_if<0>(&content_));
    }
    [[nodiscard]] T& operator*() & { return value(); }
    [[nodiscard]] const T& operator*() const& { return value(); }
    [[nodiscard]] T&& operator*() && { return std::move(*this).value(); }
    [[nodiscard]] T* operator->() { return &value(); }
    [[nodiscard]] const T* operator->() const { return &value(); }

    /// The error; only when the result holds one.
    [[nodiscard]] const leeway::error& error() const {
        if (*this) raise("result: asked for the error of a result that holds a value");
        return *std::get_if<1>(&content_);
    }

  private:
    void require() const {
        if (!*this) raise(error().message());
    }

    std::variant<T, leeway::error> content_;
};

}  // namespace leeway::inline v0
