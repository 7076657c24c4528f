#include "leeway/metrics/exact_match.hpp"

#include "laws/metric.hpp"
#include "oracle/multilabel.hpp"

using leeway::exact_match;
using leeway::multilabel_counts;

static_assert(leeway::Metric<exact_match>);

TEST_CASE("exact match equals scikit-learn's accuracy of several labels") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("multilabel")) {
        oracle::check(from, "exact_match", exact_match{}(oracle::label_sets_of(from)), seen);
    }
    CHECK(seen.values >= 300);
    CHECK(seen.undefined == 2);
}

TEST_CASE("exact match has Wilson's interval over the rows") {
    multilabel_counts counts(2);
    const std::int32_t truth[] = {1, 0}, wrong[] = {1, 1};
    for (int i = 0; i < 20; ++i) counts.update({truth, i < 3 ? wrong : truth, 1});
    CHECK(exact_match{}(counts) == leeway::wilson_interval(0.85, 20, 20, leeway::confidence_95));
}

TEST_CASE("exact match keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            exact_match{}, [] { return multilabel_counts(3); },
            laws::label_set_rows(300, 3, weighted));
    }
}
