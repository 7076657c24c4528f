#include "leeway/metrics/pearson_correlation.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_interval.hpp"
#include "oracle/metrics_states.hpp"

using leeway::pearson_correlation;
using state = pearson_correlation::state_type;

static_assert(leeway::Metric<pearson_correlation>);

TEST_CASE("Pearson correlation equals its definition in many digits") {
    oracle::tally seen;
    std::size_t intervals = 0;
    const pearson_correlation metric;
    for (const auto& from : oracle::metric_cases("regression_moments")) {
        oracle::check_with_interval(from, leeway::key_of(metric),
                                    metric(oracle::regressed<state>(from)), seen, intervals, 1e-7,
                                    1e-13);
    }
    CHECK(seen.values >= 280);
    CHECK(seen.undefined >= 30);
    CHECK(intervals >= 150);
}

TEST_CASE("a correlation of one claims no certainty") {
    state rows;
    for (int i = 0; i < 10; ++i) rows.update({.target = 1.0 * i, .prediction = 2.0 * i});
    CHECK(pearson_correlation{}(rows).value() == 1);
    CHECK_FALSE(pearson_correlation{}(rows).has_interval());
}

TEST_CASE("Pearson correlation keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            pearson_correlation{}, [] { return state(); }, laws::regression_rows(300, weighted));
    }
}
