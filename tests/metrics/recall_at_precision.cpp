#include "leeway/metrics/recall_at_precision.hpp"

#include "laws/metric.hpp"
#include "metrics/score_bands.hpp"

using namespace leeway;

static_assert(Metric<recall_at_precision>);

TEST_CASE("recall at precision equals what the judge's curve says") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("curves")) {
        const score_curve curve(oracle::scored(from, scored_outcomes()));
        if (from.has("recall_at_precision_0.5"))
            oracle::check(from, "recall_at_precision_0.5", recall_at_precision{0.5}(curve), seen);
        if (from.has("recall_at_precision_0.9"))
            oracle::check(from, "recall_at_precision_0.9", recall_at_precision{0.9}(curve), seen);
    }
    CHECK(seen.values >= 280);
    CHECK(seen.undefined >= 30);
}

TEST_CASE("recall at precision: the certified band holds the exact figure") {
    std::size_t defined = 0;
    for (const auto& metric : {recall_at_precision{0.5}, recall_at_precision{0.9}}) {
        const bands::tally cases = bands::of_oracle_cases(metric);
        CHECK(cases.violated == 0);
        const bands::tally random = bands::of_random_cases(metric, 500, 21);
        CHECK(random.violated == 0);
        defined += cases.defined + random.defined;
    }
    CHECK(defined >= 280 * 5);
}

TEST_CASE("recall at precision by hand, and undefined where the precision is never had") {
    const std::vector<std::int32_t> label{0, 1, 1, 0, 1, 0};
    const std::vector<double> score{9, 8, 7, 6, 5, 4};  // precision 0, 1/2, 2/3, 1/2, 3/5, 1/2
    const score_curve curve(label, score);
    CHECK(recall_at_precision{0.6}(curve).value() == 1);
    CHECK(recall_at_precision{0.61}(curve).value() == Approx(2.0 / 3).epsilon(1e-15));
    CHECK(recall_at_precision{2.0 / 3}(curve).value() == Approx(2.0 / 3).epsilon(1e-15));
    CHECK(recall_at_precision{0}(curve).value() == 1);
    const estimate none = recall_at_precision{0.7}(curve);
    CHECK(none.reason() == undefined::not_comparable);
    CHECK(none.weight() == 6);
    CHECK(recall_at_precision{}.key() == "recall_at_precision_0.9");
    CHECK_THROWS_AS(recall_at_precision{-0.1}(curve), std::invalid_argument);
}

TEST_CASE("a table that cannot tell whether a precision is had says from 0") {
    score_table table(log_linear_layout(0, 0, 0, false));
    for (const int label : {0, 1, 1, 0}) table.update({.label = label, .score = 1.5});
    const estimate band = recall_at_precision{0.9}(table);
    CHECK(band.lower() == 0);
    CHECK(band.upper() == 1);
    table.reset();
    table.update({.label = 0, .score = 3});
    table.update({.label = 1, .score = 1.5});
    CHECK(recall_at_precision{0.9}(table).reason() == undefined::not_comparable);
    table.update({.label = 1, .score = 3});  // now the only cell that could have it has one of two
    CHECK(recall_at_precision{0.9}(table).upper() == 0.5);
}

TEST_CASE("recall at precision keeps the laws of a metric, on every score and on a table") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::probability_rows(400, weighted);
        laws::metric(
            recall_at_precision{}, [] { return scored_outcomes(); }, rows);
        laws::metric(
            recall_at_precision{}, [] { return score_table(log_linear_layout::probabilities()); },
            rows);
    }
}
