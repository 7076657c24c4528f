#include "leeway/metrics/equal_error_rate.hpp"

#include "laws/metric.hpp"
#include "metrics/score_bands.hpp"

using namespace leeway;

static_assert(Metric<equal_error_rate>);

TEST_CASE("the equal error rate equals what the judge's curve says") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("curves")) {
        const score_curve curve(oracle::scored(from, scored_outcomes()));
        oracle::check(from, "equal_error_rate", equal_error_rate{}(curve), seen, 1e-13);
    }
    CHECK(seen.values >= 280);
    CHECK(seen.undefined >= 10);
}

TEST_CASE("the equal error rate: the certified band holds the exact figure") {
    std::size_t defined = 0;
    for (const auto& metric : {equal_error_rate{}}) {
        const bands::tally cases = bands::of_oracle_cases(metric);
        CHECK(cases.violated == 0);
        const bands::tally random = bands::of_random_cases(metric, 500, 21);
        CHECK(random.violated == 0);
        defined += cases.defined + random.defined;
    }
    CHECK(defined >= 290 * 5);
}

TEST_CASE("the equal error rate of a small table by hand") {
    // Above the cut: 2 of 4 positives, then a tie of 1 positive with 2 of 4 negatives. From (0,
    // 1/2) to (1/2, 3/4) the line x = 1 - y is met at x = 1/3.
    const std::vector<std::int32_t> label{1, 1, 1, 0, 0, 1, 0, 0};
    const std::vector<double> score{9, 8, 7, 7, 7, 3, 2, 1};
    const estimate e = equal_error_rate{}(score_curve(label, score));
    CHECK(e.value() == Approx(1.0 / 3).epsilon(1e-15));
    CHECK(e.lower() == 0);
    CHECK(e.upper() == 1);  // four rows of each class say next to nothing
    CHECK(e.weight() == 8);
}

TEST_CASE("the equal error rate: the band is the line of equal rates inside one cell") {
    // Above the cell: 2 of 4 positives, 0 of 4 negatives; in it 1 and 2.
    score_table table(log_linear_layout(0, 0, 1, false));
    const auto add = [&](double score, int positives, int negatives) {
        for (int i = 0; i < positives; ++i) table.update({.label = 1, .score = score});
        for (int i = 0; i < negatives; ++i) table.update({.label = 0, .score = score});
    };
    add(9, 2, 0);
    add(3, 1, 2);
    add(1, 1, 2);
    const estimate band = equal_error_rate{}(table);
    CHECK(band.lower() == Approx(0.25).epsilon(1e-14));
    CHECK(band.upper() == Approx(0.5).epsilon(1e-14));
}

TEST_CASE("the interval of the equal error rate covers the population's", "[simulation]") {
    random_source random(6);
    const double truth = std::erfc(0.5 / std::sqrt(2.0)) / 2;  // Phi(-1/2)
    int covered = 0;
    for (int run = 0; run < 400; ++run) {
        scored_outcomes rows;
        for (int i = 0; i < 200; ++i) {
            const int label = i % 4 == 0 ? 1 : 0;
            rows.update({.label = label, .score = random.normal() + label});
        }
        const estimate e = equal_error_rate{}(rows);
        covered += e.lower() <= truth && truth <= e.upper() ? 1 : 0;
    }
    CHECK(covered >= 380);
}

TEST_CASE("the equal error rate keeps the laws of a metric, on every score and on a table") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::probability_rows(400, weighted);
        laws::metric(
            equal_error_rate{}, [] { return scored_outcomes(); }, rows);
        laws::metric(
            equal_error_rate{}, [] { return score_table(log_linear_layout::probabilities()); },
            rows);
    }
}

TEST_CASE("the equal error rate of weights that overflow is out of range") {
    const std::vector<std::int32_t> label{0, 1, 0, 1};
    const std::vector<double> score{1, 2, 3, 4}, weight(4, 1e308);
    const score_curve curve(label, score, weight);
    CHECK(equal_error_rate{}(curve).reason() == undefined::out_of_range);
}
