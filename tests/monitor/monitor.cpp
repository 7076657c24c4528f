#include "leeway/monitor/monitor.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "monitor/fixture.hpp"
#include "support/catch.hpp"

using fixture::at;
using leeway::monitor;
using leeway::monitor_options;

namespace {

/// Feeds n rows, looking every `step`; returns the alarms.
template <class Make>
std::vector<leeway::alarm> run(monitor& watch, Make&& make, std::size_t n, std::size_t step = 10) {
    auto recorder = watch.recorder();
    std::vector<leeway::alarm> raised;
    for (std::size_t i = 1; i <= n; ++i) {
        const fixture::row row = make();
        recorder.record(row.features, row.score, row.label);
        if (i % step != 0) continue;
        for (auto& each : watch.poll(at(static_cast<std::int64_t>(i)))) {
            raised.push_back(std::move(each));
        }
    }
    return raised;
}

bool names(const std::vector<leeway::alarm>& raised, std::string_view channel) {
    return std::any_of(raised.begin(), raised.end(),
                       [&](const leeway::alarm& each) { return each.channel == channel; });
}

leeway::reference of_columns(const std::vector<std::vector<double>>& rows, leeway::schema columns) {
    leeway::reference_builder build(std::move(columns));
    for (const auto& row : rows) build.update(row);
    return build.finish();
}

}  // namespace

