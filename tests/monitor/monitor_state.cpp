#include "leeway/monitor/monitor_state.hpp"

#include <stdexcept>
#include <string>
#include <vector>

#include "laws/hostile_bytes.hpp"
#include "leeway/core/state_file.hpp"
#include "leeway/monitor/make_snapshot.hpp"
#include "leeway/monitor/monitor.hpp"
#include "monitor/fixture.hpp"
#include "support/catch.hpp"

using fixture::at;
using leeway::monitor;
using leeway::monitor_state;

namespace {

monitor_state state_of(const leeway::reference& reference, const std::vector<fixture::row>& rows,
                       std::size_t from, std::size_t to) {
    monitor watch(reference);
    auto recorder = watch.recorder();
    for (std::size_t i = from; i < to; ++i) {
        recorder.record(rows[i].features, rows[i].score, rows[i].label);
    }
    return watch.state(at(1));
}

leeway::reference small_regression() {
    leeway::reference_builder build(leeway::schema{}.numeric("x"),
                                    {.binning = {.bins = 2}, .loss_levels = 3});
    for (int i = 0; i < 40; ++i) {
        build.update(std::vector<double>{i * 1.0}, {.label = i * 0.5, .score = i * 0.25});
    }
    return build.finish();
}

}  // namespace

TEST_CASE("two processes that share a stream and one that saw it all agree") {
    const auto reference = fixture::reference();
    fixture::world world(2);
    world.missing_rate = 0.1;
    const auto rows = world.rows(5000);
    const monitor_state whole = state_of(reference, rows, 0, 5000);
    const monitor_state first = state_of(reference, rows, 0, 1234);
    const monitor_state second = state_of(reference, rows, 1234, 5000);

    // By way of files, as replicas do it.
    auto merged = leeway::from_bytes<monitor_state>(leeway::to_bytes(first));
    REQUIRE(merged);
    const auto other = leeway::from_bytes<monitor_state>(leeway::to_bytes(second));
    REQUIRE(other);
    merged->merge(*other);

    CHECK(merged->rows() == 5000);
    REQUIRE(merged->channels() == whole.channels());
    for (std::size_t c = 0; c < whole.channels(); ++c) {
        const auto a = merged->counts(c);
        const auto b = whole.counts(c);
        CHECK(std::vector<std::uint64_t>(a.begin(), a.end()) ==
              std::vector<std::uint64_t>(b.begin(), b.end()));
    }
    CHECK(merged->outcomes().binary()->get<leeway::confusion_matrix>() ==
          whole.outcomes().binary()->get<leeway::confusion_matrix>());
    CHECK(merged->outcomes().binary()->get<leeway::score_table>() ==
          whole.outcomes().binary()->get<leeway::score_table>());

    const auto one = leeway::make_snapshot(reference, whole, at(2));
    const auto two = leeway::make_snapshot(reference, *merged, at(2));
    for (std::size_t i = 0; i < one.features.size(); ++i) {
        CHECK(one.features[i].tests[0].result == two.features[i].tests[0].result);
        if (one.features[i].current.mean) {
            // Sums in another order: some ulps of the largest partial sum.
            CHECK(one.features[i].current.mean.value() ==
                  Approx(two.features[i].current.mean.value()).epsilon(1e-11));
        }
    }
    for (std::size_t i = 0; i < one.metrics.size(); ++i) {
        CHECK(one.metrics[i].current.value() ==
              Approx(two.metrics[i].current.value()).epsilon(1e-11));
    }

    monitor_state unbound;  // the start of a fold over replicas
    unbound.merge(first);
    unbound.merge(second);
    CHECK(unbound == *merged);
}

TEST_CASE("states of two references refuse to merge") {
    const auto rows = fixture::world(2).rows(100);
    monitor_state one = state_of(fixture::reference(1000, 1), rows, 0, 50);
    const monitor_state other = state_of(fixture::reference(1000, 2), rows, 50, 100);
    const monitor_state before = one;
    std::string message;
    try {
        one.merge(other);
    } catch (const std::invalid_argument& problem) {
        message = problem.what();
    }
    CHECK(message.find("monitor_state: these states were collected against different references "
                       "(ids 0x") == 0);
    CHECK(message.find("so their counts do not add up") != std::string::npos);
    CHECK(one == before);
    CHECK_THROWS_AS(one.require_bound_to(fixture::reference(1000, 2)), std::invalid_argument);
    CHECK_NOTHROW(one.require_bound_to(fixture::reference(1000, 1)));
}

TEST_CASE("a state has a fixed size and resets to new") {
    const auto reference = fixture::reference();
    monitor_state empty(reference);
    auto state = state_of(reference, fixture::world(3).rows(3000), 0, 3000);
    CHECK(state.bytes() == empty.bytes());
    CHECK(state != empty);
    state.reset();
    CHECK(state == empty);
    CHECK(state.labels().matched == 0);
}

TEST_CASE("hostile bytes for a monitor's state") {
    const auto reference = small_regression();
    monitor watch(reference, {.pending_labels = 4});
    auto recorder = watch.recorder();
    for (int i = 0; i < 20; ++i) {
        const auto ticket = recorder.record(std::vector<double>{i * 2.0}, 0.5 * i);
        if (i % 2 == 0) recorder.label(ticket, i);
    }
    recorder.record(std::vector<double>{}, 0);
    recorder.label({}, 1);
    const monitor_state state = watch.state(at(1));
    laws::hostile_bytes(state, 23);

    // What a forged file may still be used for.
    const auto good = leeway::to_bytes(state);
    leeway::random_source random(23);
    std::size_t accepted = 0;
    std::size_t used = 0;
    for (int attempt = 0; attempt < 4000; ++attempt) {
        auto bytes = good;
        const std::uint64_t changes = 1 + random.below(2);
        for (std::uint64_t i = 0; i < changes; ++i) {
            bytes[random.below(bytes.size())] = static_cast<std::byte>(random.below(256));
        }
        laws::reseal(bytes);
        auto read = leeway::from_bytes<monitor_state>(bytes);
        if (!read) continue;
        ++accepted;
        try {
            (void)leeway::make_snapshot(reference, *read, at(2));
            read->merge(state);
            (void)leeway::make_snapshot(reference, *read, at(2));
            ++used;
        } catch (const std::invalid_argument&) {  // another reference or other bins: refused
        }
    }
    CHECK(accepted > 20);
    CHECK(used > 10);
}

TEST_CASE("a binary state's damage is seen") {
    const auto reference = fixture::reference(200);
    const auto good = leeway::to_bytes(state_of(reference, fixture::world(3).rows(100), 0, 100));
    leeway::random_source random(29);
    for (int attempt = 0; attempt < 300; ++attempt) {
        auto bytes = good;
        bytes[random.below(bytes.size())] ^= static_cast<std::byte>(1 + random.below(255));
        CHECK(!leeway::from_bytes<monitor_state>(bytes));
        bytes = good;
        bytes.resize(random.below(bytes.size()));
        CHECK(!leeway::from_bytes<monitor_state>(bytes));
    }
}
