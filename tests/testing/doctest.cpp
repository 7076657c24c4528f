// The tests of the suite "failing" run first, alone, and what they print is held against what they
// should.
#define DOCTEST_CONFIG_IMPLEMENT
#include "leeway/testing/doctest.hpp"

#include <sstream>
#include <string>

#include "leeway/core/result.hpp"

using leeway::estimate;
using leeway::gate;

namespace {

const estimate auc = estimate::within(0.8120, 0.7910, 0.8330, 0.95, 4664);
std::ostringstream printed;

bool has_printed(const std::string& text) {
    return printed.str().find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("assertions that do not hold" * doctest::test_suite("failing")) {
    CHECK(meets(auc, gate::at_least(0.80)));
    CHECK(meets(estimate(leeway::undefined::one_class, 12), gate::at_least(0.80)));
    CHECK(meets(auc, gate::at_least(0.70).with_least(10'000)));
    CHECK_FALSE(meets(auc, gate::at_least(0.79)));
    CHECK(auc == estimate(leeway::undefined::empty));
    REQUIRE(meets(auc, gate::at_most(0.80)));
}

TEST_CASE("doctest: gates on the interval") {
    CHECK(meets(auc, gate::at_least(0.79)));
    CHECK_FALSE(meets(auc, gate::at_least(0.80)));
    CHECK(meets(auc, gate::at_most(0.84)));
    CHECK_FALSE(meets(auc, gate::at_most(0.82)));
    CHECK(meets(auc, gate::at_least(0.80).by_value()));
    CHECK_FALSE(meets(auc, gate::at_least(0.70).with_least(10'000)));
}

TEST_CASE("doctest: a failure has the sentence") {
    CHECK(
        has_printed("values: CHECK( 0.8120 (95 % CI 0.7910 to 0.8330, n = 4664): its lower bound "
                    "is not at or above 0.8000 )"));
    CHECK(
        has_printed("values: REQUIRE( 0.8120 (95 % CI 0.7910 to 0.8330, n = 4664): its upper "
                    "bound is not at or below 0.8000 )"));
    CHECK(
        has_printed("values: CHECK_FALSE( 0.8120 (95 % CI 0.7910 to 0.8330, n = 4664): its lower "
                    "bound is at or above 0.7900 )"));
}

TEST_CASE("doctest: undefined and too little fail with the reason") {
    CHECK(has_printed("undefined: one class (n = 12): it is not shown to be at or above 0.8000"));
    CHECK(has_printed("fewer than the 10000 asked for"));
}

TEST_CASE("doctest: figures are printed as figures") {
    CHECK(has_printed("values: CHECK( 0.8120 == undefined: empty )"));
}

int main(int count, char** arguments) {
    doctest::Context failing;
    failing.setOption("test-suite", "failing");
    failing.setOption("no-colors", true);
    failing.setCout(&printed);
    if (failing.run() == 0) return 1;

    doctest::Context others(count, arguments);
    others.addFilter("test-suite-exclude", "failing");
    return others.run();
}
