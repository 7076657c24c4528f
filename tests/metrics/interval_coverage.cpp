#include "leeway/metrics/interval_coverage.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::interval_coverage;
using state = interval_coverage::state_type;

static_assert(leeway::Metric<interval_coverage>);

TEST_CASE("interval coverage equals the oracle's") {
    oracle::tally seen;
    std::size_t intervals = 0;
    for (const auto& from : oracle::metric_cases("intervals")) {
        const auto e = interval_coverage{}(oracle::intervals<state>(from));
        oracle::check(from, "interval_coverage", e, seen);
        intervals += oracle::check_ends(from, "interval_coverage", e) ? 1u : 0u;
    }
    CHECK(seen.values >= 300);
    CHECK(seen.undefined == 2);
    CHECK(intervals >= 260);
}

TEST_CASE("ends belong to the interval, and coverage is sure of nothing") {
    state rows;
    CHECK(interval_coverage{}(rows).reason() == leeway::undefined::empty);
    rows.update({.target = 1, .lower = 1, .upper = 1});
    rows.update({.target = 2, .lower = 1, .upper = 2});
    const auto e = interval_coverage{}(rows);
    CHECK(e.value() == 1);
    CHECK(e.lower() > 0.3);
    CHECK(e.lower() < 0.4);
}

TEST_CASE("interval coverage keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            interval_coverage{}, [] { return state(); }, laws::interval_rows(300, weighted));
    }
}
