// A quality gate in a unit test: the build fails when the model is not surely good enough.
//
// The gate reads the lower end of the interval, so a pass means "at least 0.80 with 97.5 %
// confidence", and a test set that is too small to show it fails.
#include <leeway/testing/catch2.hpp>
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#endif

#include "evaluated.hpp"

TEST_CASE("the model may be released") {
    const leeway::report report = evaluated(4000);
    CHECK_THAT(report[leeway::roc_auc{}], leeway::at_least(0.80));
    CHECK_THAT(report[leeway::brier_score{}], leeway::at_most(0.16));
    CHECK_THAT(report[leeway::expected_calibration_error{}], leeway::at_most(0.03).by_value());
}

TEST_CASE("forty rows cannot show it") {
    const leeway::estimate auc = evaluated(40)[leeway::roc_auc{}];
    CHECK(auc.value() >= 0.80);
    CHECK_THAT(auc, !leeway::at_least(0.80));
}
