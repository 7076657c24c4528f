#include "leeway/metrics/log_cosh_loss.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::log_cosh_loss;
using state = log_cosh_loss::state_type;

static_assert(leeway::Metric<log_cosh_loss>);

TEST_CASE("log-cosh loss equals its definition in many digits") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("regression_losses")) {
        if (!from.has("log_cosh_loss")) continue;
        oracle::check(from, "log_cosh_loss", log_cosh_loss{}(oracle::regressed<state>(from)), seen);
    }
    CHECK(seen.values >= 325);
    CHECK(seen.undefined == 2);
}

TEST_CASE("log-cosh loss keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            log_cosh_loss{}, [] { return state(); }, laws::regression_rows(300, weighted));
    }
}

TEST_CASE("log-cosh loss neither overflows nor loses small errors") {
    const leeway::loss::log_cosh loss;
    CHECK(loss({.target = 1e300, .prediction = 0}) == 1e300);
    CHECK(loss({.target = 1e-100, .prediction = 0}) == Approx(5e-201).epsilon(1e-15).scale(0));
    const double below = loss({.target = std::nextafter(1.0, 0.0), .prediction = 0});
    CHECK(below == Approx(loss({.target = 1, .prediction = 0})).epsilon(1e-15).scale(0));
}
