#include "leeway/metrics/false_positive_rate.hpp"

#include "oracle/class_ratios.hpp"

using leeway::false_positive_rate;

static_assert(leeway::Metric<false_positive_rate> && leeway::ClassRatioMetric<false_positive_rate>);

TEST_CASE("the false positive rate of a small table") {
    const auto counts = oracle::table({.tp = 20, .fp = 5, .fn = 10, .tn = 65});
    CHECK(false_positive_rate{}(counts).value() == Approx(5.0 / 70).epsilon(1e-15));
    CHECK(false_positive_rate{}(counts).has_interval());
    const auto without = oracle::table({.tp = 3, .fn = 4});
    CHECK(false_positive_rate{}(without).reason() == leeway::undefined::zero_denominator);
    CHECK(false_positive_rate{leeway::average::macro}.key() == "false_positive_rate_macro");
}

TEST_CASE("the false positive rate equals the oracle's, each average and each class") {
    oracle::class_ratio_equals_the_oracles(false_positive_rate{});
}

TEST_CASE("the false positive rate keeps the laws of a metric") {
    oracle::class_ratio_keeps_the_laws(false_positive_rate{});
}
