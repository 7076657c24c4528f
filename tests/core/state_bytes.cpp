#include "leeway/core/state_bytes.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "laws/allocation_meter.hpp"
#include "laws/hostile_bytes.hpp"
#include "leeway/core/state_file.hpp"
#include "support/catch.hpp"

namespace {

enum class narrow : std::uint8_t { a, b };
enum class negative : int { below = -3, above = 3 };

struct point {
    double x{0};
    std::int32_t n{0};
    [[nodiscard]] std::string defect() const { return n > 1000 ? "point: n is above 1000" : ""; }
    friend bool operator==(const point&, const point&) = default;
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("x", self.x);
        visit("n", self.n);
    }
};

/// One field of every type that the format has.
struct everything {
    static constexpr std::string_view kind = "everything";
    bool flag{false};
    std::uint64_t u64{0};
    std::uint32_t u32{0};
    std::int64_t i64{0};
    std::int8_t i8{0};
    narrow unsigned_choice{narrow::a};
    negative signed_choice{negative::above};
    double number{0};
    std::string text;
    point part;
    std::vector<double> numbers;
    std::vector<std::uint32_t> small_numbers;
    std::vector<std::string> texts;
    std::vector<point> points;
    std::array<point, 2> pair{};
    std::array<std::int64_t, 3> triple{};

    friend bool operator==(const everything&, const everything&) = default;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("flag", self.flag);
        visit("u64", self.u64);
        visit("u32", self.u32);
        visit("i64", self.i64);
        visit("i8", self.i8);
        visit("unsigned_choice", self.unsigned_choice);
        visit("signed_choice", self.signed_choice);
        visit("number", self.number);
        visit("text", self.text);
        visit("part", self.part);
        visit("numbers", self.numbers);
        visit("small_numbers", self.small_numbers);
        visit("texts", self.texts);
        visit("points", self.points);
        visit("pair", self.pair);
        visit("triple", self.triple);
    }
};

everything filled() {
    everything all;
    all.flag = true;
    all.u64 = std::numeric_limits<std::uint64_t>::max();
    all.u32 = std::numeric_limits<std::uint32_t>::max();
    all.i64 = std::numeric_limits<std::int64_t>::min();
    all.i8 = -128;
    all.unsigned_choice = narrow::b;
    all.signed_choice = negative::below;
    all.number = -std::numeric_limits<double>::denorm_min();
    all.text = std::string("with\0nul and \xff", 14);
    all.part = {0.1, -7};
    all.numbers = {1, -0.0, std::numeric_limits<double>::infinity()};
    all.small_numbers = {0, 4294967295U};
    all.texts = {"", "one", "two"};
    all.points = {{1, 1}, {2, 2}};
    all.pair = {point{3, 3}, point{4, 4}};
    all.triple = {-1, 0, 1};
    return all;
}

/// The bytes of a state of one field, as a hostile writer would make them.
template <class Write>
std::vector<std::byte> forged(std::string_view kind, Write write) {
    leeway::detail::byte_writer out;
    leeway::detail::begin_file(out, kind, 0);
    write(out);
    return leeway::detail::end_file(std::move(out));
}

template <class T>
struct one_field {
    static constexpr std::string_view kind = "one_field";
    T value{};
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("value", self.value);
    }
};

/// A field named "value" of this wire type whose content is these words.
template <class T>
leeway::result<one_field<T>> read_words(std::uint8_t type, std::vector<std::uint64_t> words) {
    return leeway::from_bytes<one_field<T>>(
        forged("one_field", [&](leeway::detail::byte_writer& out) {
            out.u16(5);
            out.raw("value");
            out.u8(type);
            out.u64(8 * words.size());
            for (const std::uint64_t word : words) out.u64(word);
        }));
}

/// Lists are filled from nothing, whatever the default state holds.
struct with_default {
    static constexpr std::string_view kind = "one_field";
    std::vector<std::string> value{"default", "texts"};
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("value", self.value);
    }
};

/// Much larger when made than a list item's eight bytes.
struct heavy {
    std::vector<double> many = std::vector<double>(10'000, 1.0);
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("many", self.many);
    }
};

constexpr std::uint8_t u64 = 1, i64 = 2, f64 = 3, list = 6;

}  // namespace

TEST_CASE("every type of field comes back as it was") {
    for (const everything& all : {everything{}, filled()}) {
        const auto bytes = leeway::to_bytes(all);
        const auto back = leeway::from_bytes<everything>(bytes);
        REQUIRE(back);
        CHECK(*back == all);
        CHECK(leeway::to_bytes(*back) == bytes);
    }
}

TEST_CASE("loading replaces what a state held before") {
    with_default saved;
    saved.value = {"x"};
    const auto back = leeway::from_bytes<with_default>(leeway::to_bytes(saved));
    REQUIRE(back);
    CHECK(back->value == std::vector<std::string>{"x"});
}

TEST_CASE("a state of every type survives hostile bytes") {
    laws::hostile_bytes(everything{}, 2);
    laws::hostile_bytes(filled(), 2);
}

