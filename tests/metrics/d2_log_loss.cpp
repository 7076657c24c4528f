#include "leeway/metrics/d2_log_loss.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::d2_log_loss;
using state = d2_log_loss::state_type;
using row_state = leeway::class_losses<leeway::loss::row_logarithmic>;

static_assert(leeway::Metric<d2_log_loss>);

TEST_CASE("D2 of the log loss equals the oracle's") {
    oracle::tally seen;
    std::size_t intervals = 0;
    for (const auto& from : oracle::metric_cases("skill")) {
        leeway::estimate e = leeway::undefined::empty;
        if (from.integers("classes").at(0) == 2) {
            e = d2_log_loss{}(oracle::scored(from, state()));
        } else {
            row_state rows(static_cast<std::size_t>(from.integers("classes").at(0)));
            oracle::for_each_row(from,
                                 [&](const leeway::probability_row& row) { rows.update(row); });
            e = d2_log_loss{}(rows);
        }
        oracle::check(from, "d2_log_loss", e, seen, 1e-13);
        if (e.has_interval()) intervals += oracle::check_ends(from, "d2_log_loss", e) ? 1u : 0u;
    }
    CHECK(seen.values >= 250);
    CHECK(seen.undefined >= 10);
    CHECK(intervals >= 240);
}

TEST_CASE("two classes as rows have the binary D2 of the log loss") {
    state binary;
    row_state rows(2);
    for (const auto& row : laws::probability_rows(100, true)) {
        binary.update(row);
        const double both[] = {1 - row.score, row.score};
        rows.update({.label = row.label, .scores = both, .weight = row.weight});
    }
    const auto a = d2_log_loss{}(binary);
    const auto b = d2_log_loss{}(rows);
    CHECK(a.value() == Approx(b.value()).epsilon(1e-12));
    CHECK(a.lower() == Approx(b.lower()).epsilon(1e-12));
}

TEST_CASE("the interval of D2 of the log loss covers the truth as often as it says") {
    // Scores uniform and calibrated: the losses of the model and of even odds are known.
    const double truth = 1 - 0.5 / std::log(2.0);
    leeway::random_source random(3);
    int covered = 0;
    constexpr int samples = 2000;
    for (int sample = 0; sample < samples; ++sample) {
        state losses;
        for (int row = 0; row < 200; ++row) {
            const double score = random.uniform();
            losses.update({.label = random.bernoulli(score) ? 1 : 0, .score = score});
        }
        const auto e = d2_log_loss{}(losses);
        covered += e.lower() <= truth && truth <= e.upper() ? 1 : 0;
    }
    // 95 % is 1,900 of 2,000, give or take 30 (three deviations), less a little for 200 rows.
    CHECK(covered > 1850);
    CHECK(covered < 1930);
}

TEST_CASE("D2 of the log loss is undefined for one class") {
    state losses;
    CHECK(d2_log_loss{}(losses).reason() == leeway::undefined::empty);
    losses.update({.label = 1, .score = 0.5});
    losses.update({.label = 1, .score = 0.75});
    CHECK(d2_log_loss{}(losses).reason() == leeway::undefined::one_class);
    CHECK(d2_log_loss{}(losses).weight() == 2);
    losses.update({.label = 0, .score = 0.25});
    CHECK(d2_log_loss{}(losses).defined());
}

TEST_CASE("certainty in the wrong class is infinitely worse than the frequencies") {
    state losses;
    losses.update({.label = 1, .score = 0.5});
    losses.update({.label = 0, .score = 1});
    const auto e = d2_log_loss{}(losses);
    CHECK(e.value() == -std::numeric_limits<double>::infinity());
    CHECK(!e.has_interval());
}

TEST_CASE("D2 of the log loss keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            d2_log_loss{}, [] { return state(); }, laws::probability_rows(300, weighted));
    }
}
