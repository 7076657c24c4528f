#include "leeway/metrics/positive_likelihood_ratio.hpp"

#include <cmath>

#include "laws/metric.hpp"
#include "oracle/class_ratios.hpp"
#include "oracle/standard_error.hpp"

using leeway::positive_likelihood_ratio;

static_assert(leeway::Metric<positive_likelihood_ratio>);

TEST_CASE("the positive likelihood ratio of a small table") {
    CHECK(positive_likelihood_ratio{}(oracle::table({.tp = 20, .fp = 5, .fn = 10, .tn = 65}))
              .value() == Approx(2.0 / 3 / (5.0 / 70)).epsilon(1e-14));
    CHECK(positive_likelihood_ratio{}(leeway::confusion_matrix(2)).reason() ==
          leeway::undefined::empty);
    CHECK(positive_likelihood_ratio{}(oracle::table({.fp = 3, .tn = 4})).reason() ==
          leeway::undefined::one_class);
    CHECK(positive_likelihood_ratio{}(oracle::table({.tp = 3, .fn = 4})).reason() ==
          leeway::undefined::one_class);
    CHECK(positive_likelihood_ratio{}(oracle::table({.tp = 3, .fn = 4, .tn = 2})).reason() ==
          leeway::undefined::zero_denominator);
    CHECK_THROWS_AS(positive_likelihood_ratio{}(leeway::confusion_matrix(3)),
                    std::invalid_argument);
}

TEST_CASE("the positive likelihood ratio of 0 has an interval that begins there") {
    const leeway::estimate e =
        positive_likelihood_ratio{}(oracle::table({.fp = 2, .fn = 8, .tn = 9}));
    CHECK(e.value() == 0);
    CHECK(e.lower() == 0);
    CHECK(e.upper() > 0);
    CHECK(std::isfinite(e.upper()));
}

TEST_CASE("the positive likelihood ratio equals the oracle's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("decisions")) {
        const auto counts = oracle::counts_of(from);
        if (counts.classes() != 2) continue;
        oracle::check(from, "positive_likelihood_ratio", positive_likelihood_ratio{}(counts), seen);
    }
    CHECK(seen.values >= 60);
    CHECK(seen.undefined >= 30);
}

TEST_CASE("the positive likelihood ratio has its textbook standard error") {
    CHECK(oracle::standard_errors_equal(positive_likelihood_ratio{}, "decisions", true) >= 40);
}

TEST_CASE("the positive likelihood ratio keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            positive_likelihood_ratio{}, [] { return leeway::confusion_matrix(2); },
            laws::class_rows(300, 2, weighted));
    }
}
