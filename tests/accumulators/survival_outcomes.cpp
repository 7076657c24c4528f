#include "leeway/accumulators/survival_outcomes.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "laws/accumulator.hpp"

using leeway::survival_outcomes;

namespace {

/// The rows in an order of their own: merging appends, so only their set is promised.
std::vector<double> sorted_rows(const survival_outcomes& state) {
    std::vector<std::array<double, 4>> rows;
    for (std::size_t i = 0; i < state.size(); ++i) {
        const auto row = state[i];
        rows.push_back({row.time, static_cast<double>(row.event), row.risk, row.weight});
    }
    std::sort(rows.begin(), rows.end());
    std::vector<double> out;
    for (const auto& row : rows) out.insert(out.end(), row.begin(), row.end());
    out.push_back(static_cast<double>(state.rejected().total()));
    return out;
}

std::vector<double> weight_alone(const survival_outcomes& state) {
    return {state.total_weight().value()};
}

const laws::promise<survival_outcomes> as_a_set{
    .tolerance = 1e-300, .readings = sorted_rows, .frequency_readings = weight_alone};

}  // namespace

TEST_CASE("survival outcomes obey the laws of accumulators") {
    static_assert(leeway::Accumulator<survival_outcomes>);
    static_assert(!leeway::Bounded<survival_outcomes>);
    const auto make = [] { return survival_outcomes(); };
    laws::accumulator(make, laws::survival_rows(3000, false), as_a_set);
    laws::accumulator(make, laws::survival_rows(3000, true), as_a_set);
}

TEST_CASE("survival outcomes survive hostile bytes") {
    survival_outcomes state;
    laws::hostile_bytes(state);
    state.update({1, 1, 0.4});
    state.update({0.5, 0, -2.0});
    laws::hostile_bytes(state);
    state.update({0, 1, 7.0, 3});
    laws::hostile_bytes(state);
}

TEST_CASE("saved survival outcomes that cannot be are refused") {
    survival_outcomes state;
    state.update({1, 1, 0.5});
    state.update({2, 0, 0.25});
    using numbers = std::vector<double>;
    using integers = std::vector<std::int32_t>;
    CHECK_FALSE(laws::refused(state, "times", numbers{3, 0}));
    CHECK(laws::refused(state, "times", numbers{3}));
    CHECK(laws::refused(state, "times", numbers{3, -1}));
    CHECK(laws::refused(state, "events", integers{1, 2}));
    CHECK(laws::refused(state, "events", integers{1}));
    CHECK(laws::refused(state, "risks", numbers{0, laws::infinite}));
    CHECK(laws::refused(state, "weights", numbers{1}));
    CHECK(laws::refused(state, "weights", numbers{1, 0}));
    CHECK_FALSE(laws::refused(state, "weights", numbers{1, 2}));
}

TEST_CASE("columns of unequal length are no survival outcomes") {
    const std::vector<double> two{1, 2}, one{1};
    const std::vector<std::int32_t> events{1, 0}, event{1};
    survival_outcomes state;
    CHECK_THROWS_AS(state.update({two, event, two}), std::invalid_argument);
    CHECK_THROWS_AS(state.update({two, events, one}), std::invalid_argument);
    CHECK_THROWS_AS(state.update({two, events, two, one}), std::invalid_argument);
    state.update({two, events, two});
    CHECK(state.size() == 2);
}
