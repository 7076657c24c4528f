#include "leeway/metrics/informedness.hpp"

#include "laws/metric.hpp"
#include "oracle/class_ratios.hpp"
#include "oracle/standard_error.hpp"

using leeway::informedness;

static_assert(leeway::Metric<informedness>);

TEST_CASE("informedness of a small table") {
    CHECK(informedness{}(oracle::table({.tp = 20, .fp = 5, .fn = 10, .tn = 65})).value() ==
          Approx(2.0 / 3 - 1.0 / 14).epsilon(1e-14));
    CHECK(informedness{}(leeway::confusion_matrix(2)).reason() == leeway::undefined::empty);
    CHECK(informedness{}(oracle::table({.fp = 3, .tn = 4})).reason() ==
          leeway::undefined::one_class);
    CHECK(informedness{}(oracle::table({.tp = 3, .fn = 4})).reason() ==
          leeway::undefined::one_class);
    CHECK_THROWS_AS(informedness{}(leeway::confusion_matrix(3)), std::invalid_argument);
}

TEST_CASE("informedness equals the oracle's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("decisions")) {
        const auto counts = oracle::counts_of(from);
        if (counts.classes() != 2) continue;
        oracle::check(from, "informedness", informedness{}(counts), seen, 1e-15);
    }
    CHECK(seen.values >= 60);
    CHECK(seen.undefined >= 30);
}

TEST_CASE("informedness has its textbook standard error") {
    CHECK(oracle::standard_errors_equal(informedness{}, "decisions", false) >= 40);
}

TEST_CASE("informedness keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            informedness{}, [] { return leeway::confusion_matrix(2); },
            laws::class_rows(300, 2, weighted));
    }
}
