#include "leeway/metrics/false_omission_rate.hpp"

#include "oracle/class_ratios.hpp"

using leeway::false_omission_rate;

static_assert(leeway::Metric<false_omission_rate> && leeway::ClassRatioMetric<false_omission_rate>);

TEST_CASE("the false omission rate of a small table") {
    const auto counts = oracle::table({.tp = 20, .fp = 5, .fn = 10, .tn = 65});
    CHECK(false_omission_rate{}(counts).value() == Approx(10.0 / 75).epsilon(1e-15));
    CHECK(false_omission_rate{}(counts).has_interval());
    const auto without = oracle::table({.tp = 3, .fp = 4});
    CHECK(false_omission_rate{}(without).reason() == leeway::undefined::zero_denominator);
    CHECK(false_omission_rate{leeway::average::macro}.key() == "false_omission_rate_macro");
}

TEST_CASE("the false omission rate equals the oracle's, each average and each class") {
    oracle::class_ratio_equals_the_oracles(false_omission_rate{});
}

TEST_CASE("the false omission rate keeps the laws of a metric") {
    oracle::class_ratio_keeps_the_laws(false_omission_rate{});
}
