#include "leeway/testing/gtest.hpp"

#include <gtest/gtest-spi.h>

#include "leeway/core/result.hpp"

using leeway::estimate;
using leeway::gate;

namespace {

const estimate auc = estimate::within(0.8120, 0.7910, 0.8330, 0.95, 4664);

}  // namespace

TEST(gtest, gates_on_the_interval) {
    EXPECT_TRUE(meets(auc, gate::at_least(0.79)));
    EXPECT_FALSE(meets(auc, gate::at_least(0.80)));
    EXPECT_TRUE(meets(auc, gate::at_most(0.84)));
    EXPECT_FALSE(meets(auc, gate::at_most(0.82)));
    EXPECT_TRUE(meets(auc, gate::at_least(0.80).by_value()));
    EXPECT_FALSE(meets(auc, gate::at_least(0.70).with_least(10'000)));
}

TEST(gtest, a_failure_has_the_sentence) {
    EXPECT_NONFATAL_FAILURE(
        EXPECT_TRUE(meets(auc, gate::at_least(0.80))),
        "Actual: false (0.8120 (95 % CI 0.7910 to 0.8330, n = 4664): its lower bound is not at or "
        "above 0.8000)");
    EXPECT_FATAL_FAILURE(ASSERT_TRUE(meets(auc, gate::at_most(0.80))),
                         "its upper bound is not at or below 0.8000");
    EXPECT_NONFATAL_FAILURE(EXPECT_FALSE(meets(auc, gate::at_least(0.79))),
                            "its lower bound is at or above 0.7900");
}

TEST(gtest, undefined_and_too_little_fail_with_the_reason) {
    EXPECT_NONFATAL_FAILURE(
        EXPECT_TRUE(meets(estimate(leeway::undefined::one_class, 12), gate::at_least(0.80))),
        "undefined: one class (n = 12): it is not shown to be at or above 0.8000");
    EXPECT_NONFATAL_FAILURE(EXPECT_TRUE(meets(auc, gate::at_least(0.70).with_least(10'000))),
                            "fewer than the 10000 asked for");
    EXPECT_NONFATAL_FAILURE(EXPECT_TRUE(meets(estimate::of(0.9, 12), gate::at_least(0.80))),
                            "without an interval nothing says how sure it is");
}

TEST(gtest, figures_are_printed_as_figures) {
    EXPECT_EQ(::testing::PrintToString(auc), "0.8120");
    EXPECT_EQ(::testing::PrintToString(estimate(leeway::undefined::empty)), "undefined: empty");
}
