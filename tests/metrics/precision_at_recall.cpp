#include "leeway/metrics/precision_at_recall.hpp"

#include "laws/metric.hpp"
#include "metrics/score_bands.hpp"

using namespace leeway;

static_assert(Metric<precision_at_recall>);

TEST_CASE("precision at recall equals what the judge's curve says") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("curves")) {
        const score_curve curve(oracle::scored(from, scored_outcomes()));
        if (from.has("precision_at_recall_0.5"))
            oracle::check(from, "precision_at_recall_0.5", precision_at_recall{0.5}(curve), seen);
        if (from.has("precision_at_recall_0.9"))
            oracle::check(from, "precision_at_recall_0.9", precision_at_recall{0.9}(curve), seen);
    }
    CHECK(seen.values >= 290);
    CHECK(seen.undefined >= 10);
}

TEST_CASE("precision at recall: the certified band holds the exact figure") {
    std::size_t defined = 0;
    for (const auto& metric : {precision_at_recall{0.5}, precision_at_recall{0.9}}) {
        const bands::tally cases = bands::of_oracle_cases(metric);
        CHECK(cases.violated == 0);
        const bands::tally random = bands::of_random_cases(metric, 500, 21);
        CHECK(random.violated == 0);
        defined += cases.defined + random.defined;
    }
    CHECK(defined >= 290 * 5);
}

TEST_CASE("precision at recall by hand") {
    const std::vector<std::int32_t> label{0, 1, 1, 0, 1, 0};
    const std::vector<double> score{9, 8, 7, 6, 5, 4};  // precision 0, 1/2, 2/3, 1/2, 3/5, 1/2
    const score_curve curve(label, score);
    CHECK(precision_at_recall{1}(curve).value() == 0.6);
    CHECK(precision_at_recall{2.0 / 3}(curve).value() == Approx(2.0 / 3).epsilon(1e-15));
    CHECK(precision_at_recall{0.67}(curve).value() == 0.6);
    CHECK(precision_at_recall{0}(curve).value() == Approx(2.0 / 3).epsilon(1e-15));
    CHECK(precision_at_recall{}.key() == "precision_at_recall_0.9");
    CHECK_THROWS_AS(precision_at_recall{1.1}(curve), std::invalid_argument);
    const std::vector<std::int32_t> only{1, 1};
    CHECK(precision_at_recall{}(score_curve(only, std::vector<double>{1, 2})).value() == 1);
}

TEST_CASE("precision at recall keeps the laws of a metric, on every score and on a table") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::probability_rows(400, weighted);
        laws::metric(
            precision_at_recall{}, [] { return scored_outcomes(); }, rows);
        laws::metric(
            precision_at_recall{}, [] { return score_table(log_linear_layout::probabilities()); },
            rows);
    }
}
