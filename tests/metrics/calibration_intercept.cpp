#include "leeway/metrics/calibration_intercept.hpp"

#include "leeway/core/concepts.hpp"
#include "metrics/recalibration_cases.hpp"

using leeway::calibration_intercept;

static_assert(leeway::Metric<calibration_intercept>);

TEST_CASE("calibration intercept equals the oracle's") {
    recalibration::equals_the_oracle<calibration_intercept>();
}

TEST_CASE("calibration intercept needs classes that overlap") {
    recalibration::needs_classes_that_overlap<calibration_intercept>();
}

TEST_CASE("calibration intercept needs scores that have a logit") {
    recalibration::needs_scores_that_have_a_logit<calibration_intercept>();
}

TEST_CASE("the interval of calibration intercept covers the truth as often as it says",
          "[simulation]") {
    recalibration::covers<calibration_intercept>(0);
}

TEST_CASE("calibration intercept keeps the laws of a metric") {
    recalibration::keeps_the_laws<calibration_intercept>();
}
