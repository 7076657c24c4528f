#include "leeway/monitor/make_snapshot.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "leeway/accumulators/moments.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/drift/chi_squared.hpp"
#include "leeway/drift/kolmogorov_smirnov.hpp"
#include "leeway/drift/population_stability_index.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "leeway/monitor/monitor.hpp"
#include "monitor/fixture.hpp"
#include "support/catch.hpp"

using fixture::at;

namespace {

leeway::snapshot of_rows(const leeway::reference& reference, const std::vector<fixture::row>& rows,
                         leeway::alert_rule rule = {}) {
    leeway::monitor watch(reference);
    auto recorder = watch.recorder();
    for (const auto& row : rows) recorder.record(row.features, row.score, row.label);
    return leeway::make_snapshot(reference, watch.state(at(5)), at(7), rule);
}

}  // namespace

TEST_CASE("a snapshot's figures are those of the states behind it") {
    const auto reference = fixture::reference();
    fixture::world world(12);
    world.shift = 0.5;
    world.missing_rate = 0.2;
    const auto rows = world.rows(4000);
    const auto made = of_rows(reference, rows);

    CHECK(made.reference_id == reference.id());
    CHECK(made.reference_rows == 10000);
    CHECK(made.taken == at(7));
    CHECK(made.rows == 4000);
    CHECK(made.task == "binary");
    REQUIRE(made.features.size() == 3);

    leeway::binned_counts amount(reference["amount"].counts().shared_bins());
    leeway::binned_counts country(reference["country"].counts().shared_bins());
    leeway::moments exact;
    leeway::moments ages;
    std::uint64_t missing = 0;
    std::uint64_t above = 0;
    for (const auto& row : rows) {
        amount.update(row.features[0]);
        country.update(row.features[2]);
        exact.update(row.features[0]);
        ages.update(row.features[1]);
        missing += std::isnan(row.features[1]) ? 1U : 0U;
        above += row.features[0] > reference["amount"].maximum().value() ? 1U : 0U;
    }
    const auto& first = made.features[0];
    CHECK(first.name == "amount");
    CHECK(first.kind == leeway::channel_kind::numeric);
    CHECK(first.n_current == 4000);
    CHECK(first.above_range == above);
    CHECK(first.tests[0].name == "population_stability_index");
    CHECK(first.tests[0].result ==
          leeway::population_stability_index{}(reference["amount"], amount));
    CHECK(first.tests[1].name == "kolmogorov_smirnov");
    CHECK(first.tests[1].result == leeway::kolmogorov_smirnov{}(reference["amount"], amount));
    // Sums about the reference's mean against compensated ones.
    CHECK(first.current.mean.value() == Approx(exact.mean().value()).epsilon(1e-12));
    CHECK(first.current.standard_deviation.value() ==
          Approx(exact.standard_deviation().value()).epsilon(1e-12));
    CHECK(first.current.mean.lower() < 0.5);
    CHECK(first.current.mean.upper() > 0.5);
    CHECK(first.reference.mean == reference["amount"].mean());
    REQUIRE(first.bins.size() == 19);
    CHECK(first.bins[0].current == amount[0]);
    CHECK(first.bins[0].current_share == Approx(static_cast<double>(amount[0]) / 4000));
    CHECK(first.bins[0].reference_share == Approx(0.0625));
    CHECK(first.bins[0].upper == reference["amount"].bins().points()[0]);

    const auto& second = made.features[1];
    CHECK(second.missing == missing);
    CHECK(second.missing_reference == 0);
    CHECK(second.current.mean.value() == Approx(ages.mean().value()).epsilon(1e-12));

    const auto& third = made.features[2];
    CHECK(third.kind == leeway::channel_kind::categorical);
    CHECK(third.tests[1].name == "chi_squared");
    CHECK(third.tests[1].result == leeway::chi_squared{}(reference["country"], country));
    CHECK(!third.current.mean);

    REQUIRE(made.score);
    CHECK(made.score->name == "score");
    CHECK(made.score->kind == leeway::channel_kind::score);
    CHECK(made.score->n_current == 4000);
}

