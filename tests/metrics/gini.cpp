#include "leeway/metrics/gini.hpp"

#include "laws/metric.hpp"
#include "metrics/score_bands.hpp"

using namespace leeway;

static_assert(Metric<gini>);

TEST_CASE("the Gini coefficient equals what the judge's curve says") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("curves")) {
        const score_curve curve(oracle::scored(from, scored_outcomes()));
        oracle::check(from, "gini", gini{}(curve), seen, 4e-16);
    }
    CHECK(seen.values >= 280);
    CHECK(seen.undefined >= 10);
}

TEST_CASE("the Gini coefficient: the certified band holds the exact figure") {
    std::size_t defined = 0;
    for (const auto& metric : {gini{}}) {
        const bands::tally cases = bands::of_oracle_cases(metric);
        CHECK(cases.violated == 0);
        const bands::tally random = bands::of_random_cases(metric, 500, 21);
        CHECK(random.violated == 0);
        defined += cases.defined + random.defined;
    }
    CHECK(defined >= 290 * 5);
}

TEST_CASE("the Gini coefficient is twice what the area has above a half, ends included") {
    scored_outcomes rows;
    score_table table;
    for (const auto& row : laws::probability_rows(300, false)) {
        rows.update(row);
        table.update(row);
    }
    const estimate area = roc_auc{.confidence = confidence_90}(rows);
    const estimate e = gini{.confidence = confidence_90}(rows);
    CHECK(e.value() == Approx(2 * area.value() - 1).epsilon(1e-13));
    CHECK(e.lower() == Approx(2 * area.lower() - 1).epsilon(1e-12));
    CHECK(e.upper() == Approx(2 * area.upper() - 1).epsilon(1e-12));
    CHECK(e.confidence() == 0.90);
    CHECK(gini{}(table).lower() == 2 * roc_auc{}(table).lower() - 1);
    CHECK(gini{}(table).confidence() == 1);
}

TEST_CASE("the Gini coefficient keeps the laws of a metric, on every score and on a table") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::probability_rows(400, weighted);
        laws::metric(
            gini{}, [] { return scored_outcomes(); }, rows);
        laws::metric(
            gini{}, [] { return score_table(log_linear_layout::probabilities()); }, rows);
    }
}
