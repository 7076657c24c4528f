#include "leeway/metrics/false_negative_rate.hpp"

#include "oracle/class_ratios.hpp"

using leeway::false_negative_rate;

static_assert(leeway::Metric<false_negative_rate> && leeway::ClassRatioMetric<false_negative_rate>);

TEST_CASE("the false negative rate of a small table") {
    const auto counts = oracle::table({.tp = 20, .fp = 5, .fn = 10, .tn = 65});
    CHECK(false_negative_rate{}(counts).value() == Approx(10.0 / 30).epsilon(1e-15));
    CHECK(false_negative_rate{}(counts).has_interval());
    const auto without = oracle::table({.fp = 3, .tn = 4});
    CHECK(false_negative_rate{}(without).reason() == leeway::undefined::zero_denominator);
    CHECK(false_negative_rate{leeway::average::macro}.key() == "false_negative_rate_macro");
}

TEST_CASE("the false negative rate equals the oracle's, each average and each class") {
    oracle::class_ratio_equals_the_oracles(false_negative_rate{});
}

TEST_CASE("the false negative rate keeps the laws of a metric") {
    oracle::class_ratio_keeps_the_laws(false_negative_rate{});
}
