#include "leeway/metrics/markedness.hpp"

#include "laws/metric.hpp"
#include "oracle/class_ratios.hpp"
#include "oracle/standard_error.hpp"

using leeway::markedness;

static_assert(leeway::Metric<markedness>);

TEST_CASE("markedness of a small table") {
    CHECK(markedness{}(oracle::table({.tp = 20, .fp = 5, .fn = 10, .tn = 65})).value() ==
          Approx(0.8 - 10.0 / 75).epsilon(1e-14));
    CHECK(markedness{}(leeway::confusion_matrix(2)).reason() == leeway::undefined::empty);
    CHECK(markedness{}(oracle::table({.tp = 4, .fp = 3})).reason() ==
          leeway::undefined::zero_denominator);
    CHECK(markedness{}(oracle::table({.fn = 4, .tn = 3})).reason() ==
          leeway::undefined::zero_denominator);
    CHECK_THROWS_AS(markedness{}(leeway::confusion_matrix(3)), std::invalid_argument);
}

TEST_CASE("markedness equals the oracle's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("decisions")) {
        const auto counts = oracle::counts_of(from);
        if (counts.classes() != 2) continue;
        oracle::check(from, "markedness", markedness{}(counts), seen, 1e-15);
    }
    CHECK(seen.values >= 60);
    CHECK(seen.undefined >= 30);
}

TEST_CASE("markedness has its textbook standard error") {
    CHECK(oracle::standard_errors_equal(markedness{}, "decisions", false) >= 40);
}

TEST_CASE("markedness keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            markedness{}, [] { return leeway::confusion_matrix(2); },
            laws::class_rows(300, 2, weighted));
    }
}
