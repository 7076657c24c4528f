// The one JSON emitter: exporters and the command line write through it.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "leeway/core/version.hpp"

namespace leeway::inline v0::detail {

/// A streaming writer of one JSON text (RFC 8259), for output that a report needs: no document is
/// built in memory.
///
///     json_writer out;
///     out.begin_object();
///     out.member("rows", 3).key("metrics").begin_object().end_object();
///     out.end_object();
///     std::string text = std::move(out).take();
///
/// Numbers are the shortest decimal that reads back as the same double (std::to_chars), so no
/// locale has a say. JSON has no NaN and no infinity: number() writes null for them, and the caller
/// who knows the reason writes it beside (see json_parts.hpp). Text is UTF-8: quotes, backslashes,
/// control characters and DEL are escaped; each maximal invalid sequence becomes U+FFFD, so any
/// bytes that a host used as a name give a valid text. Keys are the caller's duty to keep distinct.
/// A call out of place (a value without a key in an object, a mismatched end) raises.
class json_writer {
  public:
    /// compact: one line, for JSON lines; indented: two spaces a level, for people.
    enum class style : std::uint8_t { compact, indented };

    explicit json_writer(style layout = style::compact) : style_(layout) {}

    json_writer& begin_object();
    json_writer& end_object();
    json_writer& begin_array();
    json_writer& end_array();
    json_writer& key(std::string_view name);

    json_writer& text(std::string_view value);
    json_writer& boolean(bool value);
    json_writer& null();
    json_writer& number(double value);
    template <std::integral Whole>
    requires(!std::same_as<Whole, bool>) json_writer& number(Whole value) {
        if constexpr (std::signed_integral<Whole>) {
            return whole(static_cast<std::int64_t>(value));
        } else {
            return whole(static_cast<std::uint64_t>(value));
        }
    }

    /// Text, a bool, a number; an empty optional is null.
    template <class Value>
    json_writer& value(const Value& content) {
        if constexpr (std::convertible_to<const Value&, std::string_view>) {
            return text(content);
        } else if constexpr (std::same_as<Value, bool>) {
            return boolean(content);
        } else if constexpr (std::integral<Value> || std::floating_point<Value>) {
            return number(content);
        } else {
            return content ? value(*content) : null();
        }
    }

    template <class Value>
    json_writer& member(std::string_view name, const Value& content) {
        return key(name).value(content);
    }

    /// The finished text; raises while an object or array is open.
    [[nodiscard]] std::string take() &&;

  private:
    struct scope {
        char closing;
        bool empty{true};
    };

    json_writer& whole(std::int64_t value);
    json_writer& whole(std::uint64_t value);
    json_writer& open(char opening, char closing);
    json_writer& close(char closing);
    /// Writes what must stand before a value: a comma, a line break.
    void before_value();
    void separate();
    void append_quoted(std::string_view value);

    std::string out_;
    std::vector<scope> scopes_;
    style style_;
    bool after_key_{false};
    bool done_{false};
};

}  // namespace leeway::inline v0::detail
