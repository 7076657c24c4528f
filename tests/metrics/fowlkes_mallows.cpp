#include "leeway/metrics/fowlkes_mallows.hpp"

#include <cmath>

#include "laws/metric.hpp"
#include "oracle/class_ratios.hpp"
#include "oracle/standard_error.hpp"

using leeway::fowlkes_mallows;

static_assert(leeway::Metric<fowlkes_mallows>);

TEST_CASE("the Fowlkes-Mallows index of a small table") {
    CHECK(fowlkes_mallows{}(oracle::table({.tp = 20, .fp = 5, .fn = 10, .tn = 65})).value() ==
          Approx(std::sqrt(0.8 * 2 / 3)).epsilon(1e-14));
    CHECK(fowlkes_mallows{}(leeway::confusion_matrix(2)).reason() == leeway::undefined::empty);
    CHECK(fowlkes_mallows{}(oracle::table({.fp = 3, .tn = 4})).reason() ==
          leeway::undefined::zero_denominator);
    CHECK(fowlkes_mallows{}(oracle::table({.fn = 3, .tn = 4})).reason() ==
          leeway::undefined::zero_denominator);
    CHECK_THROWS_AS(fowlkes_mallows{}(leeway::confusion_matrix(3)), std::invalid_argument);
}

TEST_CASE("the Fowlkes-Mallows index without a hit is 0, and not certainly so") {
    const leeway::estimate e = fowlkes_mallows{}(oracle::table({.fp = 3, .fn = 2, .tn = 4}));
    CHECK(e.value() == 0);
    CHECK(e.lower() == 0);
    CHECK(e.upper() > 0.1);
}

TEST_CASE("the Fowlkes-Mallows index equals the oracle's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("decisions")) {
        const auto counts = oracle::counts_of(from);
        if (counts.classes() != 2) continue;
        oracle::check(from, "fowlkes_mallows", fowlkes_mallows{}(counts), seen);
    }
    CHECK(seen.values >= 60);
    CHECK(seen.undefined >= 30);
}

TEST_CASE("the Fowlkes-Mallows index has its textbook standard error") {
    CHECK(oracle::standard_errors_equal(fowlkes_mallows{}, "decisions", false) >= 40);
}

TEST_CASE("the Fowlkes-Mallows index keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            fowlkes_mallows{}, [] { return leeway::confusion_matrix(2); },
            laws::class_rows(300, 2, weighted));
    }
}
