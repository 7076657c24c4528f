#include "leeway/metrics/mean_tweedie_deviance.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::mean_tweedie_deviance;
using state = mean_tweedie_deviance::state_type;

static_assert(leeway::Metric<mean_tweedie_deviance>);

TEST_CASE("mean Tweedie deviance equals its definition in many digits") {
    oracle::tally seen;
    for (const double power : {-1.0, 0.0, 1.5, 1.9, 3.0}) {
        const mean_tweedie_deviance metric{power};
        for (const auto& from : oracle::metric_cases("regression_losses")) {
            if (!from.has(metric.key())) continue;
            oracle::check(from, metric.key(),
                          metric(oracle::regressed<state>(from, metric.empty_state())), seen);
        }
    }
    CHECK(seen.values >= 900);
    CHECK(seen.undefined == 10);
}

TEST_CASE("mean Tweedie deviance has its parameter in its key and asks it of the state") {
    const mean_tweedie_deviance metric{1.25};
    CHECK(metric.key() == "mean_tweedie_deviance_1.25");
    state rows = metric.empty_state();
    rows.update({.target = 1, .prediction = 2});
    CHECK(metric(rows).defined());
    CHECK_THROWS_WITH(mean_tweedie_deviance{-1.0}(rows),
                      "mean_tweedie_deviance: the state's loss has {power: 1.25}, the metric asks "
                      "for {power: -1}");
}

TEST_CASE("mean Tweedie deviance keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        const mean_tweedie_deviance metric{1.25};
        laws::metric(
            metric, [&] { return metric.empty_state(); }, laws::regression_rows(300, weighted));
    }
}
