#include "leeway/metrics/calibration_slope.hpp"

#include "leeway/core/concepts.hpp"
#include "metrics/recalibration_cases.hpp"

using leeway::calibration_slope;

static_assert(leeway::Metric<calibration_slope>);

TEST_CASE("calibration slope equals the oracle's") {
    recalibration::equals_the_oracle<calibration_slope>();
}

TEST_CASE("calibration slope needs classes that overlap") {
    recalibration::needs_classes_that_overlap<calibration_slope>();
}

TEST_CASE("calibration slope needs scores that have a logit") {
    recalibration::needs_scores_that_have_a_logit<calibration_slope>();
}

TEST_CASE("the interval of calibration slope covers the truth as often as it says",
          "[simulation]") {
    recalibration::covers<calibration_slope>(1);
}

TEST_CASE("calibration slope keeps the laws of a metric") {
    recalibration::keeps_the_laws<calibration_slope>();
}
