#include "leeway/metrics/cohen_kappa.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"
#include "oracle/standard_error.hpp"

using leeway::cohen_kappa;
using leeway::kappa_weighting;

static_assert(leeway::Metric<cohen_kappa>);

namespace {

constexpr kappa_weighting weightings[] = {kappa_weighting::none, kappa_weighting::linear,
                                          kappa_weighting::quadratic};

}  // namespace

TEST_CASE("cohen's kappa equals the exact one, and so scikit-learn's up to its rounding") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("decisions")) {
        for (const auto weighting : weightings) {
            const cohen_kappa kappa{weighting};
            oracle::check(from, kappa.key(), kappa(oracle::counts_of(from)), seen, 1e-15);
        }
    }
    CHECK(seen.values >= 750);
    CHECK(seen.undefined >= 50);
}

TEST_CASE("cohen's kappa has the standard error of Fleiss, Cohen and Everitt") {
    std::size_t compared = 0;
    for (const auto weighting : weightings) {
        compared += oracle::standard_errors_equal(cohen_kappa{weighting}, "decisions", false);
    }
    CHECK(compared >= 250);
}

TEST_CASE("classes that were not met keep their place on the scale") {
    leeway::confusion_matrix apart(5), next(5);
    for (const std::int32_t far : {1, 4}) {
        auto& counts = far == 4 ? apart : next;
        for (int i = 0; i < 6; ++i) counts.update({.label = 0, .prediction = 0});
        counts.update({.label = 1, .prediction = 0});
        counts.update({.label = 1, .prediction = 1});
        counts.update({.label = far, .prediction = far});
        counts.update({.label = far, .prediction = far});
    }
    // An extreme class that was told apart makes the other disagreement look small.
    CHECK(cohen_kappa{kappa_weighting::quadratic}(apart).value() >
          cohen_kappa{kappa_weighting::quadratic}(next).value());
    CHECK(cohen_kappa{}(apart).value() < 1);
}

TEST_CASE("cohen's kappa of any weights stays finite") {
    for (const double unit : {1.0, 1e58, 1e-58}) {
        leeway::confusion_matrix counts;
        counts.update({.label = 1, .prediction = 1, .weight = 20 * unit});
        counts.update({.label = 0, .prediction = 1, .weight = 5 * unit});
        counts.update({.label = 1, .prediction = 0, .weight = 10 * unit});
        counts.update({.label = 0, .prediction = 0, .weight = 15 * unit});
        // Observed 0.7, expected 0.5 * 0.6 + 0.5 * 0.4 = 0.5.
        CHECK(cohen_kappa{}(counts).value() == Approx(0.4).epsilon(1e-14));
        CHECK(cohen_kappa{}(counts).lower() < 0.4);
    }
}

TEST_CASE("cohen's kappa keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        for (const auto weighting : weightings) {
            for (const std::int32_t classes : {2, 5}) {
                const auto rows = laws::class_rows(300, classes, weighted);
                const auto count = static_cast<std::size_t>(classes);
                laws::metric(
                    cohen_kappa{weighting}, [&] { return leeway::confusion_matrix(count); }, rows);
            }
        }
        laws::class_renaming(cohen_kappa{}, 5, laws::class_rows(300, 5, weighted));
    }
}
