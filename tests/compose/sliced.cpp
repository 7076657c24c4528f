#include "leeway/compose/sliced.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <stdexcept>
#include <utility>
#include <vector>

#include "laws/accumulator.hpp"
#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "leeway/metrics/roc_auc.hpp"

using leeway::confusion_matrix;
using leeway::sliced;
using absolute = leeway::mean_loss<leeway::loss::absolute_error>;

static_assert(leeway::Bounded<sliced<confusion_matrix>> && leeway::Bounded<sliced<absolute>>);
static_assert(leeway::Accumulator<sliced<leeway::scored_outcomes>>);
static_assert(!leeway::Bounded<sliced<leeway::scored_outcomes>>);

namespace {

double held(const sliced<confusion_matrix>& state) {
    return static_cast<double>(state.rows() - state.rejected().total());
}

std::vector<double> means(const sliced<absolute>& state) {
    std::vector<double> out{static_cast<double>(state.other_rows()), state.other().mean(),
                            state.other().variance()};
    for (const auto& slice : state.slices()) {
        out.insert(out.end(), {slice.key.code(), static_cast<double>(slice.rows),
                               slice.state->mean(), slice.state->weight()});
    }
    return out;
}

}  // namespace

TEST_CASE("slices obey the laws of accumulators, with more keys than room") {
    // 60 keys in all: room for 4, for 25, for every one.
    for (const std::size_t capacity : {4U, 25U, 100U}) {
        laws::accumulator([&] { return sliced<confusion_matrix>(capacity, confusion_matrix(3)); },
                          laws::sliced_rows(laws::class_rows(3000, 3, true), 60), {.held = held});
    }
    laws::accumulator(
        [] { return sliced<absolute>(10); },
        laws::sliced_rows(laws::regression_rows(2000, true), 60),
        {.tolerance = 1e-12, .readings = means, .held = [](const sliced<absolute>& state) {
             return static_cast<double>(state.rows() - state.rejected().total());
         }});
}

TEST_CASE("slices survive hostile bytes") {
    sliced<confusion_matrix> state(2, confusion_matrix(1));
    laws::hostile_bytes(state, 7);
    for (int key = 0; key < 4; ++key) state.update(key, {.label = 0, .prediction = 0});
    laws::hostile_bytes(state, 7);
    CHECK(laws::refused(state, "used", std::uint64_t{3}));
    CHECK(laws::refused(state, "keys", std::vector<std::uint64_t>{1}));
    CHECK(laws::refused(state, "states", std::vector<confusion_matrix>(2, confusion_matrix(2))));
    CHECK(laws::refused(state, "other", confusion_matrix(2)));
    CHECK(laws::refused(state, "empty", confusion_matrix(2)));
    CHECK(laws::refused(state, "empty", state.other()));
    auto keys = std::vector<std::uint64_t>();
    for (const auto& slice : state.slices()) keys.push_back(slice.key.bits);
    CHECK_FALSE(laws::refused(state, "keys", keys));
    std::reverse(keys.begin(), keys.end());
    CHECK(laws::refused(state, "keys", keys));
}

TEST_CASE("a kept slice has every row of its key, and the children add up") {
    const auto rows = laws::sliced_rows(laws::class_rows(5000, 2, true), 200);
    std::map<std::uint64_t, confusion_matrix> apart;
    confusion_matrix everything;
    sliced<confusion_matrix> state(20);
    for (const auto& row : rows) {
        apart[row.key.bits].update(row.sample);
        everything.update(row.sample);
        state.update(row);
    }
    CHECK(state.size() == 20);
    CHECK(state.rows() == 5000);
    confusion_matrix rest;
    for (const auto& [key, alone] : apart) {
        if (const confusion_matrix* kept = state.find(leeway::slice_key(key))) {
            CHECK(*kept == alone);
        } else {
            rest.merge(alone);
        }
    }
    CHECK(state.other() == rest);
    CHECK(state.total() == everything);
    std::uint64_t in_slices = 0;
    for (const auto& slice : state.slices()) in_slices += slice.rows;
    CHECK(in_slices + state.other_rows() == 5000);
}

