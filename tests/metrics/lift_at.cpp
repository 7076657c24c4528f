#include "leeway/metrics/lift_at.hpp"

#include "laws/metric.hpp"
#include "metrics/score_bands.hpp"

using namespace leeway;

static_assert(Metric<lift_at>);

TEST_CASE("lift at a fraction is the judge's curve, interpolated") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("curves")) {
        const score_curve curve(oracle::scored(from, scored_outcomes()));
        oracle::check(from, "lift_at_0.25", lift_at{0.25}(curve), seen, 1e-12);
    }
    CHECK(seen.values >= 300);
    CHECK(seen.undefined >= 4);
}

TEST_CASE("lift at a fraction: the certified band holds the exact figure") {
    const bands::tally cases = bands::of_oracle_cases(lift_at{0.25});
    CHECK(cases.violated == 0);
    CHECK(cases.defined >= 290 * 5);
    CHECK(bands::of_random_cases(lift_at{0.01}, 500, 23).violated == 0);
}

TEST_CASE("lift at a fraction by hand") {
    const std::vector<std::int32_t> label{1, 0, 1, 0, 0, 0, 0, 0};
    const std::vector<double> score{8, 7, 6, 5, 4, 3, 2, 1};
    const score_curve curve(label, score);
    CHECK(lift_at{0.125}(curve).value() == 4);  // half of the positives in an eighth of the rows
    CHECK(lift_at{0.25}(curve).value() == 2);
    CHECK(lift_at{1}(curve).value() == 1);
    CHECK(lift_at{0.125}(curve).upper() == 8);
    CHECK(lift_at{}.key() == "lift_at_0.1");
    CHECK_THROWS_AS(lift_at{0}(curve), std::invalid_argument);
    CHECK(lift_at{}(score_curve(std::vector<std::int32_t>{0}, std::vector<double>{1})).reason() ==
          undefined::one_class);
}

TEST_CASE("lift at a fraction keeps the laws of a metric, on every score and on a table") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::probability_rows(400, weighted);
        laws::metric(
            lift_at{}, [] { return scored_outcomes(); }, rows);
        laws::metric(
            lift_at{}, [] { return score_table(log_linear_layout::probabilities()); }, rows);
    }
}
