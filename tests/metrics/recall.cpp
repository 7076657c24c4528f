#include "leeway/metrics/recall.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::average;
using leeway::recall;

static_assert(leeway::Metric<recall> && leeway::ClassRatioMetric<recall>);

TEST_CASE("recall equals the oracle's, each average and each class") {
    oracle::tally seen;
    std::size_t decided = 0;
    for (const auto& from : oracle::metric_cases("labels")) {
        const auto counts = oracle::counts_of(from);
        if (counts.classes() == 2) oracle::check(from, "recall", recall{}(counts), seen);
        for (const auto over : {average::micro, average::macro, average::weighted}) {
            const recall metric{over};
            decided += from.decided.count(metric.key());
            oracle::check(from, metric.key(), metric(counts), seen);
        }
        if (from.has("recall_class")) {
            oracle::check(from, "recall_class", leeway::per_class(recall{}, counts), seen);
        }
    }
    CHECK(seen.values >= 1000);
    CHECK(seen.undefined >= 100);
    // Averages from which an undefined class was left out are a part of them, not the rule.
    CHECK(decided >= 50);
    CHECK(decided < seen.values / 2);
}

TEST_CASE("recall keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            recall{}, [] { return leeway::confusion_matrix(2); },
            laws::class_rows(300, 2, weighted));
        const auto rows = laws::class_rows(300, 4, weighted);
        for (const auto over : {average::micro, average::macro, average::weighted}) {
            laws::metric(
                recall{over}, [] { return leeway::confusion_matrix(4); }, rows);
            laws::class_renaming(recall{over}, 4, rows);
        }
    }
}
