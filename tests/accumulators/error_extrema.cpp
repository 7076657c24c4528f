#include "leeway/accumulators/error_extrema.hpp"

#include <cmath>

#include "laws/accumulator.hpp"

using leeway::error_extrema;

namespace {

std::vector<double> readings_of(const error_extrema& state) {
    return {state.smallest(), state.largest(), state.weight()};
}

}  // namespace

TEST_CASE("error extrema obey the laws of accumulators") {
    static_assert(leeway::Bounded<error_extrema>);
    const laws::promise<error_extrema> promised{.tolerance = 1e-15, .readings = readings_of};
    for (const bool weighted : {false, true}) {
        laws::accumulator([] { return error_extrema(); }, laws::regression_rows(1000, weighted),
                          promised);
    }
}

TEST_CASE("error extrema are the largest errors on either side") {
    error_extrema state;
    CHECK(std::isnan(state.smallest()));
    CHECK(std::isnan(state.largest()));
    state.update({.target = 1, .prediction = 3});
    state.update({.target = 2, .prediction = -5, .weight = 0.5});
    state.update({.target = 2, .prediction = -50, .weight = 0});
    CHECK(state.smallest() == -2);
    CHECK(state.largest() == 7);
    CHECK(state.weight() == 1.5);
    state.update({.target = 1.7e308, .prediction = -1.7e308});
    CHECK(state.largest() == laws::infinite);  // it overflows, and is the largest all the same
    CHECK(state.smallest() == -2);
    CHECK(state.rejected().total() == 0);
    CHECK(sizeof state == 104);
}

TEST_CASE("error extrema survive hostile bytes") {
    error_extrema state;
    laws::hostile_bytes(state);
    state.update({1, 3});
    state.update({1, -4.5, 2});
    laws::hostile_bytes(state);
    CHECK(laws::refused(state, "smallest", 100.0));
    CHECK(laws::refused(state, "largest", laws::not_a_number));
}
