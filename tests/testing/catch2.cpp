#include "leeway/testing/catch2.hpp"

#include <string>

#include "leeway/core/result.hpp"
#include "support/catch.hpp"

using leeway::at_least;
using leeway::at_most;
using leeway::estimate;

namespace {

const estimate auc = estimate::within(0.8120, 0.7910, 0.8330, 0.95, 4664);

/// What Catch2 prints behind "with expansion:".
template <class Matcher>
std::string expansion(const estimate& figure, const Matcher& matcher) {
    return matcher.match(figure) ? "passed"
                                 : Catch::Detail::stringify(figure) + ' ' + matcher.toString();
}

}  // namespace

TEST_CASE("catch2: matchers gate on the interval") {
    CHECK_THAT(auc, at_least(0.79));
    CHECK_THAT(auc, !at_least(0.80));
    CHECK_THAT(auc, at_most(0.84));
    CHECK_THAT(auc, !at_most(0.82));
    CHECK_THAT(auc, at_least(0.70) && at_most(0.90));
    CHECK_THAT(auc, at_least(0.90) || at_most(0.90));
    CHECK_THAT(auc, at_least(0.80).by_value());
    CHECK_THAT(auc, !at_least(0.70).with_least(10'000));
}

TEST_CASE("catch2: a failure reads as one sentence") {
    CHECK(expansion(auc, at_least(0.79)) == "passed");
    CHECK(expansion(auc, at_least(0.80)) ==
          "0.8120 (95 % CI 0.7910 to 0.8330, n = 4664): its lower bound is not at or above 0.8000");
    CHECK(expansion(auc, at_most(0.80)) ==
          "0.8120 (95 % CI 0.7910 to 0.8330, n = 4664): its upper bound is not at or below 0.8000");
    CHECK(expansion(estimate(leeway::undefined::one_class, 12), at_least(0.80)) ==
          "undefined: one class (n = 12): it is not shown to be at or above 0.8000");
}

TEST_CASE("catch2: a matcher used again tells of the figure at hand") {
    const auto good = at_least(0.80);
    CHECK(expansion(auc, good) ==
          "0.8120 (95 % CI 0.7910 to 0.8330, n = 4664): its lower bound is not at or above 0.8000");
    CHECK(expansion(estimate::within(0.7, 0.6, 0.8, 0.95, 90), good) ==
          "0.7000 (95 % CI 0.6000 to 0.8000, n = 90): its lower bound is not at or above 0.8000");
}

TEST_CASE("catch2: a matcher that has not been asked yet describes its condition") {
    CHECK(at_least(0.8).toString() == "is at least 0.8000 (lower bound)");
    CHECK(Catch::Detail::stringify(auc) == "0.8120");
}
