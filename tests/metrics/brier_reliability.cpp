#include "leeway/metrics/brier_reliability.hpp"

#include "laws/metric.hpp"
#include "leeway/metrics/brier_resolution.hpp"
#include "leeway/metrics/brier_score.hpp"
#include "leeway/metrics/brier_uncertainty.hpp"
#include "oracle/metrics_states.hpp"

using leeway::brier_reliability;
using state = brier_reliability::state_type;

static_assert(leeway::Metric<brier_reliability>);

TEST_CASE("reliability of the Brier score equals the oracle's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("calibration")) {
        // Differences of sums: 1e-15 of the sums.
        oracle::check(from, "brier_reliability", brier_reliability{}(oracle::scored(from, state())),
                      seen, 1e-14);
    }
    CHECK(seen.values >= 310);
    CHECK(seen.undefined >= 2);
}

TEST_CASE("the parts of the Brier score add up to it") {
    std::size_t compared = 0;
    for (const auto& from : oracle::metric_cases("calibration")) {
        if (!from.has("brier_score")) continue;
        const state bins = oracle::scored(from, state());
        const double sum = brier_reliability{}(bins).value() -
                           leeway::brier_resolution{}(bins).value() +
                           leeway::brier_uncertainty{}(bins).value();
        const double score =
            leeway::brier_score{}(oracle::scored(from, leeway::brier_score::state_type())).value();
        INFO("case '" << from.name << "'");
        CHECK(sum + from.numbers("brier_within").at(0) ==
              Approx(score).epsilon(1e-12).margin(1e-14));
        ++compared;
    }
    CHECK(compared >= 300);
}

TEST_CASE("where the scores of a bin are equal the three parts are the whole") {
    state bins;
    leeway::brier_score::state_type losses;
    for (auto row : laws::probability_rows(300, true)) {
        row.score = (std::floor(row.score * 10) + 0.5) / 10;
        bins.update(row);
        losses.update(row);
    }
    CHECK(brier_reliability{}(bins).value() - leeway::brier_resolution{}(bins).value() +
              leeway::brier_uncertainty{}(bins).value() ==
          Approx(leeway::brier_score{}(losses).value()).epsilon(1e-12));
}

TEST_CASE("reliability of the Brier score keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            brier_reliability{}, [] { return state(); }, laws::probability_rows(300, weighted));
    }
}
