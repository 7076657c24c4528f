#include "leeway/metrics/concordance_correlation.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_interval.hpp"
#include "oracle/metrics_states.hpp"

using leeway::concordance_correlation;
using state = concordance_correlation::state_type;

static_assert(leeway::Metric<concordance_correlation>);

TEST_CASE("concordance correlation equals its definition in many digits") {
    oracle::tally seen;
    std::size_t intervals = 0;
    const concordance_correlation metric;
    for (const auto& from : oracle::metric_cases("regression_moments")) {
        oracle::check_with_interval(from, leeway::key_of(metric),
                                    metric(oracle::regressed<state>(from)), seen, intervals, 1e-6,
                                    1e-13);
    }
    CHECK(seen.values >= 280);
    CHECK(seen.undefined >= 30);
    CHECK(intervals >= 150);
}

TEST_CASE("concordance correlation keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            concordance_correlation{}, [] { return state(); },
            laws::regression_rows(300, weighted));
    }
}
