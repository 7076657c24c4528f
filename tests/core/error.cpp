#include "leeway/core/error.hpp"

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>

#include "support/catch.hpp"

namespace {

template <class Action>
std::string said(Action action) {
    try {
        action();
    } catch (const std::invalid_argument& problem) {
        return problem.what();
    }
    return "nothing was raised";
}

}  // namespace

TEST_CASE("raise_invalid names the place, the parameter, the value and what was expected") {
    CHECK(said([] { leeway::raise_invalid("psi", "leeway", -0.5, "a number >= 0"); }) ==
          "psi: leeway is -0.5, expected a number >= 0");
    CHECK(said([] {
              leeway::raise_invalid("f", "n", std::uint64_t{18446744073709551615U}, "less");
          }) == "f: n is 18446744073709551615, expected less");
    CHECK(said([] { leeway::raise_invalid("f", "n", -7, "more"); }) == "f: n is -7, expected more");
    CHECK(said([] { leeway::raise_invalid("f", "on", true, "false"); }) ==
          "f: on is true, expected false");
    CHECK(said([] { leeway::raise_invalid("f", "name", "x y", "one word"); }) ==
          "f: name is 'x y', expected one word");
    CHECK(said([] { leeway::raise("plain"); }) == "plain");
}

TEST_CASE("numbers are shown without a locale and so that they read back") {
    CHECK(leeway::detail::shown(0.1) == "0.1");
    CHECK(leeway::detail::shown(1e300) == "1e+300");
    CHECK(leeway::detail::shown(std::numeric_limits<double>::quiet_NaN()) == "nan");
    CHECK(leeway::detail::shown(-std::numeric_limits<double>::infinity()) == "-inf");
    CHECK(leeway::detail::shown(std::numeric_limits<std::int64_t>::min()) ==
          "-9223372036854775808");
    const double awkward = 0.1 + 0.2;
    CHECK(std::stod(leeway::detail::shown(awkward)) == awkward);
}

TEST_CASE("a result holds a value or the error that kept it from being made") {
    leeway::result<std::string> good(std::string("text"));
    REQUIRE(good);
    CHECK(*good == "text");
    CHECK(good->size() == 4);
    CHECK(good.value() == "text");
    CHECK_THROWS_AS(good.error(), std::invalid_argument);
    const std::string moved = *std::move(good);
    CHECK(moved == "text");

    leeway::result<std::string> bad(leeway::error{"not there", "file.csv", 3});
    REQUIRE_FALSE(bad);
    CHECK(bad.error().offset == 3);
    CHECK(bad.error().message() == "file.csv: not there");
    CHECK(leeway::error{"alone", "", 0}.message() == "alone");
    CHECK(said([&] { (void)bad.value(); }) == "file.csv: not there");
    CHECK(said([&] { (void)bad->size(); }) == "file.csv: not there");
    const auto& constant = bad;
    CHECK(said([&] { (void)*constant; }) == "file.csv: not there");
}

TEST_CASE("a result may hold an error as its value's type") {
    struct either {
        int code;
    };
    leeway::result<either> value(either{5});
    REQUIRE(value);
    CHECK(value->code == 5);
}
