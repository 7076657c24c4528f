#include "leeway/accumulators/grouped_counts.hpp"

#include <vector>

#include "laws/accumulator.hpp"

using leeway::grouped_counts;

static_assert(leeway::Bounded<grouped_counts>);

namespace {

double held(const grouped_counts& state) {
    return static_cast<double>(state.rows() + state.unknown_groups());
}

std::vector<double> weights_of(const grouped_counts& state) {
    std::vector<double> all;
    for (const auto& group : state.groups()) {
        const auto w = group.weights();
        all.insert(all.end(), {w.tp, w.fp, w.fn, w.tn});
    }
    return all;
}

std::vector<double> readings(const grouped_counts& state) {
    auto all = weights_of(state);
    for (const auto& group : state.groups()) {
        const auto w = group.squared_weights();
        all.insert(all.end(), {w.tp, w.fp, w.fn, w.tn, static_cast<double>(group.rows())});
    }
    return all;
}

}  // namespace

TEST_CASE("grouped counts obey the laws of accumulators") {
    const auto make = [] { return grouped_counts(4); };
    // Of five groups one is unknown. Unit weights are counted, quarters add up exactly.
    laws::accumulator(make, laws::grouped_rows(3000, 5, false),
                      {.frequency_readings = weights_of, .held = held});
    laws::accumulator(make, laws::grouped_rows(3000, 5, true),
                      {.frequency_readings = weights_of, .held = held});
    laws::accumulator(
        make, laws::with_rough_weights(laws::grouped_rows(3000, 5, true)),
        {.tolerance = 1e-14, .readings = readings, .frequency_readings = weights_of, .held = held});
}

TEST_CASE("grouped counts survive hostile bytes") {
    grouped_counts state(1);
    state.update({.group = 0, .label = 1, .prediction = 1});
    state.update({.group = 0, .label = 0, .prediction = 1, .weight = 2.5});
    state.update({.group = 1, .label = 0, .prediction = 1});
    laws::hostile_bytes(state, 3);
    CHECK(laws::refused(state, "groups", std::vector<leeway::group_table>()));
}

TEST_CASE("each row is in its group's cell, or counted apart") {
    grouped_counts state(2);
    state.update({.group = 1, .label = 1, .prediction = 0, .weight = 2});
    state.update({.group = 1, .label = 1, .prediction = 0, .weight = 3});
    state.update({.group = 0, .label = 0, .prediction = 1});
    state.update({.group = 2, .label = 0, .prediction = 1});
    state.update({.group = -1, .label = 0, .prediction = 1});
    CHECK(state.groups()[1].weights() == leeway::binary_counts{0, 0, 5, 0});
    CHECK(state.groups()[1].squared_weights() == leeway::binary_counts{0, 0, 13, 0});
    CHECK(state.groups()[0].weights() == leeway::binary_counts{0, 1, 0, 0});
    CHECK(state.unknown_groups() == 2);
    CHECK(state.rows() == 3);
    CHECK(state.total() == 6);
    CHECK(state.rejected().total() == 0);
}

TEST_CASE("grouped counts of other groups do not merge") {
    grouped_counts two, three(3);
    CHECK_THROWS_AS(two.merge(three), std::invalid_argument);
    CHECK_THROWS_AS(grouped_counts(0), std::invalid_argument);
    CHECK_THROWS_AS(grouped_counts(65537), std::invalid_argument);
}
