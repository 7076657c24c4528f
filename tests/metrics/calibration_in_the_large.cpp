#include "leeway/metrics/calibration_in_the_large.hpp"

#include "leeway/core/concepts.hpp"
#include "metrics/recalibration_cases.hpp"

using leeway::calibration_in_the_large;

static_assert(leeway::Metric<calibration_in_the_large>);

TEST_CASE("calibration in the large equals the oracle's") {
    recalibration::equals_the_oracle<calibration_in_the_large>();
}

TEST_CASE("calibration in the large needs scores that have a logit") {
    recalibration::needs_scores_that_have_a_logit<calibration_in_the_large>();
}

TEST_CASE("the interval of calibration in the large covers the truth as often as it says",
          "[simulation]") {
    recalibration::covers<calibration_in_the_large>(0);
}

TEST_CASE("calibration in the large keeps the laws of a metric") {
    recalibration::keeps_the_laws<calibration_in_the_large>();
}
