#include "leeway/metrics/log_score_normal.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::log_score_normal;
using state = log_score_normal::state_type;

static_assert(leeway::Metric<log_score_normal>);

TEST_CASE("log score of normal forecasts equals the oracle's") {
    oracle::tally seen;
    std::size_t intervals = 0;
    for (const auto& from : oracle::metric_cases("normals")) {
        const auto e = log_score_normal{}(oracle::normals<state>(from));
        oracle::check(from, "log_score_normal", e, seen, 1e-13);
        intervals += oracle::check_ends(from, "log_score_normal", e) ? 1u : 0u;
    }
    CHECK(seen.values >= 300);
    CHECK(seen.undefined == 2);
    CHECK(intervals >= 260);
}

TEST_CASE("a sharp forecast that is right scores below 0") {
    state rows;
    rows.update({1, 1, 1e-3});
    rows.update({2, 2, 1e-3});
    const auto e = log_score_normal{}(rows);
    CHECK(e.value() == Approx(std::log(1e-3) + 0.9189385332046727).epsilon(1e-14));
    CHECK(e.interval_reason() == leeway::undefined::no_variation);  // both rows score the same
    rows.update({1e300, 0, 1e-300});
    CHECK(std::isinf(log_score_normal{}(rows).value()));
    CHECK(rows.infinite() == 1);
}

TEST_CASE("log score of normal forecasts keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            log_score_normal{}, [] { return state(); }, laws::normal_rows(300, weighted));
    }
}
