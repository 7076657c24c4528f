#include "leeway/metrics/group_calibration_gap.hpp"

#include "laws/metric.hpp"
#include "oracle/group_states.hpp"

using leeway::group_calibration_gap;
using leeway::grouped_residuals;

static_assert(leeway::Metric<group_calibration_gap>);

TEST_CASE("the calibration gap of groups equals that of its definition") {
    oracle::tally seen, with_ends;
    const group_calibration_gap metric{.least_support = 3};
    for (const auto& from : oracle::metric_cases("groups")) {
        // A mean residual is a difference of numbers up to 1.
        oracle::check_group(from, metric, metric(oracle::residuals_of(from)), seen, with_ends,
                            1e-15);
    }
    CHECK(seen.values >= 260);
    CHECK(seen.undefined >= 10);
    CHECK(with_ends.values == seen.values);
}

TEST_CASE("the calibration gap of groups keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            group_calibration_gap{}, [] { return grouped_residuals(3); },
            laws::grouped_probability_rows(600, 3, weighted));
    }
}

TEST_CASE("each group has a gap with a sign, or a reason") {
    grouped_residuals state(4);
    for (int i = 0; i < 40; ++i) {
        state.update({.group = 0, .label = i % 2, .score = 0.75});
        state.update({.group = 1, .label = i % 4 == 0, .score = 0.125});
        if (i < 5) state.update({.group = 3, .label = 1, .score = 0});
    }
    const group_calibration_gap metric;
    const auto groups = metric.per_group(state);
    CHECK(groups[0].value() == 0.25);
    CHECK(groups[1].value() == -0.125);
    CHECK(groups[2].reason() == leeway::undefined::empty);
    CHECK(groups[3].reason() == leeway::undefined::too_little_data);
    CHECK(metric.left_out(state) == 1);
    CHECK(metric(state).value() == 0.25);
    CHECK(metric(state).lower() > 0);
    CHECK(group_calibration_gap{.least_support = 1e6}(state).reason() ==
          leeway::undefined::too_little_data);
}
