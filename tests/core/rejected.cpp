#include "leeway/core/rejected.hpp"

#include <limits>

#include "leeway/core/state_file.hpp"
#include "support/catch.hpp"

using leeway::rejections;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("a row is refused for the first reason that applies") {
    rejections r;
    CHECK(r.accepts(leeway::weighted_value{1.0, 2.0}));
    CHECK(r.accepts(leeway::regression_outcome{1, 2}));
    CHECK(r.accepts(leeway::probability_outcome{1, 17.0}));
    CHECK(r.accepts_probability({0, 1.0}));
    CHECK(r == rejections{});

    CHECK_FALSE(r.accepts(leeway::probability_outcome{5, not_a_number, -1}));
    CHECK(r.weight == 1);
    CHECK_FALSE(r.accepts(leeway::probability_outcome{5, not_a_number, 1}));
    CHECK(r.missing == 1);
    CHECK_FALSE(r.accepts(leeway::probability_outcome{5, infinity, 1}));
    CHECK(r.non_finite == 1);
    CHECK_FALSE(r.accepts_probability({5, 2.0, 1}));
    CHECK(r.label == 1);
    CHECK_FALSE(r.accepts_probability({1, 2.0, 1}));
    CHECK(r.range == 1);
    CHECK_FALSE(r.accepts(leeway::regression_outcome{infinity, not_a_number}));
    CHECK(r.missing == 2);
    CHECK_FALSE(r.accepts(leeway::regression_outcome{infinity, 1}));
    CHECK(r.non_finite == 2);
    CHECK(r.total() == 7);
}

TEST_CASE("a survival outcome is refused for the first reason that applies") {
    rejections r;
    CHECK(r.accepts(leeway::survival_outcome{0, 0, -3}));
    CHECK(r.accepts(leeway::survival_outcome{1, 1, 3}));
    CHECK(r == rejections{});
    CHECK_FALSE(r.accepts(leeway::survival_outcome{-1, 2, not_a_number, -1}));
    CHECK(r.weight == 1);
    CHECK_FALSE(r.accepts(leeway::survival_outcome{infinity, 2, not_a_number}));
    CHECK(r.missing == 1);
    CHECK_FALSE(r.accepts(leeway::survival_outcome{-infinity, 2, 0}));
    CHECK(r.non_finite == 1);
    CHECK_FALSE(r.accepts(leeway::survival_outcome{-1, 2, 0}));
    CHECK(r.label == 1);
    CHECK_FALSE(r.accepts(leeway::survival_outcome{-1, 1, 0}));
    CHECK(r.range == 1);
    CHECK(r.total() == 5);
}

TEST_CASE("weight zero is absence and is counted nowhere") {
    rejections r;
    CHECK_FALSE(r.accepts(leeway::weighted_value{not_a_number, 0.0}));
    CHECK_FALSE(r.accepts(leeway::probability_outcome{9, not_a_number, -0.0}));
    CHECK_FALSE(r.accepts_weight(0));
    CHECK(r.total() == 0);
}

TEST_CASE("a weight is zero, or from 2^-200 to 2^200") {
    for (const double weight : {-1.0, -1e-320, not_a_number, infinity, -infinity, 1e-320, 6e-61,
                                1.7e60, std::numeric_limits<double>::max()}) {
        rejections r;
        CHECK_FALSE(r.accepts_weight(weight));
        CHECK_FALSE(rejections::good_weight(weight));
        CHECK(r.weight == 1);
    }
    for (const double weight : {0x1p-200, 1e-60, 1.0, 1e60, 0x1p200}) {
        rejections r;
        CHECK(r.accepts_weight(weight));
        CHECK(rejections::good_weight(weight));
        CHECK(r.total() == 0);
    }
}

TEST_CASE("values that are no numbers are told apart") {
    rejections r;
    CHECK_FALSE(r.counts(0.0));
    CHECK(r.counts(not_a_number));
    CHECK(r.counts(-infinity));
    CHECK(r.missing == 1);
    CHECK(r.non_finite == 1);
}

TEST_CASE("rejections merge by adding every reason") {
    const rejections a{1, 2, 3, 4, 5};
    rejections b{10, 20, 30, 40, 50};
    b.merge(a);
    CHECK(b == rejections{11, 22, 33, 44, 55});
    CHECK(b.total() == 165);
    CHECK(leeway::to_debug_string(b) ==
          "weight: 11, missing: 22, non_finite: 33, label: 44, range: 55");
}
