#include "leeway/metrics/mean_interval_width.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::mean_interval_width;
using state = mean_interval_width::state_type;

static_assert(leeway::Metric<mean_interval_width>);

TEST_CASE("mean interval width equals the oracle's") {
    oracle::tally seen;
    std::size_t intervals = 0;
    for (const auto& from : oracle::metric_cases("intervals")) {
        const auto e = mean_interval_width{}(oracle::intervals<state>(from));
        oracle::check(from, "mean_interval_width", e, seen);
        intervals += oracle::check_ends(from, "mean_interval_width", e) ? 1u : 0u;
    }
    CHECK(seen.values >= 300);
    CHECK(seen.undefined == 2);
    CHECK(intervals >= 260);
}

TEST_CASE("mean interval width keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            mean_interval_width{}, [] { return state(); }, laws::interval_rows(300, weighted));
    }
}
