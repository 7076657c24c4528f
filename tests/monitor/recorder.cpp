#include "leeway/monitor/recorder.hpp"

#include <atomic>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

#if defined(__linux__)
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

#include "laws/allocation_meter.hpp"
#include "leeway/monitor/monitor.hpp"
#include "monitor/fixture.hpp"
#include "support/catch.hpp"

using fixture::at;
using leeway::monitor;
using leeway::ticket;

static_assert(!std::is_copy_constructible_v<leeway::recorder>);
static_assert(noexcept(std::declval<leeway::recorder&>().record(std::span<const double>{}, 0.0)));
static_assert(noexcept(std::declval<leeway::recorder&>().label(ticket{}, 0.0)));

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define LEEWAY_TEST_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define LEEWAY_TEST_SANITIZED 1
#endif
#endif

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// Everything a serving thread does, n times.
void serve(leeway::recorder& recorder, const std::vector<fixture::row>& rows, std::size_t n) {
    ticket pending[64] = {};
    for (std::size_t i = 0; i < n; ++i) {
        const auto& row = rows[i % rows.size()];
        if (i % 3 == 0) {
            recorder.record(row.features, row.score, row.label);
        } else {
            recorder.label(pending[i % 64], row.label);
            pending[i % 64] = recorder.record(row.features, row.score);
        }
        if (i % 1000 == 0) recorder.record(std::span<const double>{}, row.score);
    }
}

}  // namespace

TEST_CASE("recording a million rows allocates nothing") {
    monitor watch(fixture::reference());
    auto recorder = watch.recorder();
    fixture::world world(3);
    world.missing_rate = 0.1;
    const auto rows = world.rows(1000);
    std::vector<double> packed;
    for (const auto& row : rows)
        packed.insert(packed.end(), row.features.begin(), row.features.end());
    std::vector<double> scores(1000, 0.5);
    std::vector<ticket> tickets(1000);
    const std::size_t bytes = recorder.bytes();

    const laws::allocation_span span;
    serve(recorder, rows, 1'000'000);
    recorder.record_batch(leeway::batch_view(packed, 3), scores, {}, tickets);
    CHECK(span.calls() == 0);

    CHECK(recorder.bytes() == bytes);
    CHECK(watch.snapshot(at(1)).rows == 1'001'000);
    // The meter measures: the snapshot allocated.
    CHECK((span.calls() > 0) == !LAWS_THREAD_SANITIZER);
}

#if defined(__linux__) && !defined(LEEWAY_TEST_SANITIZED)
TEST_CASE("recording makes no system call") {
    monitor watch(fixture::reference());
    auto recorder = watch.recorder();
    const auto rows = fixture::world(3).rows(1000);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        // From here on anything but read, write and exit kills the process.
        if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) != 0) _exit(77);
        serve(recorder, rows, 300'000);
        syscall(SYS_exit, 0);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77) {
        WARN("skipped: this system does not offer seccomp");
    } else {
        REQUIRE(WIFEXITED(status));
        CHECK(WEXITSTATUS(status) == 0);
    }
}
#endif

