#include "leeway/core/fields.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "support/catch.hpp"

namespace {

enum class colour : std::uint8_t { red, green };

struct inner {
    int a{1};
    [[nodiscard]] std::string defect() const { return a < 0 ? "inner: a is negative" : ""; }
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("a", self.a);
    }
};

struct outer {
    double number{0.5};
    bool on{true};
    colour paint{colour::green};
    std::string text{"x"};
    inner part;
    std::array<double, 2> pair{1, 2};
    std::vector<std::uint64_t> many = std::vector<std::uint64_t>(20, 7);
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("number", self.number);
        visit("on", self.on);
        visit("paint", self.paint);
        visit("text", self.text);
        visit("part", self.part);
        visit("pair", self.pair);
        visit("many", self.many);
    }
};

}  // namespace

TEST_CASE("fields print for people, long lists cut") {
    static_assert(leeway::HasFields<outer>);
    static_assert(!leeway::HasFields<int>);
    CHECK(leeway::to_debug_string(outer{}) ==
          "number: 0.5, on: true, paint: 1, text: 'x', part: {a: 1}, pair: [1, 2], "
          "many: [7, 7, 7, 7, 7, 7, 7, 7, ... 20 in all]");
}

TEST_CASE("a state without a defect function has no defect") {
    CHECK(leeway::defect_of(outer{}).empty());
    CHECK(leeway::defect_of(inner{}).empty());
    CHECK(leeway::defect_of(inner{-1}) == "inner: a is negative");
}
