#include "leeway/metrics/huber_loss.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::huber_loss;
using state = huber_loss::state_type;

static_assert(leeway::Metric<huber_loss>);

TEST_CASE("Huber loss equals its definition in many digits") {
    oracle::tally seen;
    for (const double delta : {1.0, 0.25}) {
        const huber_loss metric{delta};
        for (const auto& from : oracle::metric_cases("regression_losses")) {
            if (!from.has(metric.key())) continue;
            oracle::check(from, metric.key(),
                          metric(oracle::regressed<state>(from, metric.empty_state())), seen);
        }
    }
    CHECK(seen.values >= 650);
    CHECK(seen.undefined == 4);
}

TEST_CASE("Huber loss has its parameter in its key and asks it of the state") {
    const huber_loss metric{1.5};
    CHECK(metric.key() == "huber_loss_1.5");
    state rows = metric.empty_state();
    rows.update({.target = 1, .prediction = 2});
    CHECK(metric(rows).defined());
    CHECK_THROWS_WITH(
        huber_loss{1.0}(rows),
        "huber_loss: the state's loss has {delta: 1.5}, the metric asks for {delta: 1}");
}

TEST_CASE("Huber loss keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        const huber_loss metric{1.5};
        laws::metric(
            metric, [&] { return metric.empty_state(); }, laws::regression_rows(300, weighted));
    }
}
