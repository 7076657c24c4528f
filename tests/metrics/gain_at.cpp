#include "leeway/metrics/gain_at.hpp"

#include "laws/metric.hpp"
#include "leeway/metrics/gain_curve.hpp"
#include "metrics/score_bands.hpp"

using namespace leeway;

static_assert(Metric<gain_at>);

TEST_CASE("gain at a fraction is the judge's curve, interpolated") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("curves")) {
        const score_curve curve(oracle::scored(from, scored_outcomes()));
        oracle::check(from, "gain_at_0.1", gain_at{0.1}(curve), seen, 1e-12);
        oracle::check(from, "gain_at_0.5", gain_at{0.5}(curve), seen, 1e-12);
    }
    CHECK(seen.values >= 600);
    CHECK(seen.undefined >= 8);
}

TEST_CASE("gain at a fraction: the certified band holds the exact figure") {
    for (const double fraction : {0.001, 0.1, 0.5, 1.0}) {
        const bands::tally cases = bands::of_oracle_cases(gain_at{fraction});
        CHECK(cases.violated == 0);
        CHECK(cases.defined >= 290 * 5);
        const bands::tally random = bands::of_random_cases(gain_at{fraction}, 500, 22);
        CHECK(random.violated == 0);
    }
}

TEST_CASE("gain at a fraction by hand, through ties and at the ends") {
    const std::vector<std::int32_t> label{1, 1, 0, 1, 0, 0, 1, 0};
    const std::vector<double> score{0.9, 0.9, 0.9, 0.5, 0.4, 0.3, 0.2, 0.1};
    const score_curve curve(label, score);
    CHECK(gain_at{0.125}(curve).value() == Approx(1.0 / 6).epsilon(1e-15));  // 2 of 3 tied, of 4
    CHECK(gain_at{0.375}(curve).value() == 0.5);
    CHECK(gain_at{0.5}(curve).value() == 0.75);
    CHECK(gain_at{0.5625}(curve).value() == 0.75);  // half a negative more
    CHECK(gain_at{1}(curve).value() == 1);
    // Margins of 4 positives and of 8 rows, two sides at 95 %: 0.74 and 0.52.
    CHECK(gain_at{0.5}(curve).lower() == 0);
    CHECK(gain_at{0.5}(curve).upper() == 1);
    CHECK(gain_at{0.5}(curve).weight() == 8);
    CHECK(gain_at{}.key() == "gain_at_0.1");
    for (const double wrong : {0.0, -0.1, 1.1, laws::not_a_number}) {
        CHECK_THROWS_AS(gain_at{wrong}(curve), std::invalid_argument);
        CHECK_THROWS_AS(gain_at{wrong}(score_table()), std::invalid_argument);
    }
}

TEST_CASE("gain at a fraction: what a cell leaves open") {
    score_table table(log_linear_layout(0, 0, 0, false));
    for (int row = 0; row < 10; ++row)
        table.update({.label = row < 2 ? 1 : 0, .score = 1.5});  // all in one cell
    const estimate tenth = gain_at{0.1}(table);
    CHECK(tenth.lower() == 0);
    CHECK(tenth.upper() == Approx(0.5).epsilon(1e-14));  // one of the two positives
    const estimate most = gain_at{0.9}(table);
    CHECK(most.lower() == Approx(0.5).epsilon(1e-14));
    CHECK(most.upper() == 1);
    CHECK(most.confidence() == 1);
}

TEST_CASE("the interval of the gain is between the gains at the margins of the fraction") {
    const auto rows = laws::probability_rows(2000, false);
    const score_curve curve(laws::detail::state_of(scored_outcomes(), rows));
    const double f = distribution_margin(curve.total(), 2, confidence_95);
    const double e = distribution_margin(curve.positives(), 2, confidence_95);
    const estimate figure = gain_at{0.3}(curve);
    CHECK(figure.lower() == Approx(gain_at{0.3 - f}(curve).value() - e).epsilon(1e-12));
    CHECK(figure.upper() == Approx(gain_at{0.3 + f}(curve).value() + e).epsilon(1e-12));
}

TEST_CASE("gain at a fraction keeps the laws of a metric, on every score and on a table") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::probability_rows(400, weighted);
        laws::metric(
            gain_at{}, [] { return scored_outcomes(); }, rows);
        laws::metric(
            gain_at{}, [] { return score_table(log_linear_layout::probabilities()); }, rows);
    }
}
