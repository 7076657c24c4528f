#include "leeway/metrics/explained_variance.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_interval.hpp"
#include "oracle/metrics_states.hpp"

using leeway::explained_variance;
using state = explained_variance::state_type;

static_assert(leeway::Metric<explained_variance>);

TEST_CASE("explained variance equals its definition in many digits") {
    oracle::tally seen;
    std::size_t intervals = 0;
    const explained_variance metric;
    for (const auto& from : oracle::metric_cases("regression_moments")) {
        oracle::check_with_interval(from, leeway::key_of(metric),
                                    metric(oracle::regressed<state>(from)), seen, intervals, 1e-6,
                                    1e-13);
    }
    CHECK(seen.values >= 280);
    CHECK(seen.undefined >= 20);
    CHECK(intervals >= 280);
}

TEST_CASE("explained variance is R squared freed of a bias, its interval no shorter") {
    state centred, off;
    leeway::random_source random(3);
    for (int row = 0; row < 40000; ++row) {
        const double x = random.normal();
        const double y = x + random.normal();
        centred.update({.target = y, .prediction = x});
        off.update({.target = y, .prediction = x + 3});
    }
    const leeway::estimate one = explained_variance{}(centred);
    const leeway::estimate other = explained_variance{}(off);
    CHECK(one.value() == Approx(other.value()).epsilon(1e-12));
    CHECK(other.upper() - other.lower() >= (one.upper() - one.lower()) * 0.98);
    // With x and y - x standard normal a row pulls (x^2 / 2 + x e - e^2 / 2) / 2: variance 1/2.

    const double half = leeway::confidence_95.critical * std::sqrt(0.5 / 40000);
    CHECK(one.upper() - one.value() == Approx(half).epsilon(0.03));
}

TEST_CASE("explained variance is undefined where nothing can be explained") {
    state rows;
    CHECK(explained_variance{}(rows).reason() == leeway::undefined::empty);
    rows.update({.target = 1, .prediction = 1});
    CHECK(explained_variance{}(rows).reason() == leeway::undefined::too_little_data);
    rows.update({.target = 1, .prediction = 1});
    CHECK(explained_variance{}(rows).reason() == leeway::undefined::constant_target);
    rows.update({.target = 1e300, .prediction = 0});
    CHECK(explained_variance{}(rows).reason() == leeway::undefined::out_of_range);
}

TEST_CASE("explained variance keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            explained_variance{}, [] { return state(); }, laws::regression_rows(300, weighted));
    }
}
