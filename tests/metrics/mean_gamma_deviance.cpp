#include "leeway/metrics/mean_gamma_deviance.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::mean_gamma_deviance;
using state = mean_gamma_deviance::state_type;

static_assert(leeway::Metric<mean_gamma_deviance>);

TEST_CASE("mean gamma deviance equals its definition in many digits") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("regression_losses")) {
        if (!from.has("mean_gamma_deviance")) continue;
        oracle::check(from, "mean_gamma_deviance",
                      mean_gamma_deviance{}(oracle::regressed<state>(from)), seen);
    }
    CHECK(seen.values >= 120);
    CHECK(seen.undefined == 2);
}

TEST_CASE("mean gamma deviance keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            mean_gamma_deviance{}, [] { return state(); }, laws::regression_rows(300, weighted));
    }
}
