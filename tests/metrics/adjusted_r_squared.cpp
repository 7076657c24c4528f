#include "leeway/metrics/adjusted_r_squared.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_interval.hpp"
#include "oracle/metrics_states.hpp"

using leeway::adjusted_r_squared;
using state = adjusted_r_squared::state_type;

static_assert(leeway::Metric<adjusted_r_squared>);

TEST_CASE("adjusted R squared equals its definition in many digits") {
    oracle::tally seen;
    std::size_t intervals = 0;
    for (const std::size_t features : {1U, 4U}) {
        const adjusted_r_squared metric{features};
        for (const auto& from : oracle::metric_cases("regression_moments")) {
            oracle::check_with_interval(from, leeway::key_of(metric),
                                        metric(oracle::regressed<state>(from)), seen, intervals,
                                        1e-9, 1e-11);
        }
    }
    CHECK(seen.values >= 400);
    CHECK(seen.undefined >= 60);
    CHECK(intervals == 0);
}

// Weights are no copies here: how many parameters the rows can carry depends on how many rows
// there are. So the laws are checked without that one.
TEST_CASE("adjusted R squared does not depend on order or a factor in the weights") {
    const adjusted_r_squared metric{3};
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
    CHECK(leeway::key_of(metric) == "adjusted_r_squared_3");
    CHECK(metric(state()).reason() == leeway::undefined::empty);
}

TEST_CASE("the ends of adjusted R squared are those of R squared, adjusted") {
    state rows;
    for (const auto& row : laws::regression_rows(50, false)) rows.update(row);
    const leeway::estimate plain = leeway::r_squared{}(rows);
    const leeway::estimate adjusted = adjusted_r_squared{9}(rows);
    CHECK(adjusted.value() == Approx(1 - (1 - plain.value()) * 49 / 40).epsilon(1e-13));
    CHECK(adjusted.lower() == Approx(1 - (1 - plain.lower()) * 49 / 40).epsilon(1e-13));
    CHECK(adjusted.upper() == Approx(1 - (1 - plain.upper()) * 49 / 40).epsilon(1e-13));
    CHECK(adjusted_r_squared{48}(rows).defined());
    CHECK(adjusted_r_squared{49}(rows).reason() == leeway::undefined::too_little_data);
}
