#include "leeway/metrics/sensitivity_at_specificity.hpp"

#include "laws/metric.hpp"
#include "metrics/score_bands.hpp"

using namespace leeway;

static_assert(Metric<sensitivity_at_specificity>);

TEST_CASE("sensitivity at specificity equals what the judge's curve says") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("curves")) {
        const score_curve curve(oracle::scored(from, scored_outcomes()));
        if (from.has("sensitivity_at_specificity_0.5"))
            oracle::check(from, "sensitivity_at_specificity_0.5",
                          sensitivity_at_specificity{0.5}(curve), seen);
        if (from.has("sensitivity_at_specificity_0.9"))
            oracle::check(from, "sensitivity_at_specificity_0.9",
                          sensitivity_at_specificity{0.9}(curve), seen);
    }
    CHECK(seen.values >= 290);
    CHECK(seen.undefined >= 10);
}

TEST_CASE("sensitivity at specificity: the certified band holds the exact figure") {
    std::size_t defined = 0;
    for (const auto& metric : {sensitivity_at_specificity{0.5}, sensitivity_at_specificity{0.9}}) {
        const bands::tally cases = bands::of_oracle_cases(metric);
        CHECK(cases.violated == 0);
        const bands::tally random = bands::of_random_cases(metric, 500, 21);
        CHECK(random.violated == 0);
        defined += cases.defined + random.defined;
    }
    CHECK(defined >= 290 * 5);
}

TEST_CASE("sensitivity at specificity: a level met exactly counts, and 0 is a figure") {
    std::vector<std::int32_t> label(10, 0);
    std::vector<double> score;
    for (int i = 0; i < 10; ++i) score.push_back(i);
    label.insert(label.end(), {1, 1});
    score.insert(score.end(), {8.5, 3.5});  // under one negative, under six
    const score_curve curve(label, score);
    CHECK(sensitivity_at_specificity{0.9}(curve).value() == 0.5);
    CHECK(sensitivity_at_specificity{0.901}(curve).value() == 0);
    CHECK(sensitivity_at_specificity{0.4}(curve).value() == 1);
    CHECK(sensitivity_at_specificity{0}(curve).value() == 1);
    CHECK(sensitivity_at_specificity{1}(curve).value() == 0);
    CHECK(sensitivity_at_specificity{}.key() == "sensitivity_at_specificity_0.9");
    CHECK_THROWS_AS(sensitivity_at_specificity{1.5}(curve), std::invalid_argument);
    CHECK_THROWS_AS(sensitivity_at_specificity{laws::not_a_number}(curve), std::invalid_argument);
}

TEST_CASE("the interval of sensitivity at specificity covers the population's", "[simulation]") {
    random_source random(9);
    const double truth = std::erfc((1.2815515655446004 - 1) / std::sqrt(2.0)) / 2;
    int covered = 0;
    for (int run = 0; run < 400; ++run) {
        scored_outcomes rows;
        for (int i = 0; i < 1000; ++i) {
            const int label = i % 4 == 0 ? 1 : 0;
            rows.update({.label = label, .score = random.normal() + label});
        }
        const estimate e = sensitivity_at_specificity{}(rows);
        covered += e.lower() <= truth && truth <= e.upper() ? 1 : 0;
        CHECK(e.upper() - e.lower() < 0.9);
    }
    CHECK(covered >= 380);
}

TEST_CASE("sensitivity at specificity keeps the laws of a metric, on every score and on a table") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::probability_rows(400, weighted);
        laws::metric(
            sensitivity_at_specificity{}, [] { return scored_outcomes(); }, rows);
        laws::metric(
            sensitivity_at_specificity{},
            [] { return score_table(log_linear_layout::probabilities()); }, rows);
    }
}
