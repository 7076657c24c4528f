#include "leeway/metrics/diagnostic_odds_ratio.hpp"

#include <cmath>

#include "laws/metric.hpp"
#include "oracle/class_ratios.hpp"
#include "oracle/standard_error.hpp"

using leeway::diagnostic_odds_ratio;

static_assert(leeway::Metric<diagnostic_odds_ratio>);

TEST_CASE("the diagnostic odds ratio of a small table") {
    CHECK(diagnostic_odds_ratio{}(oracle::table({.tp = 20, .fp = 5, .fn = 10, .tn = 65})).value() ==
          Approx(26).epsilon(1e-14));
    CHECK(diagnostic_odds_ratio{}(leeway::confusion_matrix(2)).reason() ==
          leeway::undefined::empty);
    CHECK(diagnostic_odds_ratio{}(oracle::table({.tp = 3, .fn = 1, .tn = 3})).reason() ==
          leeway::undefined::zero_denominator);
    CHECK(diagnostic_odds_ratio{}(oracle::table({.tp = 3, .fp = 1, .tn = 3})).reason() ==
          leeway::undefined::zero_denominator);
    CHECK_THROWS_AS(diagnostic_odds_ratio{}(leeway::confusion_matrix(3)), std::invalid_argument);
}

TEST_CASE("the diagnostic odds ratio of 0 has an interval that begins there") {
    const leeway::estimate e = diagnostic_odds_ratio{}(oracle::table({.fp = 2, .fn = 8, .tn = 9}));
    CHECK(e.value() == 0);
    CHECK(e.lower() == 0);
    CHECK(e.upper() > 0);
    CHECK(std::isfinite(e.upper()));
}

TEST_CASE("the diagnostic odds ratio equals the oracle's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("decisions")) {
        const auto counts = oracle::counts_of(from);
        if (counts.classes() != 2) continue;
        oracle::check(from, "diagnostic_odds_ratio", diagnostic_odds_ratio{}(counts), seen);
    }
    CHECK(seen.values >= 60);
    CHECK(seen.undefined >= 30);
}

TEST_CASE("the diagnostic odds ratio has its textbook standard error") {
    CHECK(oracle::standard_errors_equal(diagnostic_odds_ratio{}, "decisions", true) >= 40);
}

TEST_CASE("the diagnostic odds ratio keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            diagnostic_odds_ratio{}, [] { return leeway::confusion_matrix(2); },
            laws::class_rows(300, 2, weighted));
    }
}
