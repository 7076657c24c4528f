#include "leeway/metrics/adaptive_root_mean_squared_calibration_error.hpp"

#include "leeway/metrics/root_mean_squared_calibration_error.hpp"
#include "metrics/equal_mass_cases.hpp"

using metric = leeway::adaptive_root_mean_squared_calibration_error;

static_assert(leeway::Metric<metric>);

TEST_CASE("spread evenly, scores have the root mean squared error of bins of equal width") {
    equal_mass::equals_equal_width<metric, leeway::root_mean_squared_calibration_error>();
}

TEST_CASE("the adaptive root mean squared calibration error refuses what it cannot read") {
    equal_mass::refuses_what_it_cannot_read<metric>();
}

TEST_CASE("the adaptive root mean squared calibration error keeps the laws of a metric") {
    equal_mass::keeps_the_laws<metric>();
}
