#include "leeway/metrics/crps_normal.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::crps_normal;
using state = crps_normal::state_type;

static_assert(leeway::Metric<crps_normal>);

TEST_CASE("CRPS of normal forecasts equals the oracle's") {
    oracle::tally seen;
    std::size_t intervals = 0;
    for (const auto& from : oracle::metric_cases("normals")) {
        const auto e = crps_normal{}(oracle::normals<state>(from));
        oracle::check(from, "crps_normal", e, seen);
        intervals += oracle::check_ends(from, "crps_normal", e) ? 1u : 0u;
    }
    CHECK(seen.values >= 300);
    CHECK(seen.undefined == 2);
    CHECK(intervals >= 260);
}

TEST_CASE("CRPS of normal forecasts keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            crps_normal{}, [] { return state(); }, laws::normal_rows(300, weighted));
    }
}