TEST_CASE("metrics stand beside the reference's") {
    const auto reference = fixture::reference();
    const auto rows = fixture::world(13).rows(3000);
    const auto made = of_rows(reference, rows);
    REQUIRE(made.metrics.size() == 11);
    leeway::scored_outcomes scores;
    double wrong = 0;
    for (const auto& row : rows) {
        const std::int32_t label = row.label == 1 ? 1 : 0;
        scores.update({label, row.score});
        wrong += (row.score >= 0.5) != (label == 1) ? 1 : 0;
    }
    for (const auto& metric : made.metrics) {
        INFO(metric.key);
        CHECK(metric.reference == reference.metric(metric.key));
        CHECK(metric.current.defined());
        if (metric.key == "accuracy") CHECK(metric.current.value() == Approx(1 - wrong / 3000));
        if (metric.key == "roc_auc") {
            const double exact = leeway::roc_auc{}(scores).value();
            CHECK(metric.current.lower() <= exact);
            CHECK(metric.current.upper() >= exact);
        }
    }
    REQUIRE(made.error);
    CHECK(made.error->loss == "error rate at threshold 0.5");
    CHECK(made.error->current.value() == Approx(wrong / 3000));
    CHECK(made.error->reference.value() ==
          Approx(1 - reference.metric("accuracy").value()).epsilon(1e-12));
    REQUIRE(made.outcomes.size() == 4);
    CHECK(static_cast<double>(made.outcomes[1] + made.outcomes[2]) == wrong);
    CHECK(made.labels.matched == 3000);
}

TEST_CASE("the verdict is the rule's on the population stability index") {
    const auto reference = fixture::reference();
    fixture::world moved(14);
    moved.shift = 0.5;
    const auto drifted = of_rows(reference, moved.rows(3000), {.leeway = 0.02});
    CHECK(drifted.features[0].verdict == leeway::verdict::beyond);
    CHECK(drifted.features[0].tests[0].verdict == leeway::verdict::beyond);
    CHECK(!drifted.features[0].tests[1].verdict);
    CHECK(drifted.features[1].verdict == leeway::verdict::within);
    CHECK(of_rows(reference, moved.rows(3000), {.leeway = 1}).features[0].verdict ==
          leeway::verdict::within);
    CHECK(of_rows(reference, moved.rows(50), {.leeway = 0.02}).features[0].verdict ==
          leeway::verdict::not_enough_data);
}

TEST_CASE("no row and no label are said, not guessed") {
    const auto reference = fixture::reference();
    const auto made = of_rows(reference, {});
    CHECK(made.rows == 0);
    CHECK(made.features[0].bins[0].current_share == 0);
    CHECK(!made.features[0].current.mean);
    CHECK(!made.features[0].tests[0].result.defined());
    CHECK(made.features[0].verdict == leeway::verdict::not_enough_data);
    CHECK(!made.error->current);
    for (const auto& metric : made.metrics) {
        CHECK(!metric.current.defined());
        CHECK(metric.reference.defined());
    }
    const auto unlabelled =
        leeway::make_snapshot(fixture::reference(1000, 1, false),
                              leeway::monitor_state(fixture::reference(1000, 1, false)), at(1));
    CHECK(unlabelled.task == "none");
    CHECK(!unlabelled.error);
    CHECK(unlabelled.metrics.empty());
}

TEST_CASE("values whose squares overflow have a mean and no spread") {
    const auto reference = fixture::reference();
    auto rows = fixture::world(15).rows(4);
    rows[0].features[0] = 1e200;
    const auto made = of_rows(reference, rows);
    CHECK(made.features[0].current.mean.value() == Approx(2.5e199));
    CHECK(made.features[0].current.standard_deviation.reason() == leeway::undefined::out_of_range);
    rows[0].features[0] = 1e308;
    rows[1].features[0] = 1e308;
    const auto more = of_rows(reference, rows);
    CHECK(more.features[0].current.mean.reason() == leeway::undefined::out_of_range);
}

TEST_CASE("a regression's error is in the loss's own unit after scaling") {
    fixture::world world(16);
    world.regression = true;
    world.noise = 3;
    const auto reference = fixture::reference_of(world.rows(5000));
    const auto made = of_rows(reference, world.rows(5000));
    CHECK(made.task == "regression");
    REQUIRE(made.error);
    CHECK(made.error->loss == "squared error, clipped at the reference's 0.95 quantile");
    // E min(z^2, 1.96^2) = 0.913 of the variance of 9 is left; rounding up adds half a level in 64.
    CHECK(made.error->current.value() * made.error->scale == Approx(8.22 + 0.27).epsilon(0.06));
    REQUIRE(made.metrics.size() == 4);
    CHECK(made.metrics[0].key == "mean_squared_error");
    CHECK(made.metrics[0].current.value() == Approx(9).epsilon(0.1));
    CHECK(made.outcomes.empty());
}

TEST_CASE("a snapshot needs the reference that the state was collected against") {
    const auto one = fixture::reference(1000, 1);
    const auto other = fixture::reference(1000, 2);
    CHECK_THROWS_AS(leeway::make_snapshot(other, leeway::monitor_state(one), at(1)),
                    std::invalid_argument);
}
