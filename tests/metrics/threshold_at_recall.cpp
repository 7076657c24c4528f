#include "leeway/metrics/threshold_at_recall.hpp"

#include "laws/metric.hpp"
#include "metrics/score_bands.hpp"

using namespace leeway;

static_assert(Metric<threshold_at_recall>);

TEST_CASE("the threshold at a recall equals what the judge's curve says") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("curves")) {
        const score_curve curve(oracle::scored(from, scored_outcomes()));
        if (from.has("threshold_at_recall_0.9"))
            oracle::check(from, "threshold_at_recall_0.9", threshold_at_recall{}(curve), seen);
    }
    CHECK(seen.values >= 270);
    CHECK(seen.undefined >= 10);
}

TEST_CASE("the threshold at a recall: the certified band holds the exact figure") {
    std::size_t defined = 0;
    for (const auto& metric : {threshold_at_recall{}}) {
        const bands::tally cases = bands::of_oracle_cases(metric);
        CHECK(cases.violated == 0);
        const bands::tally random = bands::of_random_cases(metric, 500, 21);
        CHECK(random.violated == 0);
        defined += cases.defined + random.defined;
    }
    CHECK(defined >= 270 * 5);
}

TEST_CASE("the threshold at a recall by hand: levels met exactly, negatives without a say") {
    std::vector<std::int32_t> label(10, 1);
    std::vector<double> score;
    for (int i = 0; i < 10; ++i) score.push_back(i);
    label.insert(label.end(), {0, 0});
    score.insert(score.end(), {1.5, 99});
    const score_curve curve(label, score);
    CHECK(threshold_at_recall{0.9}(curve).value() == 1);
    CHECK(threshold_at_recall{0.91}(curve).value() == 0);
    CHECK(threshold_at_recall{1}(curve).value() == 0);
    CHECK(threshold_at_recall{0.5}(curve).value() == 5);
    CHECK_FALSE(threshold_at_recall{1}(curve).has_interval());
    CHECK(threshold_at_recall{0.5}(curve).has_interval());
    CHECK(threshold_at_recall{}.key() == "threshold_at_recall_0.9");
    CHECK_THROWS_AS(threshold_at_recall{0}(curve), std::invalid_argument);
}

TEST_CASE("a threshold in an outer cell has one finite end") {
    score_table table(log_linear_layout(0, 0, 0, false));
    table.update({.label = 1, .score = 77});
    const estimate band = threshold_at_recall{}(table);
    CHECK(band.value() == 2);
    CHECK(band.lower() == 2);
    CHECK(band.upper() == laws::infinite);
}

TEST_CASE("Woodruff's interval covers the quantile of the population", "[simulation]") {
    random_source random(10);
    const double truth = -1.2815515655446004;  // a tenth of the positives scores less
    int covered = 0;
    for (int run = 0; run < 1000; ++run) {
        scored_outcomes rows;
        for (int i = 0; i < 400; ++i) rows.update({.label = i % 2, .score = random.normal()});
        const estimate e = threshold_at_recall{}(rows);
        covered += e.lower() <= truth && truth <= e.upper() ? 1 : 0;
    }
    CHECK(covered >= 920);
    CHECK(covered <= 980);
}

TEST_CASE("the threshold at a recall keeps the laws of a metric, on every score and on a table") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::probability_rows(400, weighted);
        laws::metric(
            threshold_at_recall{}, [] { return scored_outcomes(); }, rows);
        laws::metric(
            threshold_at_recall{}, [] { return score_table(log_linear_layout::probabilities()); },
            rows);
    }
}
