// The gate of catch2.cpp, in GoogleTest.
#include <leeway/testing/gtest.hpp>

#include "evaluated.hpp"

using leeway::gate;

TEST(release, the_model_is_good_enough) {
    const leeway::report report = evaluated(4000);
    EXPECT_TRUE(meets(report[leeway::roc_auc{}], gate::at_least(0.80)));
    EXPECT_TRUE(meets(report[leeway::brier_score{}], gate::at_most(0.16)));
    EXPECT_TRUE(
        meets(report[leeway::expected_calibration_error{}], gate::at_most(0.03).by_value()));
}

TEST(release, forty_rows_cannot_show_it) {
    const leeway::estimate auc = evaluated(40)[leeway::roc_auc{}];
    EXPECT_GE(auc.value(), 0.80);
    EXPECT_FALSE(meets(auc, gate::at_least(0.80)));
}
