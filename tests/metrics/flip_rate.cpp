#include "leeway/metrics/flip_rate.hpp"

#include "laws/metric.hpp"
#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "oracle/metrics_states.hpp"

using leeway::flip;
using leeway::flip_rate;
using leeway::paired_decisions;

static_assert(leeway::Metric<flip_rate>);

TEST_CASE("the flip rates equal the oracle's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("paired_decisions")) {
        const auto label = from.integers("label");
        const auto first = from.integers("first");
        const auto second = from.integers("second");
        const auto weight = from.numbers("weight");
        paired_decisions decisions(static_cast<std::size_t>(from.integers("classes").at(0)));
        decisions.update({.label = label, .first = first, .second = second, .weight = weight});
        for (const auto direction : {flip::any, flip::negative, flip::positive}) {
            const flip_rate rate{direction};
            oracle::check(from, rate.key(), rate(decisions), seen);
        }
    }
    CHECK(seen.values >= 900);
    CHECK(seen.undefined >= 6);
}

TEST_CASE("positive less negative flips are the gain in accuracy") {
    paired_decisions pairs(3);
    leeway::confusion_matrix first(3), second(3);
    for (const auto& row : laws::paired_rows(400, 3, true)) {
        pairs.update(row);
        first.update({row.label, row.first, row.weight});
        second.update({row.label, row.second, row.weight});
    }
    const double gain = leeway::accuracy{}(second).value() - leeway::accuracy{}(first).value();
    CHECK(flip_rate{flip::positive}(pairs).value() - flip_rate{flip::negative}(pairs).value() ==
          Approx(gain).margin(1e-14));
}

TEST_CASE("the flip rate has Wilson's interval") {
    paired_decisions pairs;
    for (int i = 0; i < 20; ++i) pairs.update({1, 1, i < 3 ? 0 : 1});
    // scipy.stats.binomtest(3, 20).proportion_ci(method='wilson')
    const leeway::estimate rate = flip_rate{}(pairs);
    CHECK(rate.value() == 0.15);
    CHECK(rate.lower() == Approx(0.05236874589621662).epsilon(1e-12));
    CHECK(rate.upper() == Approx(0.3604188647407569).epsilon(1e-12));
}

TEST_CASE("the flip rates keep the laws of a metric") {
    for (const bool weighted : {false, true}) {
        for (const auto direction : {flip::any, flip::negative, flip::positive}) {
            laws::metric(
                flip_rate{direction}, [] { return paired_decisions(3); },
                laws::paired_rows(300, 3, weighted));
        }
    }
}
