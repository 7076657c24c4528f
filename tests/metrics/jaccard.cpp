#include "leeway/metrics/jaccard.hpp"

#include "oracle/class_ratios.hpp"

using leeway::jaccard;

static_assert(leeway::Metric<jaccard> && leeway::ClassRatioMetric<jaccard>);

TEST_CASE("the Jaccard index of a small table") {
    const auto counts = oracle::table({.tp = 20, .fp = 5, .fn = 10, .tn = 65});
    CHECK(jaccard{}(counts).value() == Approx(20.0 / 35).epsilon(1e-15));
    CHECK(jaccard{}(counts).has_interval());
    const auto without = oracle::table({.tn = 4});
    CHECK(jaccard{}(without).reason() == leeway::undefined::zero_denominator);
    CHECK(jaccard{leeway::average::macro}.key() == "jaccard_macro");
}

TEST_CASE("the Jaccard index equals the oracle's, each average and each class") {
    oracle::class_ratio_equals_the_oracles(jaccard{});
}

TEST_CASE("the Jaccard index keeps the laws of a metric") {
    oracle::class_ratio_keeps_the_laws(jaccard{});
}
