// The tests that every count ratio of a confusion matrix shares: the table that labels.py wrote,
// and the laws.
#pragma once

#include <cstddef>
#include <string>

#include "laws/metric.hpp"
#include "leeway/metrics/class_ratio.hpp"
#include "oracle/metrics_states.hpp"

namespace oracle {

/// A confusion matrix of two classes with these counts, one row each.
inline leeway::confusion_matrix table(const leeway::binary_counts& rows) {
    leeway::confusion_matrix counts(2);
    const auto add = [&](double n, int label, int prediction) {
        for (int i = 0; i < static_cast<int>(n); ++i) {
            counts.update({.label = label, .prediction = prediction});
        }
    };
    add(rows.tp, 1, 1);
    add(rows.fp, 0, 1);
    add(rows.fn, 1, 0);
    add(rows.tn, 0, 0);
    return counts;
}

/// The metric as it comes is the binary one.
template <leeway::ClassRatioMetric M>
void class_ratio_equals_the_oracles(M metric) {
    using leeway::average;
    tally seen;
    std::size_t decided = 0;
    const std::string name(M::info.name);
    for (const auto& from : metric_cases("class_ratios")) {
        const auto counts = counts_of(from);
        metric.over = average::binary;
        if (counts.classes() == 2) check(from, name, metric(counts), seen);
        for (const auto over : {average::micro, average::macro, average::weighted}) {
            metric.over = over;
            decided += from.decided.count(metric.key());
            check(from, metric.key(), metric(counts), seen);
        }
        if (from.has(name + "_class")) {
            check(from, name + "_class", leeway::per_class(metric, counts), seen);
        }
    }
    CHECK(seen.values >= 1000);
    CHECK(seen.undefined >= 50);
    // Averages from which an undefined class was left out are a part of them, not the rule.
    CHECK(decided < seen.values / 2);
}

template <leeway::ClassRatioMetric M>
void class_ratio_keeps_the_laws(M metric) {
    using leeway::average;
    for (const bool weighted : {false, true}) {
        metric.over = average::binary;
        laws::metric(
            metric, [] { return leeway::confusion_matrix(2); }, laws::class_rows(300, 2, weighted));
        const auto rows = laws::class_rows(300, 4, weighted);
        for (const auto over : {average::micro, average::macro, average::weighted}) {
            metric.over = over;
            laws::metric(
                metric, [] { return leeway::confusion_matrix(4); }, rows);
            laws::class_renaming(metric, 4, rows);
        }
    }
}

}  // namespace oracle
