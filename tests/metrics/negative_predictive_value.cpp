#include "leeway/metrics/negative_predictive_value.hpp"

#include "oracle/class_ratios.hpp"

using leeway::negative_predictive_value;

static_assert(leeway::Metric<negative_predictive_value> &&
              leeway::ClassRatioMetric<negative_predictive_value>);

TEST_CASE("the negative predictive value of a small table") {
    const auto counts = oracle::table({.tp = 20, .fp = 5, .fn = 10, .tn = 65});
    CHECK(negative_predictive_value{}(counts).value() == Approx(65.0 / 75).epsilon(1e-15));
    CHECK(negative_predictive_value{}(counts).has_interval());
    const auto without = oracle::table({.tp = 3, .fp = 4});
    CHECK(negative_predictive_value{}(without).reason() == leeway::undefined::zero_denominator);
    CHECK(negative_predictive_value{leeway::average::macro}.key() ==
          "negative_predictive_value_macro");
}

TEST_CASE("the negative predictive value equals the oracle's, each average and each class") {
    oracle::class_ratio_equals_the_oracles(negative_predictive_value{});
}

TEST_CASE("the negative predictive value keeps the laws of a metric") {
    oracle::class_ratio_keeps_the_laws(negative_predictive_value{});
}
