#include "leeway/metrics/crps_ensemble.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"
#include "support/forecast_rows.hpp"

using leeway::crps_ensemble;
using state = crps_ensemble::state_type;

static_assert(leeway::Metric<crps_ensemble>);

TEST_CASE("CRPS of ensembles equals the oracle's") {
    oracle::tally seen;
    std::size_t intervals = 0;
    for (const auto& from : oracle::metric_cases("ensembles")) {
        const auto e = crps_ensemble{}(oracle::ensembles<state>(from));
        oracle::check(from, "crps_ensemble", e, seen);
        intervals += oracle::check_ends(from, "crps_ensemble", e) ? 1u : 0u;
    }
    CHECK(seen.values >= 300);
    CHECK(seen.undefined == 2);
    CHECK(intervals >= 200);
}

TEST_CASE("a large ensemble scores what its distribution does") {
    // Quantiles of the normal at equal steps.
    std::vector<double> members;
    leeway::random_source random(14);
    for (int i = 0; i < 4000; ++i) members.push_back(random.normal());
    for (const double target : {-2.0, 0.0, 0.7}) {
        state one;
        one.update({target, members});
        const double exact = leeway::loss::crps_normal{}({target, 0, 1});
        CHECK(crps_ensemble{}(one).value() == Approx(exact).margin(0.03));
    }
}

TEST_CASE("CRPS of ensembles keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            crps_ensemble{}, [] { return state(); }, forecast_rows::ensembles(200, 7, weighted));
    }
}