TEST_CASE("totals are exact while threads record and another looks") {
    constexpr std::size_t threads = 4;
    constexpr std::size_t each = 30'000;
    const auto reference = fixture::reference();
    monitor watch(reference, {.pending_labels = 1024});
    std::vector<std::vector<fixture::row>> rows;
    for (std::size_t t = 0; t < threads; ++t) rows.push_back(fixture::world(t + 1).rows(1000));

    std::atomic<bool> recording{true};
    std::atomic<std::uint64_t> hand_over[threads] = {};
    std::thread looking([&] {
        std::int64_t now = 0;
        while (recording.load()) {
            (void)watch.poll(at(++now));
            if (now % 8 == 0) (void)watch.snapshot(at(now));
            if (now % 64 == 0) (void)watch.state(at(now));
        }
    });
    std::vector<std::thread> serving;
    for (std::size_t t = 0; t < threads; ++t) {
        serving.emplace_back([&, t] {
            auto recorder = watch.recorder();
            for (std::size_t i = 0; i < each; ++i) {
                const auto& row = rows[t][i % 1000];
                const ticket made = recorder.record(row.features, row.score);
                // One in four labelled here, one by the next thread, one by way of the monitor.
                if (i % 4 == 0) recorder.label(made, row.label);
                if (i % 4 == 1) hand_over[t].store(made.value);
                if (i % 4 == 2) recorder.label({hand_over[(t + 1) % threads].exchange(0)}, 1);
                if (i % 256 == 3) watch.label(made, row.label);
                if (i % 5000 == 0) recorder.record(std::span<const double>{}, 0.5);
            }
        });
    }
    for (auto& thread : serving) thread.join();
    recording = false;
    looking.join();

    const auto state = watch.state(at(1'000'000));
    CHECK(state.rows() == threads * each);
    CHECK(state.rejected_rows() == threads * each / 5000);
    std::vector<std::uint64_t> expected(reference["amount"].bins().size());
    for (std::size_t t = 0; t < threads; ++t) {
        for (std::size_t i = 0; i < each; ++i) {
            ++expected[reference["amount"].bins()(rows[t][i % 1000].features[0])];
        }
    }
    const auto counts = state.counts(0);
    CHECK(std::vector<std::uint64_t>(counts.begin(), counts.end()) == expected);
    const auto labels = state.labels();
    CHECK(labels.duplicate == 0);
    // Every label given was counted once, wherever it ended up.
    const std::uint64_t given = threads * (each / 4 + each / 4 + (each + 252) / 256);
    CHECK(labels.matched + labels.expired + labels.unknown == given);
    CHECK(labels.matched >= threads * each / 4);
    CHECK(state.outcomes().rows() == labels.matched);
}

TEST_CASE("a ticket joins its label once") {
    monitor watch(fixture::reference());
    auto recorder = watch.recorder();
    const auto row = fixture::world(3)();
    const ticket first = recorder.record(row.features, 0.9);
    const ticket second = recorder.record(row.features, 0.2);
    CHECK(first);
    CHECK(first != second);
    CHECK(recorder.label(second, 1));
    CHECK(recorder.label(first, 1));
    CHECK(!recorder.label(first, 0));
    const auto counts = watch.snapshot(at(1)).outcomes;
    CHECK(counts == std::vector<std::uint64_t>{0, 0, 1, 1});  // (1, 0) once and (1, 1) once
    const auto labels = watch.snapshot(at(1)).labels;
    CHECK(labels.matched == 2);
    CHECK(labels.duplicate == 1);
}

TEST_CASE("expired and unknown tickets are counted") {
    monitor watch(fixture::reference(), {.pending_labels = 8});
    auto recorder = watch.recorder();
    const auto row = fixture::world(3)();
    std::vector<ticket> tickets;
    for (int i = 0; i < 20; ++i) tickets.push_back(recorder.record(row.features, 0.5));
    int joined = 0;
    for (const ticket each : tickets) joined += recorder.label(each, 1) ? 1 : 0;
    CHECK(joined == 8);
    CHECK(!recorder.label(ticket{}, 1));
    CHECK(!recorder.label(ticket{tickets.back().value + 1}, 1));       // not issued yet
    CHECK(!recorder.label(ticket{tickets.back().value + 8}, 1));       // nor this, in the same slot
    CHECK(!recorder.label(ticket{std::uint64_t{9999} << 48 | 1}, 1));  // of no recorder
    CHECK(!recorder.label(ticket{~std::uint64_t{0}}, 1));
    const auto labels = watch.snapshot(at(1)).labels;
    CHECK(labels.matched == 8);
    CHECK(labels.expired == 12);
    CHECK(labels.unknown == 5);
    CHECK(labels.duplicate == 0);
}

TEST_CASE("labels of another task's kind are counted, not thrown") {
    monitor watch(fixture::reference());
    auto recorder = watch.recorder();
    const auto row = fixture::world(3)();
    CHECK(recorder.label(recorder.record(row.features, 0.5), 2));
    CHECK(recorder.label(recorder.record(row.features, not_a_number), 1));
    recorder.record(row.features, 0.5, not_a_number);
    const auto labels = watch.snapshot(at(1)).labels;
    CHECK(labels.matched == 3);
    CHECK(labels.rejected == 2);
    CHECK(labels.score_rejected == 1);
}

