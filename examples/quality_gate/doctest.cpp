// The gate of catch2.cpp, in doctest.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <leeway/testing/doctest.hpp>

#include "evaluated.hpp"

using leeway::gate;

TEST_CASE("the model may be released") {
    const leeway::report report = evaluated(4000);
    CHECK(meets(report[leeway::roc_auc{}], gate::at_least(0.80)));
    CHECK(meets(report[leeway::brier_score{}], gate::at_most(0.16)));
    CHECK(meets(report[leeway::expected_calibration_error{}], gate::at_most(0.03).by_value()));
}

TEST_CASE("forty rows cannot show it") {
    const leeway::estimate auc = evaluated(40)[leeway::roc_auc{}];
    CHECK(auc.value() >= 0.80);
    CHECK_FALSE(meets(auc, gate::at_least(0.80)));
}