TEST_CASE("without drift the panel is silent for far longer than it is watched", "[simulation]") {
    // 20 runs of 2,000 rows at A = 10,000: 4 alarms expected at the very most, were the bound
    // tight; with the margin for a reference of 10,000 rows the run length is several times A.
    int alarms = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        monitor watch(fixture::reference(10000, seed), {.false_alarm_every = 10'000});
        fixture::world world(1000 + seed);
        alarms += static_cast<int>(run(watch, world, 2000).size());
    }
    CHECK(alarms <= 2);
}

TEST_CASE("a shift is named, once, with its size and its beginning") {
    monitor watch(fixture::reference(), {.false_alarm_every = 10'000});
    fixture::world world(2);
    CHECK(run(watch, world, 5000).empty());
    world.shift = 0.5;
    const auto raised = run(watch, world, 2000);
    REQUIRE(raised.size() == 2);  // amount, and the score that follows it
    CHECK(names(raised, "amount"));
    CHECK(names(raised, "score"));
    const leeway::alarm& first = raised[0];
    CHECK(first.number == 1);
    CHECK(first.row > 5000);
    CHECK(first.row <= 5300);
    CHECK(first.since_row >= 4900);
    CHECK(first.since_row < first.row);
    CHECK(first.detector == "shape_e_detector");
    CHECK(first.explanation == "higher values");
    CHECK(first.effect_name == "population_stability_index");
    // About 0.25 for half a standard deviation, in some 100 rows.
    CHECK(first.effect.statistic - first.effect.expected_without_drift.value_or(0) > 0.1);
    CHECK(first.effect.n_current == static_cast<double>(first.row - first.since_row));
    CHECK(first.evidence >= first.threshold);
    CHECK(first.panel_evidence >= 10'000);
    CHECK(first.threshold == 10'000);
    CHECK(!first.guarantee_void);
    CHECK(first.when == at(static_cast<std::int64_t>(first.row - 5000)));

    // Latched: visible, but not reported again.
    const auto made = watch.snapshot(at(9000));
    CHECK(made.features[0].guard.status == leeway::detector_status::drift);
    CHECK(made.features[1].guard.status == leeway::detector_status::stable);
    CHECK(made.panel.status == leeway::detector_status::drift);
    CHECK(made.panel.channels == 5);
    CHECK(made.panel.evidence < 10'000);
    CHECK(made.alarms.size() == 2);
    CHECK(made.alarms_in_all == 2);
}

TEST_CASE("after rearm a drift that stays is reported again") {
    monitor watch(fixture::reference(), {.false_alarm_every = 10'000});
    fixture::world world(2);
    world.shift = 0.5;
    CHECK(run(watch, world, 2000).size() == 2);
    CHECK(run(watch, world, 2000).empty());
    watch.rearm();
    CHECK(watch.snapshot(at(1)).panel.status == leeway::detector_status::stable);
    CHECK(watch.snapshot(at(1)).panel.evidence == 0);
    const auto again = run(watch, world, 2000);
    REQUIRE(again.size() == 2);
    CHECK(again[0].number == 3);
}

TEST_CASE("an alarm that a snapshot raises reaches the next poll") {
    monitor watch(fixture::reference(), {.false_alarm_every = 10'000});
    fixture::world world(2);
    world.shift = 2;
    auto recorder = watch.recorder();
    for (int i = 0; i < 500; ++i) {
        const auto row = world();
        recorder.record(row.features, row.score);
    }
    CHECK(watch.snapshot(at(1)).alarms.size() == 2);
    CHECK(watch.poll(at(2)).size() == 2);
    CHECK(watch.poll(at(3)).empty());
}

TEST_CASE("a constant feature that comes alive alarms within a few rows") {
    std::vector<std::vector<double>> training;
    leeway::random_source random(5);
    for (int i = 0; i < 10000; ++i) training.push_back({0.5, random.normal()});
    const auto reference = of_columns(training, leeway::schema{}.numeric("flat").numeric("live"));
    monitor watch(reference);
    auto recorder = watch.recorder();
    std::vector<leeway::alarm> raised;
    int rows = 0;
    for (; rows < 1000; ++rows) {
        recorder.record(std::vector<double>{0.5, random.normal()});
        CHECK(watch.poll(at(rows)).empty());
    }
    while (raised.empty() && rows < 1100) {
        recorder.record(std::vector<double>{random.uniform(), random.normal()});
        raised = watch.poll(at(++rows));
    }
    REQUIRE(raised.size() == 1);
    CHECK(raised[0].channel == "flat");
    CHECK(raised[0].explanation == "more of 'unseen'");
    CHECK(rows <= 1010);
    CHECK(watch.snapshot(at(rows)).features[0].unseen == static_cast<std::uint64_t>(rows - 1000));
}

TEST_CASE("a new category, missing values and infinities alarm within a few rows") {
    const auto with = [](auto spoil, std::string_view channel) {
        monitor watch(fixture::reference());
        fixture::world world(3);
        CHECK(run(watch, world, 1000).empty());
        const auto raised = run(
            watch,
            [&] {
                auto row = world();
                spoil(row);
                return row;
            },
            30, 1);
        REQUIRE(!raised.empty());
        CHECK(raised[0].channel == channel);
        return raised[0].explanation;
    };
    CHECK(with([](fixture::row& row) { row.features[2] = leeway::category_code("XX"); },
               "country") == "more of 'unseen'");
    CHECK(with([](fixture::row& row) { row.features[1] = std::nan(""); }, "age") ==
          "more of 'missing'");
    CHECK(with([](fixture::row& row) { row.features[1] = std::numeric_limits<double>::infinity(); },
               "age") == "more of 'non-finite'");
}

TEST_CASE("a model that becomes wrong alarms on its error alone") {
    monitor watch(fixture::reference(), {.false_alarm_every = 10'000});
    fixture::world world(4);
    auto recorder = watch.recorder();
    std::vector<std::pair<leeway::ticket, double>> waiting;
    std::vector<leeway::alarm> raised;
    for (int i = 0; i < 8000; ++i) {
        if (i == 3000) world.error_shift = 1.5;
        const auto row = world();
        waiting.emplace_back(recorder.record(row.features, row.score), row.label);
        if (i >= 200) {  // labels come 200 rows late
            const auto& [ticket, label] = waiting[static_cast<std::size_t>(i) - 200];
            CHECK(recorder.label(ticket, label));
        }
        if (i % 10 == 9) {
            for (auto& each : watch.poll(at(i))) raised.push_back(std::move(each));
        }
    }
    REQUIRE(raised.size() == 1);
    CHECK(raised[0].channel == "error");
    CHECK(raised[0].kind == leeway::channel_kind::error);
    CHECK(raised[0].detector == "mean_e_detector");
    CHECK(raised[0].explanation == "higher loss");
    CHECK(raised[0].effect_name == "mean_difference");
    CHECK(raised[0].effect.statistic > 0.02);
    CHECK(raised[0].row > 3200);
    const auto made = watch.snapshot(at(9000));
    CHECK(made.error->guard.status == leeway::detector_status::drift);
    CHECK(made.last_label == at(9000 - 1001));
}

TEST_CASE("an error that falls is no alarm unless asked for") {
    fixture::world training(5);
    training.regression = true;
    training.noise = 3;
    const auto reference = fixture::reference_of(training.rows(10000));
    for (const bool both : {false, true}) {
        monitor watch(reference, {.false_alarm_every = 10'000,
                                  .error_direction = both ? leeway::bet_direction::both
                                                          : leeway::bet_direction::up});
        fixture::world better(6);
        better.regression = true;
        better.noise = 0.5;
        const auto raised = run(watch, better, 2000);
        CHECK(names(raised, "error") == both);
        fixture::world worse(6);
        worse.regression = true;
        worse.noise = 6;
        watch.rearm();
        CHECK(names(run(watch, worse, 2000), "error"));
    }
}

TEST_CASE("drift within the leeway raises no alarm") {
    // A shift of 0.1 standard deviations is a PSI of 0.01.
    const auto reference = fixture::reference(100'000);
    fixture::world world(7);
    world.shift = 0.1;
    monitor strict(reference, {.false_alarm_every = 10'000});
    CHECK(names(run(strict, world, 20'000, 50), "amount"));
    monitor lenient(reference, {.false_alarm_every = 10'000, .leeway = leeway::psi(0.02)});
    CHECK(run(lenient, world, 20'000, 50).empty());
    const auto made = lenient.snapshot(at(1));
    CHECK(made.features[0].verdict == leeway::verdict::within);
    CHECK(made.panel.leeway_psi == 0.02);
    world.shift = 0.6;  // 0.36
    CHECK(names(run(lenient, world, 20'000, 50), "amount"));
}

TEST_CASE("an autocorrelated stream voids the guarantee, visibly") {
    const auto reference = fixture::reference();
    monitor watch(reference);
    leeway::random_source random(8);
    double amount = 0;
    auto recorder = watch.recorder();
    fixture::world world(8);
    for (int i = 0; i < 5000; ++i) {
        auto row = world();
        amount = 0.5 * amount + std::sqrt(0.75) * random.normal();  // N(0, 1), lag-1 0.5
        row.features[0] = amount;
        recorder.record(row.features, row.score);
        if (i % 10 == 9) (void)watch.poll(at(i));
    }
    const auto made = watch.snapshot(at(5000));
    CHECK(made.features[0].guard.guarantee_void);
    CHECK(made.features[0].guard.lag_one.value() == Approx(0.5).margin(0.1));
    CHECK(!made.features[1].guard.guarantee_void);
    CHECK(made.features[1].guard.lag_one.value() == Approx(0).margin(0.05));
    CHECK(made.panel.guarantee_void);
    CHECK(made.features[0].guard.lag_one_reference.value() == Approx(0).margin(0.05));
}

TEST_CASE("an alarm within the first rows takes the reference's autocorrelation") {
    std::vector<std::vector<double>> training;
    leeway::random_source random(9);
    double x = 0;
    for (int i = 0; i < 10000; ++i) {
        x = 0.9 * x + random.normal();
        training.push_back({x});
    }
    monitor watch(of_columns(training, leeway::schema{}.numeric("x")));
    auto recorder = watch.recorder();
    for (int i = 0; i < 100; ++i) recorder.record(std::vector<double>{50 + random.normal()});
    const auto raised = watch.poll(at(1));
    REQUIRE(raised.size() == 1);
    CHECK(raised[0].guarantee_void);
}

TEST_CASE("a drift of independent rows is not mistaken for autocorrelation") {
    monitor watch(fixture::reference());
    fixture::world world(10);
    CHECK(run(watch, world, 3000).empty());
    world.shift = 2;
    CHECK(!run(watch, world, 3000).empty());
    // Over all rows the two levels would give a lag-1 correlation of about one half.
    const auto made = watch.snapshot(at(1));
    CHECK(!made.features[0].guard.guarantee_void);
    CHECK(made.features[0].guard.lag_one.value() == Approx(0).margin(0.06));
}

TEST_CASE("an electricity market whose interconnector opens") {
    // As elec2: three constant columns come alive at one row, the rest is strongly autocorrelated.
    leeway::random_source random(11);
    double price = 0;
    std::int64_t row = 0;
    const auto make = [&] {
        price = 0.95 * price + 0.1 * random.normal();
        const bool open = row++ >= 12'000;
        return std::vector<double>{price, open ? 0.003 * random.uniform() : 0.003467,
                                   open ? random.uniform() : 0.422915,
                                   open ? random.uniform() : 0.414912};
    };
    std::vector<std::vector<double>> training;
    for (int i = 0; i < 10'000; ++i) training.push_back(make());
    monitor watch(of_columns(training, leeway::schema{}
                                           .numeric("nswprice")
                                           .numeric("vicprice")
                                           .numeric("vicdemand")
                                           .numeric("transfer")),
                  {.false_alarm_every = 10'000});
    auto recorder = watch.recorder();
    std::vector<leeway::alarm> raised;
    for (int i = 0; i < 2'100; ++i) {
        recorder.record(make());
        for (auto& each : watch.poll(at(i))) raised.push_back(std::move(each));
    }
    for (const std::string channel : {"vicprice", "vicdemand", "transfer"}) {
        const auto found =
            std::find_if(raised.begin(), raised.end(),
                         [&](const leeway::alarm& each) { return each.channel == channel; });
        REQUIRE(found != raised.end());
        CHECK(found->row > 2000);
        CHECK(found->row <= 2010);
        CHECK(!found->guarantee_void);
    }
    CHECK(watch.snapshot(at(3000)).features[0].guard.guarantee_void);
}

TEST_CASE("a period covers its rows while the detectors go on") {
    monitor watch(fixture::reference(), {.false_alarm_every = 10'000});
    fixture::world world(12);
    run(watch, world, 1000);
    CHECK(!watch.snapshot(at(1)).period_start);
    watch.start_period(at(2));
    CHECK(watch.state(at(3)).rows() == 0);
    world.shift = 0.5;
    const auto raised = run(watch, world, 500);
    REQUIRE(!raised.empty());
    const auto made = watch.snapshot(at(4));
    CHECK(made.period_start == at(2));
    CHECK(made.rows == 500);
    CHECK(made.rows_in_all == 1500);
    CHECK(made.labels.matched == 500);
    CHECK(made.features[0].current.mean.value() == Approx(0.5).margin(0.15));
    CHECK(raised[0].row > 1000);
}

TEST_CASE("what is not watched is counted all the same") {
    monitor watch(fixture::reference(), {.false_alarm_every = 10'000,
                                         .watch_features = false,
                                         .watch_score = false,
                                         .watch_error = false});
    fixture::world world(13);
    world.shift = 3;
    CHECK(run(watch, world, 1000).empty());
    const auto made = watch.snapshot(at(1));
    CHECK(made.panel.channels == 0);
    CHECK(made.features[0].verdict == leeway::verdict::beyond);
    monitor scores(fixture::reference(),
                   {.false_alarm_every = 10'000, .watch_features = false, .watch_error = false});
    const auto raised = run(scores, world, 1000);
    REQUIRE(raised.size() == 1);
    CHECK(raised[0].channel == "score");
    CHECK(raised[0].kind == leeway::channel_kind::score);
}

TEST_CASE("a monitor moves, and refuses what makes no sense") {
    monitor watch(fixture::reference(1000));
    auto recorder = watch.recorder();
    monitor moved = std::move(watch);
    recorder.record(std::vector<double>{1, 2, 3}, 0.5);
    CHECK(moved.snapshot(at(1)).rows == 1);
    CHECK(moved.reference().id() == fixture::reference(1000).id());
    CHECK(moved.options().false_alarm_every == 1e6);

    const auto refused = [](monitor_options options) {
        CHECK_THROWS_AS(monitor(fixture::reference(100), options), std::invalid_argument);
    };
    refused({.false_alarm_every = 0});
    refused({.false_alarm_every = std::numeric_limits<double>::infinity()});
    refused({.error_leeway = 1});
    refused({.reference_confidence = 1});
    refused({.verdict_confidence = 0});
    refused({.recorders = 0});
    refused({.recorders = 65535});
    refused({.pending_labels = 1000});
    refused({.pending_labels = 0});
    refused({.autocorrelation_limit = std::nan("")});
    CHECK_THROWS_WITH(monitor(leeway::reference()), "monitor: the reference is empty");
}
