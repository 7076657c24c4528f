#include "leeway/metrics/symmetric_mean_absolute_percentage_error.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::symmetric_mean_absolute_percentage_error;
using state = symmetric_mean_absolute_percentage_error::state_type;

static_assert(leeway::Metric<symmetric_mean_absolute_percentage_error>);

TEST_CASE("symmetric mean absolute percentage error equals its definition in many digits") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("regression_losses")) {
        if (!from.has("symmetric_mean_absolute_percentage_error")) continue;
        oracle::check(from, "symmetric_mean_absolute_percentage_error",
                      symmetric_mean_absolute_percentage_error{}(oracle::regressed<state>(from)),
                      seen);
    }
    CHECK(seen.values >= 325);
    CHECK(seen.undefined == 2);
}

TEST_CASE("symmetric mean absolute percentage error keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            symmetric_mean_absolute_percentage_error{}, [] { return state(); },
            laws::regression_rows(300, weighted));
    }
}

TEST_CASE("symmetric percentage errors at the ends of double precision") {
    const leeway::loss::symmetric_absolute_percentage_error error;
    CHECK(error({.target = 0, .prediction = 0}) == 0);
    CHECK(error({.target = 1.7e308, .prediction = -1.7e308}) == 2);
    CHECK(error({.target = 1.7e308, .prediction = 0}) == 2);
    CHECK(error({.target = 5e-324, .prediction = 0}) == 2);
}
