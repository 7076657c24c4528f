#include "leeway/metrics/adaptive_expected_calibration_error.hpp"

#include "laws/metric.hpp"
#include "leeway/metrics/expected_calibration_error.hpp"
#include "metrics/equal_mass_cases.hpp"
#include "oracle/metrics_states.hpp"

using leeway::adaptive_expected_calibration_error;
using leeway::scored_outcomes;

static_assert(leeway::Metric<adaptive_expected_calibration_error>);

TEST_CASE("adaptive calibration error equals the oracle's") {
    for (const std::size_t bins : {5u, 10u}) {
        oracle::tally seen;
        std::size_t intervals = 0;
        const adaptive_expected_calibration_error metric{bins};
        for (const auto& from : oracle::metric_cases("calibration")) {
            const auto e = metric(oracle::scored(from, scored_outcomes()));
            oracle::check(from, metric.key(), e, seen, 1e-14);
            intervals += oracle::check_ends(from, metric.key(), e) ? 1u : 0u;
        }
        CHECK(seen.values >= 310);
        CHECK(seen.undefined == 2);
        CHECK((bins != 5 || intervals >= 200));
    }
}

TEST_CASE("equal scores spread evenly make bins of equal width and of equal mass the same") {
    scored_outcomes rows;
    leeway::calibration_bins bins(10);
    leeway::random_source random(2);
    for (int i = 0; i < 500; ++i) {
        const leeway::probability_outcome row{random.bernoulli(0.4) ? 1 : 0, (i + 0.5) / 500};
        rows.update(row);
        bins.update(row);
    }
    CHECK(adaptive_expected_calibration_error{}(rows).value() ==
          Approx(leeway::expected_calibration_error{}(bins).value()).epsilon(1e-12));
    CHECK(adaptive_expected_calibration_error{}(rows).lower() ==
          Approx(leeway::expected_calibration_error{}(bins).lower()).epsilon(1e-12));
}

TEST_CASE("rows of one score are in one bin") {
    scored_outcomes rows;
    for (int i = 0; i < 100; ++i) rows.update({.label = i % 2, .score = 0.25});
    CHECK(adaptive_expected_calibration_error{}(rows).value() == 0.25);
    CHECK(adaptive_expected_calibration_error{65536}(rows).value() == 0.25);
}

TEST_CASE("adaptive calibration error refuses what it cannot read") {
    equal_mass::refuses_what_it_cannot_read<adaptive_expected_calibration_error>();
    scored_outcomes heavy;
    for (int i = 0; i < 3; ++i)
        heavy.update({.label = 1, .score = 0.5, .weight = leeway::rejections::largest_weight});
    CHECK(adaptive_expected_calibration_error{}(heavy).value() == 0.5);
}

TEST_CASE("adaptive calibration error keeps the laws of a metric") {
    equal_mass::keeps_the_laws<adaptive_expected_calibration_error>();
}
