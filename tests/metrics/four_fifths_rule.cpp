#include "leeway/metrics/four_fifths_rule.hpp"

#include <stdexcept>

#include "support/catch.hpp"

using leeway::four_fifths_rule;
using leeway::four_fifths_verdict;

namespace {

leeway::grouped_counts selected(int of_first, int of_second, int rows) {
    leeway::grouped_counts state(2);
    for (int i = 0; i < rows; ++i) {
        state.update({.group = 0, .label = 0, .prediction = i < of_first});
        state.update({.group = 1, .label = 0, .prediction = i < of_second});
    }
    return state;
}

}  // namespace

TEST_CASE("a verdict needs data that bear it out") {
    const four_fifths_rule rule;
    CHECK(rule(selected(300, 600, 1000)) == four_fifths_verdict::below);
    CHECK(rule(selected(590, 600, 1000)) == four_fifths_verdict::not_below);
    CHECK(rule(selected(480, 600, 1000)) == four_fifths_verdict::not_enough_data);  // 0.8 itself
    CHECK(rule(selected(3, 6, 10)) == four_fifths_verdict::not_enough_data);
    CHECK(rule(selected(0, 0, 1000)) == four_fifths_verdict::not_enough_data);
    CHECK(rule(leeway::grouped_counts(2)) == four_fifths_verdict::not_enough_data);
    CHECK(four_fifths_rule{.share = 0.4}(selected(300, 600, 1000)) ==
          four_fifths_verdict::not_below);
    CHECK_THROWS_AS(four_fifths_rule{.share = 0}(selected(1, 1, 20)), std::invalid_argument);
}

TEST_CASE("verdicts have words") {
    CHECK(leeway::to_string(four_fifths_verdict::below) == "below");
    CHECK(leeway::to_string(four_fifths_verdict::not_below) == "not below");
    CHECK(leeway::to_string(four_fifths_verdict::not_enough_data) == "not enough data");
}