TEST_CASE("the kept slices do not depend on the order of rows") {
    auto rows = laws::sliced_rows(laws::class_rows(2000, 2, false), 100);
    sliced<confusion_matrix> first(10), second(10);
    for (const auto& row : rows) first.update(row);
    std::reverse(rows.begin(), rows.end());
    for (const auto& row : rows) second.update(row);
    std::sort(rows.begin(), rows.end(),
              [](const auto& a, const auto& b) { return a.key.bits < b.key.bits; });
    sliced<confusion_matrix> third(10);
    for (const auto& row : rows) third.update(row);
    CHECK(first == second);
    CHECK(first == third);
}

TEST_CASE("a slice below the least support is no figure") {
    sliced<confusion_matrix> state(8);
    for (int i = 0; i < 40; ++i) state.update(1.5, {.label = 1, .prediction = i % 4 != 0});
    for (int i = 0; i < 3; ++i) state.update(2.5, {.label = 1, .prediction = 1});
    const double nan = std::numeric_limits<double>::quiet_NaN();
    state.update(nan, {.label = 0, .prediction = 0});
    REQUIRE(state.find(nan) != nullptr);
    CHECK(state.find(nan)->total() == 1);
    CHECK(state.find(7.5) == nullptr);
    CHECK(state.slices(3).size() == 2);
    for (const auto& [key, figure] : state.read(leeway::accuracy{}, 10)) {
        if (key == leeway::slice_key(1.5)) {
            CHECK(figure.value() == 0.75);
        } else {
            CHECK(figure.reason() == leeway::undefined::too_little_data);
            CHECK(figure.weight() == (key == leeway::slice_key(2.5) ? 3 : 1));
        }
    }
    CHECK(state.read(leeway::accuracy{}).size() == 3);
}

TEST_CASE("slicing allocates nothing after construction") {
    sliced<confusion_matrix> state(8);
    const laws::allocation_span span;
    for (int key = 0; key < 500; ++key) state.update(key % 77, {.label = 1, .prediction = 1});
    CHECK(span.calls() == 0);
    CHECK(state.size() == 8);
    state.reset();
    CHECK(span.calls() == 0);
    CHECK(state == sliced<confusion_matrix>(8));
    auto copy = state;  // a copy has the room as well
    const laws::allocation_span after;
    for (int key = 0; key < 500; ++key) copy.update(key % 77, {.label = 1, .prediction = 1});
    CHECK(after.calls() == 0);
}

TEST_CASE("what cannot be sliced or merged is refused in words") {
    CHECK_THROWS_AS(sliced<confusion_matrix>(0), std::invalid_argument);
    CHECK_THROWS_AS(sliced<confusion_matrix>((1U << 20) + 1), std::invalid_argument);
    confusion_matrix used;
    used.update({.label = 1, .prediction = 1});
    CHECK_THROWS_AS(sliced<confusion_matrix>(4, used), std::invalid_argument);
    sliced<confusion_matrix> state(4);
    CHECK_THROWS_AS(state.merge(sliced<confusion_matrix>(5)), std::invalid_argument);
    CHECK_THROWS_AS(state.merge(sliced<confusion_matrix>(4, confusion_matrix(3))),
                    std::invalid_argument);
    const std::vector<leeway::slice_key> keys{1, 2};
    const std::vector<std::int32_t> ones{1, 1, 1};
    CHECK_THROWS_AS(state.update({.keys = keys, .samples = {.label = ones, .prediction = ones}}),
                    std::invalid_argument);
    CHECK(sliced<confusion_matrix>::kind == "sliced_confusion_matrix");
}

TEST_CASE("slices are read by any metric of their state") {
    leeway::sliced<leeway::scored_outcomes> areas(4);
    for (int i = 0; i < 40; ++i) {
        areas.update(leeway::slice_key(static_cast<double>(i % 2)),
                     {.label = i / 2 % 2, .score = static_cast<double>(i * i % 17)});
    }
    const auto figures = areas.read(leeway::roc_auc{});
    REQUIRE(figures.size() == 2);
    for (const auto& [key, figure] : figures) {
        CHECK(figure == leeway::roc_auc{}(*areas.find(key)));
        CHECK(figure.has_interval());
    }
}
