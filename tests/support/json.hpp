// A strict JSON reader for tests, written apart from the library's writer so that each checks the
// other: RFC 8259 and nothing beyond it. NaN, trailing commas, duplicate keys, invalid UTF-8,
// unpaired surrogates and text behind the value are errors, thrown as std::runtime_error with the
// offset.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace support {

class json {
  public:
    using array = std::vector<json>;
    using object = std::vector<std::pair<std::string, json>>;  // in the order of the text

    static json parse(std::string_view text);
    /// One value a line, as JSON lines; empty lines are an error.
    static std::vector<json> parse_lines(std::string_view text);

    bool is_null() const { return std::holds_alternative<std::nullptr_t>(content_); }
    bool is_number() const { return std::holds_alternative<double>(content_); }
    bool is_text() const { return std::holds_alternative<std::string>(content_); }
    bool is_object() const { return std::holds_alternative<object>(content_); }
    bool is_array() const { return std::holds_alternative<array>(content_); }

    double number() const;
    bool boolean() const;
    const std::string& text() const;
    const array& items() const;
    const object& members() const;
    std::size_t size() const;

    bool contains(std::string_view key) const;
    const json& operator[](std::string_view key) const;
    const json& operator[](const char* key) const { return (*this)[std::string_view(key)]; }
    template <std::integral Index>
    const json& operator[](Index index) const {
        return items().at(static_cast<std::size_t>(index));
    }

    std::vector<std::string> keys() const;

  private:
    using content = std::variant<std::nullptr_t, bool, double, std::string, array, object>;

    explicit json(content value) : content_(std::move(value)) {}

    template <class T>
    const T& get(const char* what) const;

    struct reader;

    content content_;
};

}  // namespace support
