#include "leeway/metrics/mean_absolute_error.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::mean_absolute_error;
using state = mean_absolute_error::state_type;

static_assert(leeway::Metric<mean_absolute_error>);

TEST_CASE("mean absolute error equals scikit-learn's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("regression")) {
        oracle::check(from, "mean_absolute_error",
                      mean_absolute_error{}(oracle::regressed<state>(from)), seen);
    }
    CHECK(seen.values >= 300);
    CHECK(seen.undefined == 2);
}

TEST_CASE("mean absolute error keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            mean_absolute_error{}, [] { return state(); }, laws::regression_rows(300, weighted));
    }
}

TEST_CASE("mean absolute error of the moments is that of the losses") {
    CHECK(mean_absolute_error{}(leeway::regression_moments()).reason() == leeway::undefined::empty);
    for (const bool weighted : {false, true}) {
        state losses;
        leeway::regression_moments moments;
        for (const auto& row : laws::regression_rows(500, weighted, 1e9)) {
            losses.update(row);
            moments.update(row);
            const leeway::estimate one = mean_absolute_error{}(moments);
            const leeway::estimate other = mean_absolute_error{}(losses);
            CHECK(one.value() == Approx(other.value()).epsilon(1e-14));
            REQUIRE(one.has_interval() == other.has_interval());
            if (!one.has_interval()) continue;
            CHECK(one.lower() == Approx(other.lower()).epsilon(1e-12).margin(1e-12 * one.upper()));
            CHECK(one.upper() == Approx(other.upper()).epsilon(1e-12));
        }
    }
}