TEST_CASE("a number that does not fit its field is an error") {
    CHECK(read_words<bool>(u64, {1})->value);
    CHECK_FALSE(read_words<bool>(u64, {2}));
    CHECK(read_words<std::uint32_t>(u64, {4294967295U})->value == 4294967295U);
    CHECK_FALSE(read_words<std::uint32_t>(u64, {4294967296U}));
    CHECK(read_words<std::int8_t>(i64, {~std::uint64_t{0} - 127})->value == -128);
    CHECK_FALSE(read_words<std::int8_t>(i64, {128}));
    CHECK_FALSE(read_words<std::int8_t>(i64, {~std::uint64_t{0} - 128}));
    CHECK(read_words<narrow>(u64, {255})->value == static_cast<narrow>(255));
    CHECK_FALSE(read_words<narrow>(u64, {256}));
    CHECK(read_words<negative>(u64, {~std::uint64_t{0} - 2})->value == negative::below);
    CHECK_FALSE(read_words<negative>(u64, {std::uint64_t{1} << 31}));
    CHECK_FALSE(read_words<narrow>(u64, {~std::uint64_t{0}}));
    const auto tiny = read_words<std::int8_t>(i64, {128});
    CHECK(tiny.error().what.find("128 does not fit") != std::string::npos);
}

TEST_CASE("types and lengths are checked before content is read") {
    CHECK_FALSE(read_words<double>(u64, {0}));     // type
    CHECK_FALSE(read_words<double>(f64, {}));      // too short
    CHECK_FALSE(read_words<double>(f64, {0, 0}));  // too long
    CHECK(read_words<std::vector<double>>(list, {2, 5, 7})->value[1] == 0x0.0000000000007p-1022);
    CHECK_FALSE(read_words<std::vector<double>>(list, {3, 5, 7}));   // more items than bytes
    CHECK_FALSE(read_words<std::vector<double>>(list, {1, 5, 7}));   // fewer
    CHECK_FALSE((read_words<std::array<double, 2>>(list, {1, 5})));  // not the array's length
    CHECK((read_words<std::array<double, 2>>(list, {2, 5, 5})));
}

TEST_CASE("a length may not reach beyond its own field") {
    // The last field's length, one to eight bytes more than is left: what follows is the checksum.
    for (std::uint64_t more = 1; more <= 8; ++more) {
        const auto bytes = forged("one_field", [&](leeway::detail::byte_writer& out) {
            out.u16(5);
            out.raw("value");
            out.u8(4);  // text
            out.u64(3 + more);
            out.raw("abc");
        });
        const auto read = leeway::from_bytes<one_field<std::string>>(bytes);
        REQUIRE_FALSE(read);
        CHECK(read.error().what.find("at most the 3 bytes that are left") != std::string::npos);
    }
}

TEST_CASE("a count that lies costs no memory") {
    for (const std::uint64_t count :
         {std::uint64_t{1} << 20, std::uint64_t{1} << 31, std::uint64_t{1} << 61,
          std::uint64_t{1} << 63, ~std::uint64_t{0}}) {
        const laws::allocation_span span;
        CHECK_FALSE(read_words<std::vector<double>>(list, {count, 1, 2}));
        CHECK_FALSE(read_words<std::vector<std::string>>(list, {count, 1, 2}));
        CHECK_FALSE(read_words<std::vector<point>>(list, {count, 1, 2}));
        CHECK(span.bytes() < 20'000);
    }
    // A long list of states that is false from its first item on is not made in full.
    std::vector<std::uint64_t> zeros(10'001, 0);
    zeros[0] = 10'000;
    const laws::allocation_span span;
    CHECK_FALSE(read_words<std::vector<heavy>>(list, zeros));
    CHECK(span.bytes() < 10 * 8 * 10'001);
}

TEST_CASE("an error says which field, where and what was expected") {
    const auto bytes = forged("everything", [](leeway::detail::byte_writer& out) {
        everything all = filled();
        all.part.n = 1001;
        everything::fields(all, out);
    });
    const auto read = leeway::from_bytes<everything>(bytes);
    REQUIRE_FALSE(read);
    CHECK(read.error().what == "point: n is above 1000");
    CHECK(read.error().where.find("field 'part'") == 0);
    CHECK(read.error().offset > 0);
    CHECK(read.error().offset < bytes.size());
    CHECK(read.error().where.find("at byte " + std::to_string(read.error().offset)) !=
          std::string::npos);

    const auto renamed =
        forged("one_field", [](leeway::detail::byte_writer& out) { out("velue", 1.0); });
    const auto other = leeway::from_bytes<one_field<double>>(renamed);
    REQUIRE_FALSE(other);
    CHECK(other.error().message().find("'velue', expected 'value'") != std::string::npos);
}

TEST_CASE("the writer is little-endian whatever the machine") {
    leeway::detail::byte_writer out;
    out.u8(1);
    out.u16(0x0302);
    out.u32(0x07060504);
    out.u64(0x0f0e0d0c0b0a0908ULL);
    out.raw("x");
    const auto& bytes = out.bytes();
    REQUIRE(out.size() == 16);
    for (std::size_t i = 0; i < 15; ++i) CHECK(bytes[i] == static_cast<std::byte>(i + 1));
    out.patch_u64(7, 0);
    CHECK(out.bytes()[7] == std::byte{0});
    CHECK(out.bytes()[15] == static_cast<std::byte>('x'));

    leeway::detail::byte_reader in(out.bytes());
    CHECK(in.u8() == 1);
    CHECK(in.u16() == 0x0302);
    CHECK(in.u32() == 0x07060504);
    CHECK(in.u64() == 0);
    CHECK(in.raw(2).empty());
    CHECK_FALSE(in.ok());
    CHECK(in.problem().what == "truncated: expected 2 more bytes, found 1");
    CHECK(in.u64() == 0);  // after the first problem nothing is read
}
