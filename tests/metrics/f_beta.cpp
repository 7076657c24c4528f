#include "leeway/metrics/f_beta.hpp"

#include <limits>

#include "laws/metric.hpp"
#include "leeway/metrics/precision.hpp"
#include "leeway/metrics/recall.hpp"
#include "oracle/metrics_states.hpp"

using leeway::average;
using leeway::f_beta;

static_assert(leeway::Metric<f_beta> && leeway::ClassRatioMetric<f_beta>);

TEST_CASE("F-beta equals scikit-learn's, each average and each class") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("labels")) {
        const auto counts = oracle::counts_of(from);
        for (const double beta : {1.0, 2.0, 0.5}) {
            const std::string name = f_beta{beta}.key();
            if (counts.classes() == 2) oracle::check(from, name, f_beta{beta}(counts), seen);
            if (from.has(name + "_class")) {
                oracle::check(from, name + "_class", leeway::per_class(f_beta{beta}, counts), seen);
            }
            if (beta == 0.5) continue;
            for (const auto over : {average::micro, average::macro, average::weighted}) {
                const f_beta metric{beta, over};
                oracle::check(from, metric.key(), metric(counts), seen);
            }
        }
    }
    CHECK(seen.values >= 3000);
    CHECK(seen.undefined >= 100);
}

TEST_CASE("F-beta goes from precision to recall") {
    leeway::confusion_matrix counts;
    for (const auto& row : laws::class_rows(200, 2, true)) counts.update(row);
    const double precision = leeway::precision{}(counts).value();
    const double recall = leeway::recall{}(counts).value();
    REQUIRE(precision != recall);
    const auto at = [&](double beta) { return f_beta{beta}(counts); };
    CHECK(at(0) == leeway::precision{}(counts));
    CHECK(at(std::numeric_limits<double>::infinity()) == leeway::recall{}(counts));
    CHECK(at(1e200).value() == Approx(recall).epsilon(1e-14));
    CHECK(at(1).value() == Approx(2 * precision * recall / (precision + recall)).epsilon(1e-14));
    CHECK_THROWS_AS(at(-1), std::invalid_argument);
    CHECK_THROWS_AS(at(std::numeric_limits<double>::quiet_NaN()), std::invalid_argument);
}

TEST_CASE("F-beta is defined where precision is not") {
    leeway::confusion_matrix counts;
    counts.update({.label = 1, .prediction = 0});
    counts.update({.label = 0, .prediction = 0});
    CHECK(!leeway::precision{}(counts));
    CHECK(f_beta{}(counts).value() == 0);
    CHECK(f_beta{}(counts).upper() > 0);
}

TEST_CASE("F-beta's key names its beta and its average") {
    CHECK(f_beta{}.key() == "f1");
    CHECK(f_beta{1, average::macro}.key() == "f1_macro");
    CHECK(f_beta{2}.key() == "f_beta_2");
    CHECK(f_beta{0.5, average::weighted}.key() == "f_beta_0.5_weighted");
}

TEST_CASE("F-beta keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        for (const double beta : {1.0, 2.0}) {
            laws::metric(
                f_beta{beta}, [] { return leeway::confusion_matrix(2); },
                laws::class_rows(300, 2, weighted));
            const auto rows = laws::class_rows(300, 4, weighted);
            for (const auto over : {average::micro, average::macro, average::weighted}) {
                laws::metric(
                    f_beta{beta, over}, [] { return leeway::confusion_matrix(4); }, rows);
                laws::class_renaming(f_beta{beta, over}, 4, rows);
            }
        }
    }
}
