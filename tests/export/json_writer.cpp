#include "../../src/export/json_writer.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <locale>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "leeway/core/random.hpp"
#include "support/catch.hpp"
#include "support/json.hpp"

using leeway::detail::json_writer;
using support::json;

namespace {

std::string in_quotes(std::string_view text) {
    json_writer out;
    out.text(text);
    return std::move(out).take();
}

std::string written(double number) {
    json_writer out;
    out.number(number);
    return std::move(out).take();
}

}  // namespace

TEST_CASE("json_writer: nested values, compact and indented") {
    const auto write = [](json_writer out) {
        out.begin_object().member("a", 1).key("b").begin_array();
        out.value(true).value("x").null().begin_object().end_object();
        out.end_array().member("c", std::optional<double>{}).member("d", std::optional(2.5));
        out.end_object();
        return std::move(out).take();
    };
    CHECK(write(json_writer{}) == R"({"a":1,"b":[true,"x",null,{}],"c":null,"d":2.5})");
    CHECK(write(json_writer{json_writer::style::indented}) ==
          "{\n  \"a\": 1,\n  \"b\": [\n    true,\n    \"x\",\n    null,\n    {}\n  ],\n"
          "  \"c\": null,\n  \"d\": 2.5\n}");
}

TEST_CASE("json_writer: text is escaped and read back") {
    CHECK(in_quotes("plain") == "\"plain\"");
    CHECK(in_quotes("a\"b\\c\n\t\r\b\f") == R"("a\"b\\c\n\t\r\b\f")");
    CHECK(in_quotes(std::string("\0\x01\x1f\x7f", 4)) == R"("\u0000\u0001\u001f\u007f")");
    CHECK(in_quotes("\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x9A\xA2") ==
          "\"\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x9A\xA2\"");
    for (int c = 0; c < 128; ++c) {
        const std::string one(1, static_cast<char>(c));
        CHECK(json::parse(in_quotes(one)).text() == one);
    }
}

TEST_CASE("json_writer: invalid UTF-8 becomes the replacement character") {
    const std::string bad = "\xEF\xBF\xBD";
    const std::array<std::pair<std::string, std::string>, 9> cases{{
        {"a\xFFz", "a" + bad + "z"},                  // never a lead byte
        {"\x80", bad},                                // a continuation without a lead
        {"\xC0\xAF", bad + bad},                      // overlong
        {"\xE0\x80\xAF", bad + bad + bad},            // overlong
        {"\xED\xA0\x80", bad + bad + bad},            // a surrogate
        {"\xF4\x90\x80\x80", bad + bad + bad + bad},  // above U+10FFFF
        {"\xE2\x82", bad},                            // cut off at the end
        {"\xE2\x82z", bad + "z"},                     // cut off by another character
        {"\xF0\x9F\x9A\xC3\xA9", bad + "\xC3\xA9"},
    }};
    for (const auto& [bytes, expected] : cases) {
        CHECK(json::parse(in_quotes(bytes)).text() == expected);
    }
    // Whatever the bytes, the text parses: the reader refuses invalid UTF-8.
    leeway::random_source random(7);
    for (int round = 0; round < 2000; ++round) {
        std::string bytes;
        for (int i = 0; i < 12; ++i) bytes += static_cast<char>(random() >> 56);
        CHECK_NOTHROW(json::parse(in_quotes(bytes)));
    }
}

TEST_CASE("json_writer: numbers are the shortest text that reads back") {
    CHECK(written(0.1) == "0.1");
    CHECK(written(-0.0) == "-0");
    CHECK(written(3.0) == "3");
    CHECK(written(1e300) == "1e+300");
    CHECK(json::parse(written(5e-324)).number() == 5e-324);
    leeway::random_source random(11);
    for (int i = 0; i < 2000; ++i) {
        const auto number = std::bit_cast<double>(random());
        if (!std::isfinite(number)) continue;
        CHECK(json::parse(written(number)).number() == number);
    }
    json_writer out;
    out.begin_array();
    out.number(std::numeric_limits<std::uint64_t>::max());
    out.number(std::numeric_limits<std::int64_t>::min());
    out.end_array();
    CHECK(std::move(out).take() == "[18446744073709551615,-9223372036854775808]");
}

TEST_CASE("json_writer: NaN and infinity are never written") {
    CHECK(written(std::nan("")) == "null");
    CHECK(written(-std::numeric_limits<double>::infinity()) == "null");
}

TEST_CASE("json_writer: calls out of place raise") {
    CHECK_THROWS_AS(json_writer{}.key("a"), std::invalid_argument);
    CHECK_THROWS_AS(json_writer{}.begin_object().number(1), std::invalid_argument);
    CHECK_THROWS_AS(json_writer{}.begin_object().key("a").key("b"), std::invalid_argument);
    CHECK_THROWS_AS(json_writer{}.begin_object().key("a").end_object(), std::invalid_argument);
    CHECK_THROWS_AS(json_writer{}.begin_array().end_object(), std::invalid_argument);
    CHECK_THROWS_AS(json_writer{}.null().null(), std::invalid_argument);
    CHECK_THROWS_AS(json_writer{}.begin_array().key("a"), std::invalid_argument);
    const auto unfinished = [] {
        json_writer out;
        out.begin_array();
        return std::move(out).take();
    };
    CHECK_THROWS_AS(unfinished(), std::invalid_argument);
    CHECK_THROWS_AS(json_writer{}.take(), std::invalid_argument);
}
