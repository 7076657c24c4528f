#include "leeway/metrics/pinball_loss.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::pinball_loss;
using state = pinball_loss::state_type;

static_assert(leeway::Metric<pinball_loss>);

TEST_CASE("pinball loss equals its definition in many digits") {
    oracle::tally seen;
    for (const double level : {0.5, 0.9}) {
        const pinball_loss metric{level};
        for (const auto& from : oracle::metric_cases("regression_losses")) {
            if (!from.has(metric.key())) continue;
            oracle::check(from, metric.key(),
                          metric(oracle::regressed<state>(from, metric.empty_state())), seen);
        }
    }
    CHECK(seen.values >= 650);
    CHECK(seen.undefined == 4);
}

TEST_CASE("pinball loss has its parameter in its key and asks it of the state") {
    const pinball_loss metric{0.1};
    CHECK(metric.key() == "pinball_loss_0.1");
    state rows = metric.empty_state();
    rows.update({.target = 1, .prediction = 2});
    CHECK(metric(rows).defined());
    CHECK_THROWS_WITH(
        pinball_loss{0.5}(rows),
        "pinball_loss: the state's loss has {level: 0.1}, the metric asks for {level: 0.5}");
}

TEST_CASE("pinball loss keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        const pinball_loss metric{0.1};
        laws::metric(
            metric, [&] { return metric.empty_state(); }, laws::regression_rows(300, weighted));
    }
}
