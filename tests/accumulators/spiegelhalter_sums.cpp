#include "leeway/accumulators/spiegelhalter_sums.hpp"

#include <vector>

#include "laws/accumulator.hpp"

using leeway::spiegelhalter_sums;

namespace {

std::vector<double> frequencies(const spiegelhalter_sums& state) {
    return {state.weight(), state.excess(), static_cast<double>(state.rejected().total())};
}

std::vector<double> readings_of(const spiegelhalter_sums& state) {
    auto out = frequencies(state);
    out.push_back(state.variance());
    return out;
}

// The excess is a sum of both signs: what its rounding is relative to is larger than itself.
const laws::promise<spiegelhalter_sums> rounded{
    .tolerance = 1e-11, .readings = readings_of, .frequency_readings = frequencies};

}  // namespace

TEST_CASE("Spiegelhalter's sums obey the laws of accumulators") {
    static_assert(leeway::Bounded<spiegelhalter_sums>);
    for (const bool weighted : {false, true}) {
        laws::accumulator([] { return spiegelhalter_sums(); },
                          laws::probability_rows(3000, weighted), rounded);
    }
}

TEST_CASE("Spiegelhalter's sums survive hostile bytes") {
    spiegelhalter_sums state;
    state.update({1, 0.4, 2});
    state.update({0, 2.0});
    laws::hostile_bytes(state);
}

TEST_CASE("Spiegelhalter's sums are those of their definition") {
    spiegelhalter_sums state;
    state.update({1, 0.25});     // 0.75 (1 - 0.5), and 0.25 0.25 0.75
    state.update({0, 0.75, 2});  // 2 (-0.75) (-0.5), and 4 times as much
    state.update({1, 0.5});      // cannot be off
    state.update({1, 1.5});
    state.update({2, 0.5});
    CHECK(state.rows() == 3);
    CHECK(state.weight() == 4);
    CHECK(state.excess() == 0.375 + 0.75);
    CHECK(state.variance() == 5 * 0.25 * 0.25 * 0.75);
    CHECK(state.rejected().range == 1);
    CHECK(state.rejected().label == 1);
    leeway::compensated_sum below;
    below.add(-1.0);
    CHECK(laws::refused(state, "variance", below));
}
