#include "leeway/metrics/adaptive_maximum_calibration_error.hpp"

#include "leeway/metrics/maximum_calibration_error.hpp"
#include "metrics/equal_mass_cases.hpp"

using metric = leeway::adaptive_maximum_calibration_error;

static_assert(leeway::Metric<metric>);

TEST_CASE("spread evenly, scores have the maximum error of bins of equal width") {
    equal_mass::equals_equal_width<metric, leeway::maximum_calibration_error>();
}

TEST_CASE("the adaptive maximum calibration error refuses what it cannot read") {
    equal_mass::refuses_what_it_cannot_read<metric>();
}

TEST_CASE("the adaptive maximum calibration error keeps the laws of a metric") {
    equal_mass::keeps_the_laws<metric>();
}