TEST_CASE("another recorder, or the monitor, may bring the label") {
    monitor watch(fixture::reference());
    auto one = watch.recorder();
    auto other = watch.recorder();
    const auto row = fixture::world(3)();
    CHECK(other.label(one.record(row.features, 0.5), 1));
    CHECK(watch.label(one.record(row.features, 0.5), 0));
    CHECK(!watch.label(ticket{}, 0));
    CHECK(watch.snapshot(at(1)).labels.matched == 2);
    CHECK(watch.snapshot(at(1)).labels.unknown == 1);
}

TEST_CASE("a row of the wrong width is counted and gives no ticket") {
    monitor watch(fixture::reference());
    auto recorder = watch.recorder();
    CHECK(!recorder.record(std::vector<double>{1, 2}, 0.5));
    CHECK(!recorder.record(std::vector<double>{1, 2, 3, 4}, 0.5));
    recorder.record(std::vector<double>{}, 0.5, 1);
    CHECK(recorder.record(std::vector<double>{1, 2, 3}, 0.5));
    const auto made = watch.snapshot(at(1));
    CHECK(made.rows == 1);
    CHECK(made.rejected_rows == 3);
    CHECK(made.labels.matched == 0);
}

TEST_CASE("a batch records as its rows do") {
    const auto reference = fixture::reference();
    const auto rows = fixture::world(4).rows(500);
    std::vector<double> packed;
    std::vector<double> scores;
    std::vector<double> labels;
    for (const auto& row : rows) {
        packed.insert(packed.end(), row.features.begin(), row.features.end());
        scores.push_back(row.score);
        labels.push_back(row.label);
    }
    const leeway::batch_view batch(packed, 3);

    monitor one(reference);
    auto single = one.recorder();
    for (const auto& row : rows) single.record(row.features, row.score, row.label);
    monitor two(reference);
    auto batched = two.recorder();
    batched.record_batch(batch, scores, labels);
    CHECK(one.state(at(1)) == two.state(at(1)));

    monitor three(reference);
    auto ticketed = three.recorder();
    std::vector<ticket> tickets(500);
    ticketed.record_batch(batch, scores, {}, tickets);
    for (std::size_t i = 0; i < 500; ++i) CHECK(ticketed.label(tickets[i], labels[i]));
    CHECK(one.state(at(1)) == three.state(at(1)));

    ticketed.record_batch(batch, std::vector<double>(3), {}, tickets);
    CHECK(three.state(at(1)).rejected_rows() == 500);
    CHECK(!tickets[0]);
    ticketed.record_batch(batch, {});  // a model without a score: missing
    CHECK(three.snapshot(at(1)).score->missing == 500);
}

TEST_CASE("without a task there is nothing to join") {
    monitor watch(fixture::reference(1000, 1, false));
    auto recorder = watch.recorder();
    const auto row = fixture::world(3)();
    CHECK(!recorder.record(row.features, 0.5));
    recorder.record(row.features, 0.5, 1);
    CHECK(watch.snapshot(at(1)).rows == 2);
    CHECK(watch.snapshot(at(1)).labels.matched == 0);
    CHECK(recorder.bytes() < 16'384);
}

TEST_CASE("recorders are returned, and bounded in number") {
    monitor watch(fixture::reference(1000), {.recorders = 2, .pending_labels = 16});
    const auto row = fixture::world(3)();
    ticket early;
    {
        auto gone = watch.recorder();
        early = gone.record(row.features, 0.5);
    }
    auto one = watch.recorder();
    auto two = watch.recorder();
    CHECK_THROWS_WITH(watch.recorder(),
                      "monitor: all 2 recorders are in use; raise monitor_options.recorders");
    CHECK(two.label(early, 1));  // what a recorder left behind is still there
    auto moved = std::move(one);
    moved.record(row.features, 0.5);
    two = std::move(moved);
    two.record(row.features, 0.5);
    CHECK(watch.snapshot(at(1)).rows == 3);
}

TEST_CASE("a recorder may outlive its monitor") {
    std::optional<leeway::recorder> left;
    {
        monitor watch(fixture::reference(1000));
        left.emplace(watch.recorder());
    }
    const auto row = fixture::world(3)();
    const ticket made = left->record(row.features, 0.5);
    CHECK(left->label(made, 1));
}
