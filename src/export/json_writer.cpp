#include "export/json_writer.hpp"

#include <charconv>
#include <cmath>
#include <cstddef>

#include "export/utf8.hpp"
#include "leeway/core/error.hpp"

namespace leeway::inline v0::detail {

json_writer& json_writer::begin_object() {
    return open('{', '}');
}
json_writer& json_writer::end_object() {
    return close('}');
}
json_writer& json_writer::begin_array() {
    return open('[', ']');
}
json_writer& json_writer::end_array() {
    return close(']');
}

json_writer& json_writer::key(std::string_view name) {
    if (scopes_.empty() || scopes_.back().closing != '}' || after_key_) {
        raise("json_writer: key '" + std::string(name) + "' is not directly inside an object");
    }
    separate();
    append_quoted(name);
    out_ += style_ == style::compact ? ":" : ": ";
    after_key_ = true;
    return *this;
}

json_writer& json_writer::text(std::string_view value) {
    before_value();
    append_quoted(value);
    return *this;
}

json_writer& json_writer::boolean(bool value) {
    before_value();
    out_ += value ? "true" : "false";
    return *this;
}

json_writer& json_writer::null() {
    before_value();
    out_ += "null";
    return *this;
}

json_writer& json_writer::number(double value) {
    if (!std::isfinite(value)) return null();
    before_value();
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
    out_.append(buffer, end.ptr);
    return *this;
}

json_writer& json_writer::whole(std::int64_t value) {
    before_value();
    char buffer[24];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
    out_.append(buffer, end.ptr);
    return *this;
}

json_writer& json_writer::whole(std::uint64_t value) {
    before_value();
    char buffer[24];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
    out_.append(buffer, end.ptr);
    return *this;
}

std::string json_writer::take() && {
    if (!done_ || !scopes_.empty()) raise("json_writer: taken before its text was complete");
    return std::move(out_);
}

json_writer& json_writer::open(char opening, char closing) {
    before_value();
    out_ += opening;
    scopes_.push_back({closing});
    done_ = false;
    return *this;
}

json_writer& json_writer::close(char closing) {
    if (scopes_.empty() || scopes_.back().closing != closing || after_key_) {
        raise(std::string("json_writer: '") + closing + "' closes nothing that is open");
    }
    const bool empty = scopes_.back().empty;
    scopes_.pop_back();
    if (style_ == style::indented && !empty) {
        out_ += '\n';
        out_.append(2 * scopes_.size(), ' ');
    }
    out_ += closing;
    done_ = scopes_.empty();
    return *this;
}

void json_writer::before_value() {
    if (after_key_) {
        after_key_ = false;
        return;
    }
    if (scopes_.empty()) {
        if (done_) raise("json_writer: a second value after the text was complete");
        done_ = true;
        return;
    }
    if (scopes_.back().closing == '}') raise("json_writer: a value in an object without a key");
    separate();
}

void json_writer::separate() {
    scope& inner = scopes_.back();
    if (!inner.empty) out_ += ',';
    inner.empty = false;
    if (style_ == style::indented) {
        out_ += '\n';
        out_.append(2 * scopes_.size(), ' ');
    }
}

void json_writer::append_quoted(std::string_view value) {
    constexpr std::string_view hex = "0123456789abcdef";
    out_ += '"';
    for_each_utf8(value, [&](std::string_view character) {
        const auto byte = static_cast<unsigned char>(character.front());
        if (character.size() > 1 || (byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7f)) {
            out_ += character;
            return;
        }
        out_ += '\\';
        switch (byte) {
            case '"':
            case '\\':
                out_ += static_cast<char>(byte);
                break;
            case '\b':
                out_ += 'b';
                break;
            case '\f':
                out_ += 'f';
                break;
            case '\n':
                out_ += 'n';
                break;
            case '\r':
                out_ += 'r';
                break;
            case '\t':
                out_ += 't';
                break;
            default:
                out_ += "u00";
                out_ += hex[byte >> 4];
                out_ += hex[byte & 15];
        }
    });
    out_ += '"';
}

}  // namespace leeway::inline v0::detail
