#include "leeway/accumulators/paired_decisions.hpp"

#include <limits>
#include <vector>

#include "laws/accumulator.hpp"

using leeway::paired_cell;
using leeway::paired_decisions;

namespace {

/// The squared weights tell weight 2 from the row twice, and so does the number of rows.
std::vector<double> frequencies(const paired_decisions& state) {
    return {state.both_right(), state.only_first_right(), state.only_second_right(),
            state.both_wrong(), state.flips()};
}

}  // namespace

TEST_CASE("paired decisions obey the laws of accumulators") {
    static_assert(leeway::Bounded<paired_decisions>);
    const laws::promise<paired_decisions> exact{.frequency_readings = frequencies};
    for (const bool weighted : {false, true}) {
        laws::accumulator([] { return paired_decisions(); }, laws::paired_rows(3000, 2, weighted),
                          exact);
        laws::accumulator([] { return paired_decisions(4); }, laws::paired_rows(3000, 4, weighted),
                          exact);
    }
    // What is compared are the sums: how their rounding is split into two doubles depends on order.
    const auto read = [](const paired_decisions& state) {
        auto values = frequencies(state);
        values.push_back(state.sum_of_squared_weights());
        return values;
    };
    laws::accumulator([] { return paired_decisions(4); },
                      laws::with_rough_weights(laws::paired_rows(3000, 4, false)),
                      {.tolerance = 1e-15, .readings = read, .frequency_readings = frequencies});
}

TEST_CASE("paired decisions survive hostile bytes") {
    paired_decisions state(3);
    laws::hostile_bytes(state, 7);
    state.update({0, 1, 2, 2.5});
    state.update({1, 1, 1});
    state.update({3, 1, 1});
    laws::hostile_bytes(state, 7);
    CHECK(laws::refused(state, "classes", std::uint64_t{0}));
    CHECK(laws::refused(state, "classes", std::uint64_t{1} << 31));
    CHECK(laws::refused(state, "classes", std::uint64_t{2}));  // two wrong ways need a third class
}

TEST_CASE("paired decisions by hand") {
    paired_decisions state(3);
    state.update({.label = 0, .first = 0, .second = 0});
    state.update({.label = 0, .first = 0, .second = 1, .weight = 3});
    state.update({.label = 1, .first = 0, .second = 1, .weight = 0.5});
    state.update({.label = 2, .first = 2, .second = 1});
    state.update({.label = 2, .first = 1, .second = 1, .weight = 4});
    state.update({.label = 2, .first = 0, .second = 1, .weight = 8});
    CHECK(state.both_right() == 1);
    CHECK(state.only_first_right() == 4);
    CHECK(state.only_second_right() == 0.5);
    CHECK(state.both_wrong() == 12);
    CHECK(state.flips() == 12.5);
    CHECK(state.rows() == 6);
    CHECK(state.weight() == 17.5);
    CHECK(state.sum_of_squared_weights() == 1 + 9 + 0.25 + 1 + 16 + 64);
    CHECK(state.cell(paired_cell::only_first_right).rows() == 2);
    CHECK(state.cell(paired_cell::only_first_right).squares() == 10);
    CHECK(state.cell(paired_cell::both_wrong_alike).value() == 4);
    CHECK(state.cell(paired_cell::both_wrong_apart).value() == 8);
    CHECK_THROWS_AS(state.merge(paired_decisions(2)), std::invalid_argument);
    CHECK_THROWS_AS(paired_decisions(0), std::invalid_argument);
    CHECK_THROWS_AS(paired_decisions(paired_decisions::most_classes + 1), std::invalid_argument);
}

TEST_CASE("exchanging the models exchanges who alone was right") {
    paired_decisions one(4), other(4);
    for (const auto& row : laws::paired_rows(500, 4, true)) {
        one.update(row);
        other.update({row.label, row.second, row.first, row.weight});
    }
    CHECK(one.only_first_right() == other.only_second_right());
    CHECK(one.only_second_right() == other.only_first_right());
    CHECK(one.both_right() == other.both_right());
    CHECK(one.both_wrong() == other.both_wrong());
    CHECK(one.flips() == other.flips());
}
