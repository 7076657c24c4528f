#include "leeway/evaluation/task_states.hpp"

#include <vector>

#include "leeway/metrics/accuracy.hpp"
#include "support/catch.hpp"

using leeway::probability_row;
using leeway::rejections;
using states = leeway::detail::multiclass_states;

TEST_CASE("a row of several classes: scores, a decision, or both") {
    states some(3);
    rejections refused;
    const double scores[] = {0.4, 0.4, 0.2};
    const std::int32_t two = 2;
    CHECK(some.take({0, scores, 2}, nullptr, false, refused));  // of equal scores the first
    CHECK(some.take({0, scores}, &two, false, refused));        // the decision is the caller's
    CHECK(some.take({2, {}}, &two, false, refused));            // no score: counts alone
    CHECK(some.counts.cell(0, 0) == 2);
    CHECK(some.counts.cell(0, 2) == 1);
    CHECK(some.counts.cell(2, 2) == 1);
    CHECK(some.ranks.total() == 3);
    CHECK(leeway::accuracy{}(some.counts).value() == 0.75);
    CHECK(refused.total() == 0);
}

TEST_CASE("a row of several classes that cannot be used is counted by reason") {
    states some(2);
    rejections refused;
    const double scores[] = {0.4, 0.6};
    const double three[] = {0.4, 0.4, 0.2};
    const std::vector<double> spoilt{0.4, std::nan("")};
    const std::int32_t two = 2;
    CHECK_FALSE(some.take({0, scores, -1}, nullptr, false, refused));
    CHECK_FALSE(some.take({0, spoilt}, nullptr, false, refused));
    CHECK_FALSE(some.take({0, three}, nullptr, false, refused));
    CHECK_FALSE(some.take({0, {}}, nullptr, false, refused));
    CHECK_FALSE(some.take({2, scores}, nullptr, false, refused));
    CHECK_FALSE(some.take({0, scores}, &two, false, refused));
    CHECK(refused == rejections{.weight = 1, .missing = 1, .label = 2, .range = 2});
    CHECK(some == states(2));
    CHECK(some.defect().empty());
    some.ranks = leeway::label_ranks(3);
    CHECK_FALSE(some.defect().empty());
}
