#include "support/json.hpp"

#include <charconv>
#include <cstdint>

namespace support {

template <class T>
const T& json::get(const char* what) const {
    if (const T* found = std::get_if<T>(&content_)) return *found;
    throw std::runtime_error(std::string("json: expected ") + what);
}

double json::number() const {
    return get<double>("a number");
}
bool json::boolean() const {
    return get<bool>("a boolean");
}
const std::string& json::text() const {
    return get<std::string>("a text");
}
const json::array& json::items() const {
    return get<array>("an array");
}
const json::object& json::members() const {
    return get<object>("an object");
}
std::size_t json::size() const {
    return is_array() ? items().size() : members().size();
}

bool json::contains(std::string_view key) const {
    for (const auto& [name, value] : members()) {
        if (name == key) return true;
    }
    return false;
}

const json& json::operator[](std::string_view key) const {
    for (const auto& [name, value] : members()) {
        if (name == key) return value;
    }
    throw std::runtime_error("json: no member '" + std::string(key) + "'");
}

std::vector<std::string> json::keys() const {
    std::vector<std::string> names;
    for (const auto& member : members()) names.push_back(member.first);
    return names;
}

struct json::reader {
    std::string_view text;
    std::size_t at{0};

    [[noreturn]] void fail(const std::string& what) const {
        throw std::runtime_error("json: " + what + " at offset " + std::to_string(at));
    }
    unsigned char peek() const {
        if (at >= text.size()) fail("the text ends too early");
        return static_cast<unsigned char>(text[at]);
    }
    void space() {
        while (at < text.size() &&
               (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')) {
            ++at;
        }
    }
    bool take(char wanted) {
        if (peek() != static_cast<unsigned char>(wanted)) return false;
        ++at;
        return true;
    }
    void word(std::string_view wanted) {
        if (text.substr(at, wanted.size()) != wanted) fail("unknown word");
        at += wanted.size();
    }

    json value(int depth) {
        if (depth > 64) fail("nested too deeply");
        space();
        switch (peek()) {
            case '{':
                return json(members(depth));
            case '[':
                return json(elements(depth));
            case '"':
                return json(string());
            case 't':
                word("true");
                return json(true);
            case 'f':
                word("false");
                return json(false);
            case 'n':
                word("null");
                return json(nullptr);
            default:
                return json(number());
        }
    }

    object members(int depth) {
        object found;
        ++at;
        space();
        if (take('}')) return found;
        while (true) {
            space();
            if (peek() != '"') fail("expected a key");
            std::string name = string();
            for (const auto& member : found) {
                if (member.first == name) fail("duplicate key '" + name + "'");
            }
            space();
            if (!take(':')) fail("expected ':'");
            json content = value(depth + 1);
            found.emplace_back(std::move(name), std::move(content));
            space();
            if (take('}')) return found;
            if (!take(',')) fail("expected ',' or '}'");
        }
    }

    array elements(int depth) {
        array found;
        ++at;
        space();
        if (take(']')) return found;
        while (true) {
            found.push_back(value(depth + 1));
            space();
            if (take(']')) return found;
            if (!take(',')) fail("expected ',' or ']'");
        }
    }

    void digits() {
        if (peek() < '0' || peek() > '9') fail("expected a digit");
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    }

    double number() {
        const std::size_t start = at;
        if (peek() == '-') ++at;
        if (!take('0')) digits();
        if (at < text.size() && text[at] == '.') {
            ++at;
            digits();
        }
        if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
            ++at;
            if (peek() == '+' || peek() == '-') ++at;
            digits();
        }
        double parsed = 0;
        const char* end = text.data() + at;
        const auto done = std::from_chars(text.data() + start, end, parsed);
        if (done.ec != std::errc{} || done.ptr != end) fail("a number out of range");
        return parsed;
    }

    std::uint32_t hex4() {
        std::uint32_t unit = 0;
        for (int i = 0; i < 4; ++i, ++at) {
            const unsigned char c = peek();
            const int digit = c >= '0' && c <= '9'   ? c - '0'
                              : c >= 'a' && c <= 'f' ? c - 'a' + 10
                              : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                     : -1;
            if (digit < 0) fail("expected a hexadecimal digit");
            unit = unit * 16 + static_cast<std::uint32_t>(digit);
        }
        return unit;
    }

    static void append(std::string& out, std::uint32_t point) {
        const auto byte = [&](std::uint32_t b) { out += static_cast<char>(b); };
        if (point < 0x80) {
            byte(point);
        } else if (point < 0x800) {
            byte(0xC0 | (point >> 6));
            byte(0x80 | (point & 63));
        } else if (point < 0x10000) {
            byte(0xE0 | (point >> 12));
            byte(0x80 | ((point >> 6) & 63));
            byte(0x80 | (point & 63));
        } else {
            byte(0xF0 | (point >> 18));
            byte(0x80 | ((point >> 12) & 63));
            byte(0x80 | ((point >> 6) & 63));
            byte(0x80 | (point & 63));
        }
    }

    void escape(std::string& out) {
        const unsigned char kind = peek();
        ++at;
        constexpr std::string_view short_forms = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        if (const auto i = short_forms.find(static_cast<char>(kind)); i != short_forms.npos) {
            out += meanings[i];
            return;
        }
        if (kind != 'u') fail("unknown escape");
        std::uint32_t point = hex4();
        if (point >= 0xDC00 && point < 0xE000) fail("an unpaired surrogate");
        if (point >= 0xD800 && point < 0xDC00) {
            if (!take('\\') || !take('u')) fail("an unpaired surrogate");
            const std::uint32_t low = hex4();
            if (low < 0xDC00 || low > 0xDFFF) fail("an unpaired surrogate");
            point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
        }
        append(out, point);
    }

    /// Decodes the bytes to a code point and encodes it again: only the shortest form survives.
    void utf8(std::string& out) {
        const unsigned char lead = peek();
        const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0;
        if (length == 0 || lead > 0xF7) fail("invalid UTF-8");
        std::uint32_t point = lead & (0xFFU >> (length + 1));
        const std::string_view bytes = text.substr(at, length);
        if (bytes.size() != length) fail("invalid UTF-8");
        for (std::size_t i = 1; i < length; ++i) {
            const auto byte = static_cast<unsigned char>(bytes[i]);
            if ((byte & 0xC0) != 0x80) fail("invalid UTF-8");
            point = point << 6 | (byte & 63);
        }
        std::string again;
        append(again, point);
        if (again != bytes || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) {
            fail("invalid UTF-8");
        }
        out += bytes;
        at += length;
    }

    std::string string() {
        std::string out;
        ++at;
        while (true) {
            const unsigned char c = peek();
            if (c == '"') {
                ++at;
                return out;
            }
            if (c < 0x20) fail("a control character in a text");
            if (c == '\\') {
                ++at;
                escape(out);
            } else if (c < 0x80) {
                out += static_cast<char>(c);
                ++at;
            } else {
                utf8(out);
            }
        }
    }
};

json json::parse(std::string_view text) {
    reader in{text};
    json value = in.value(0);
    in.space();
    if (in.at != text.size()) in.fail("text behind the value");
    return value;
}

std::vector<json> json::parse_lines(std::string_view text) {
    std::vector<json> values;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        if (end == text.npos) throw std::runtime_error("json: the last line has no end");
        values.push_back(parse(text.substr(0, end)));
        text.remove_prefix(end + 1);
    }
    return values;
}

}  // namespace support
