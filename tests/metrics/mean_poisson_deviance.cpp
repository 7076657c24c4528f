#include "leeway/metrics/mean_poisson_deviance.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::mean_poisson_deviance;
using state = mean_poisson_deviance::state_type;

static_assert(leeway::Metric<mean_poisson_deviance>);

TEST_CASE("mean Poisson deviance equals its definition in many digits") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("regression_losses")) {
        if (!from.has("mean_poisson_deviance")) continue;
        oracle::check(from, "mean_poisson_deviance",
                      mean_poisson_deviance{}(oracle::regressed<state>(from)), seen);
    }
    CHECK(seen.values >= 180);
    CHECK(seen.undefined == 2);
}

TEST_CASE("mean Poisson deviance keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            mean_poisson_deviance{}, [] { return state(); }, laws::regression_rows(300, weighted));
    }
}
