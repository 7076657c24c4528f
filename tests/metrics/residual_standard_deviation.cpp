#include "leeway/metrics/residual_standard_deviation.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_interval.hpp"
#include "oracle/metrics_states.hpp"

using leeway::residual_standard_deviation;
using state = residual_standard_deviation::state_type;

static_assert(leeway::Metric<residual_standard_deviation>);

TEST_CASE("residual standard deviation equals its definition in many digits") {
    oracle::tally seen;
    std::size_t intervals = 0;
    for (const std::size_t features : {1U, 4U}) {
        const residual_standard_deviation metric{features};
        for (const auto& from : oracle::metric_cases("regression_moments")) {
            oracle::check_with_interval(from, leeway::key_of(metric),
                                        metric(oracle::regressed<state>(from)), seen, intervals,
                                        1e-6, 0);
        }
    }
    CHECK(seen.values >= 450);
    CHECK(seen.undefined >= 60);
    CHECK(intervals >= 400);
}

// Weights are no copies here: how many parameters the rows can carry depends on how many rows
// there are. So the laws are checked without that one.
TEST_CASE("residual standard deviation does not depend on order or a factor in the weights") {
    const residual_standard_deviation metric{3};
    auto rows = laws::regression_rows(200, true);
    state one, other;
    for (const auto& row : rows) one.update(row);
    for (std::size_t i = rows.size(); i-- > 0;) {
        rows[i].weight *= 8;
        other.update(rows[i]);
    }
    const leeway::estimate a = metric(one), b = metric(other);
    CHECK(a.value() == Approx(b.value()).epsilon(1e-12));
    CHECK(a.lower() == Approx(b.lower()).epsilon(1e-12));
    CHECK(a.upper() == Approx(b.upper()).epsilon(1e-12));
    laws::detail::interval_is_sound(a, metric.info);
    CHECK(leeway::key_of(metric) == "residual_standard_deviation_3");
    CHECK(metric(state()).reason() == leeway::undefined::empty);
}
