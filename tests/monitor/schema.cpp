#include "leeway/monitor/schema.hpp"

#include <stdexcept>
#include <string>
#include <vector>

#include "leeway/core/random.hpp"
#include "support/catch.hpp"

using leeway::feature_kind;
using leeway::schema;

namespace {

template <class Call>
std::string message_of(Call call) {
    try {
        call();
    } catch (const std::invalid_argument& problem) {
        return problem.what();
    }
    return "nothing was raised";
}

}  // namespace

TEST_CASE("a schema keeps its features in order") {
    const schema columns = schema{}.numeric("amount").categorical("country").feature("age");
    REQUIRE(columns.size() == 3);
    CHECK(columns[0].name == "amount");
    CHECK(columns[0].kind == feature_kind::numeric);
    CHECK(columns[1].kind == feature_kind::categorical);
    CHECK(!columns[2].kind);
    CHECK(columns.index("age") == 2);
}

TEST_CASE("empty and repeated names raise") {
    CHECK(message_of([] { schema{}.numeric("a").categorical(""); }) ==
          "schema: the name of feature 2 is empty");
    CHECK(message_of([] { schema{}.numeric("a").categorical("a"); }) ==
          "schema: two features are named 'a'");
}

TEST_CASE("an unknown name suggests the nearest") {
    const schema columns = schema{}.numeric("amount").categorical("country");
    CHECK(message_of([&] { (void)columns.index("ammount"); }) ==
          "schema: there is no feature named 'ammount'; did you mean 'amount'?");
    CHECK(message_of([&] { (void)columns.index("xyz"); }) ==
          "schema: there is no feature named 'xyz'; there are amount, country");
    CHECK(message_of([] { (void)schema{}.index("x"); }) ==
          "schema: there is no feature named 'x'; there is none at all");
    // A hostile name: its length must not cost its square.
    CHECK(message_of([&] { (void)columns.index(std::string(1'000'000, 'a')); }).size() < 2'000'000);
}

TEST_CASE("kinds are suggested from the values") {
    const std::vector<double> texts{leeway::category_code("DE"), leeway::category_code("FR")};
    CHECK(leeway::suggest_kind(texts).kind == feature_kind::categorical);

    leeway::random_source random(3);
    std::vector<double> few;
    std::vector<double> many;
    for (int i = 0; i < 1000; ++i) {
        few.push_back(static_cast<double>(random.below(7)));
        many.push_back(random.normal());
    }
    const auto counted = leeway::suggest_kind(few);
    CHECK(counted.kind == feature_kind::numeric);
    CHECK(counted.reason == "7 distinct whole numbers: call it categorical if they are codes");
    CHECK(leeway::suggest_kind(many).kind == feature_kind::numeric);
    CHECK(leeway::suggest_kind(many).reason == "numbers");

    // Large fractions and numbers beyond the codes are numbers.
    CHECK(leeway::suggest_kind(std::vector<double>{0x1p53, 0x1p60, -0x1p52}).kind ==
          feature_kind::numeric);
    const double nan = std::nan("");
    CHECK(leeway::suggest_kind(std::vector<double>{nan, nan}).reason == "no value at all");
}
