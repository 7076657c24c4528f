#include "leeway/metrics/precision.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::average;
using leeway::precision;

static_assert(leeway::Metric<precision> && leeway::ClassRatioMetric<precision>);

TEST_CASE("precision equals the oracle's, each average and each class") {
    oracle::tally seen;
    std::size_t decided = 0;
    for (const auto& from : oracle::metric_cases("labels")) {
        const auto counts = oracle::counts_of(from);
        if (counts.classes() == 2) oracle::check(from, "precision", precision{}(counts), seen);
        for (const auto over : {average::micro, average::macro, average::weighted}) {
            const precision metric{over};
            decided += from.decided.count(metric.key());
            oracle::check(from, metric.key(), metric(counts), seen);
        }
        if (from.has("precision_class")) {
            oracle::check(from, "precision_class", leeway::per_class(precision{}, counts), seen);
        }
    }
    CHECK(seen.values >= 1000);
    CHECK(seen.undefined >= 100);
    // Averages from which an undefined class was left out are a part of them, not the rule.
    CHECK(decided >= 50);
    CHECK(decided < seen.values / 2);
}

TEST_CASE("precision keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            precision{}, [] { return leeway::confusion_matrix(2); },
            laws::class_rows(300, 2, weighted));
        const auto rows = laws::class_rows(300, 4, weighted);
        for (const auto over : {average::micro, average::macro, average::weighted}) {
            laws::metric(
                precision{over}, [] { return leeway::confusion_matrix(4); }, rows);
            laws::class_renaming(precision{over}, 4, rows);
        }
    }
}
