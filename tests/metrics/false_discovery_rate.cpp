#include "leeway/metrics/false_discovery_rate.hpp"

#include "oracle/class_ratios.hpp"

using leeway::false_discovery_rate;

static_assert(leeway::Metric<false_discovery_rate> &&
              leeway::ClassRatioMetric<false_discovery_rate>);

TEST_CASE("the false discovery rate of a small table") {
    const auto counts = oracle::table({.tp = 20, .fp = 5, .fn = 10, .tn = 65});
    CHECK(false_discovery_rate{}(counts).value() == Approx(5.0 / 25).epsilon(1e-15));
    CHECK(false_discovery_rate{}(counts).has_interval());
    const auto without = oracle::table({.fn = 3, .tn = 4});
    CHECK(false_discovery_rate{}(without).reason() == leeway::undefined::zero_denominator);
    CHECK(false_discovery_rate{leeway::average::macro}.key() == "false_discovery_rate_macro");
}

TEST_CASE("the false discovery rate equals the oracle's, each average and each class") {
    oracle::class_ratio_equals_the_oracles(false_discovery_rate{});
}

TEST_CASE("the false discovery rate keeps the laws of a metric") {
    oracle::class_ratio_keeps_the_laws(false_discovery_rate{});
}
