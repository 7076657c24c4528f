#include "leeway/metrics/prevalence.hpp"

#include "laws/metric.hpp"
#include "oracle/class_ratios.hpp"

using leeway::prevalence;

static_assert(leeway::Metric<prevalence>);

TEST_CASE("prevalence of a small table") {
    CHECK(prevalence{}(oracle::table({.tp = 20, .fp = 5, .fn = 10, .tn = 65})).value() ==
          Approx(0.3).epsilon(1e-14));
    CHECK(prevalence{}(leeway::confusion_matrix(2)).reason() == leeway::undefined::empty);
    CHECK_THROWS_AS(prevalence{}(leeway::confusion_matrix(3)), std::invalid_argument);
}

TEST_CASE("prevalence equals the oracle's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("decisions")) {
        const auto counts = oracle::counts_of(from);
        if (from.has("prevalence_class")) {
            oracle::check(from, "prevalence_class", leeway::per_class(prevalence{}, counts), seen);
        }
        if (counts.classes() != 2) continue;
        oracle::check(from, "prevalence", prevalence{}(counts), seen);
    }
    CHECK(seen.values >= 400);
    CHECK(seen.undefined >= 2);
}

TEST_CASE("prevalence has Wilson's interval") {
    // scipy.stats.binomtest(30, 100).proportion_ci(method="wilson")
    const leeway::estimate e = prevalence{}(oracle::table({.tp = 20, .fp = 5, .fn = 10, .tn = 65}));
    CHECK(e.lower() == Approx(0.21894885294932764).epsilon(1e-12));
    CHECK(e.upper() == Approx(0.39584854633346667).epsilon(1e-12));
}

TEST_CASE("prevalence keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            prevalence{}, [] { return leeway::confusion_matrix(2); },
            laws::class_rows(300, 2, weighted));
    }
}
