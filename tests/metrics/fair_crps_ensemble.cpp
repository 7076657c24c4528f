#include "leeway/metrics/fair_crps_ensemble.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"
#include "support/forecast_rows.hpp"

using leeway::fair_crps_ensemble;
using state = fair_crps_ensemble::state_type;

static_assert(leeway::Metric<fair_crps_ensemble>);

TEST_CASE("fair CRPS of ensembles equals the oracle's") {
    oracle::tally seen;
    std::size_t intervals = 0;
    for (const auto& from : oracle::metric_cases("ensembles")) {
        const auto e = fair_crps_ensemble{}(oracle::ensembles<state>(from));
        oracle::check(from, "fair_crps_ensemble", e, seen);
        intervals += oracle::check_ends(from, "fair_crps_ensemble", e) ? 1u : 0u;
    }
    CHECK(seen.values >= 250);
    CHECK(seen.undefined >= 3);
    CHECK(intervals >= 200);
}

TEST_CASE("the fair score does not depend on the size of the ensemble, the plain one does") {
    leeway::random_source random(15);
    for (const std::size_t size : {2u, 3u, 10u}) {
        state fair;
        leeway::mean_loss<leeway::loss::crps_ensemble> plain;
        std::vector<double> members(size);
        for (int row = 0; row < 20000; ++row) {
            for (double& member : members) member = random.normal();
            const double target = random.normal();
            fair.update({target, members});
            plain.update({target, members});
        }
        // E |X - Y| / 2 of two standard normals; three standard errors are below 0.014.
        const double expected = 1 / std::sqrt(std::acos(-1.0));
        CHECK(fair_crps_ensemble{}(fair).value() == Approx(expected).margin(0.014));
        CHECK(plain.mean() ==
              Approx(expected * (1 + 1.0 / static_cast<double>(size))).margin(0.014));
    }
}

TEST_CASE("ensembles of one member are too little data for the fair score, and not nothing") {
    state seen;
    CHECK(fair_crps_ensemble{}(seen).reason() == leeway::undefined::empty);
    const std::vector<double> one{1.0};
    for (int row = 0; row < 80; ++row) seen.update({0.5, one});
    CHECK(fair_crps_ensemble{}(seen).reason() == leeway::undefined::too_little_data);
}

TEST_CASE("fair CRPS of ensembles keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            fair_crps_ensemble{}, [] { return state(); },
            forecast_rows::ensembles(200, 7, weighted));
    }
}
