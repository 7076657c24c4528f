#include "leeway/accumulators/bounded_mean.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

#include "laws/accumulator.hpp"

using leeway::bounded_mean;

TEST_CASE("bounded means obey the laws of accumulators") {
    static_assert(leeway::Bounded<bounded_mean>);
    const laws::promise<bounded_mean> rounded{
        .tolerance = 1e-13, .readings = [](const bounded_mean& state) {
            return std::vector<double>{state.mean(), state.unit_sum(), state.unit_squares(),
                                       static_cast<double>(state.rows())};
        }};
    laws::accumulator([] { return bounded_mean(-10, 10); }, laws::plain_rows(3000), rounded);
    std::vector<leeway::plain_value> flags;
    for (const auto& row : laws::plain_rows(3000)) flags.emplace_back(row.value > 1 ? 1.0 : 0.0);
    laws::accumulator([] { return bounded_mean(); }, flags);
}

TEST_CASE("bounded means survive hostile bytes") {
    bounded_mean state(-1, 1);
    laws::hostile_bytes(state);
    state.update(0.25);
    state.update(-0.75);
    state.update(3);
    laws::hostile_bytes(state);
}

TEST_CASE("a bounded mean by hand") {
    bounded_mean state(-1, 3);
    CHECK(std::isnan(state.mean()));
    for (const double value : {-1.0, 3.0, 0.0, 1.0}) state.update(value);
    CHECK(state.rows() == 4);
    CHECK(state.unit_sum() == 0 + 1 + 0.25 + 0.5);
    CHECK(state.unit_squares() == 0 + 1 + 0.0625 + 0.25);
    CHECK(state.mean() == 0.75);
    CHECK(state.value_at(0.5) == 1);
    CHECK(state.unit_of(1) == 0.5);
    state.update(std::nextafter(3.0, 4.0));
    state.update(std::nextafter(-1.0, -2.0));
    CHECK(state.rejected().range == 2);
    CHECK(state.rows() == 4);
}

TEST_CASE("a bounded mean refuses what cannot be") {
    CHECK_THROWS_AS(bounded_mean(1, 1), std::invalid_argument);
    CHECK_THROWS_AS(bounded_mean(1, 0), std::invalid_argument);
    CHECK_THROWS_AS(bounded_mean(laws::not_a_number, 1), std::invalid_argument);
    CHECK_THROWS_AS(bounded_mean(0, laws::infinite), std::invalid_argument);
    CHECK_THROWS_AS(bounded_mean(-1.7e308, 1.7e308), std::invalid_argument);
    bounded_mean state;
    CHECK_THROWS_AS(state.merge(bounded_mean(0, 2)), std::invalid_argument);
    state.update(0.5);
    leeway::compensated_sum two;
    two.add(2);
    CHECK(laws::refused(state, "sum", two));
    CHECK(laws::refused(state, "squares", two));
    CHECK(laws::refused(state, "rows", std::uint64_t{0}));
    CHECK(laws::refused(state, "high", 0.0));
    CHECK(laws::refused(state, "low", laws::not_a_number));
}
