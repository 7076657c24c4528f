#include "leeway/accumulators/absolute_totals.hpp"

#include "laws/accumulator.hpp"

using leeway::absolute_totals;

namespace {

std::vector<double> readings_of(const absolute_totals& state) {
    return {state.weight(), state.sums().above(), state.sums().below()};
}

}  // namespace

TEST_CASE("absolute totals obey the laws of accumulators") {
    static_assert(leeway::Bounded<absolute_totals>);
    const laws::promise<absolute_totals> promised{.tolerance = 1e-14, .readings = readings_of};
    for (const bool weighted : {false, true}) {
        laws::accumulator([] { return absolute_totals(); }, laws::regression_rows(1000, weighted),
                          promised);
    }
}

TEST_CASE("absolute totals add the sizes of errors and targets") {
    absolute_totals state;
    state.update({.target = -4, .prediction = 1});
    state.update({.target = 2, .prediction = 3, .weight = 2});
    CHECK(state.sums().above() == 7);
    CHECK(state.sums().below() == 8);
    state.update({.target = 1.7e308, .prediction = -1.7e308});
    CHECK(state.sums().above() == laws::infinite);
    CHECK(state.rejected().total() == 0);
    const absolute_totals copy = state;
    CHECK(copy == state);
    CHECK(sizeof state == 168);
}

TEST_CASE("absolute totals survive hostile bytes") {
    absolute_totals state;
    laws::hostile_bytes(state, 7);
    state.update({1, 3});
    state.update({1, -4.5, 2});
    laws::hostile_bytes(state, 7);
}
