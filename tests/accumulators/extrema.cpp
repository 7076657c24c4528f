#include "leeway/accumulators/extrema.hpp"

#include <limits>

#include "laws/accumulator.hpp"

TEST_CASE("extrema obey the laws of accumulators") {
    static_assert(leeway::Bounded<leeway::extrema>);
    laws::accumulator([] { return leeway::extrema(); }, laws::plain_rows(3000));
    laws::accumulator([] { return leeway::extrema(); }, laws::plain_rows(3000, 1e9));
}

TEST_CASE("extrema survive hostile bytes") {
    leeway::extrema state;
    laws::hostile_bytes(state);
    state.update(-3.0);
    state.update(4.5);
    laws::hostile_bytes(state);
}

TEST_CASE("extrema are the smallest and the largest finite value") {
    leeway::extrema state;
    CHECK(state.minimum() == leeway::estimate(leeway::undefined::empty));
    CHECK(state.maximum() == leeway::estimate(leeway::undefined::empty));

    state.update(laws::not_a_number);
    state.update(-laws::infinite);
    CHECK_FALSE(state.minimum().defined());

    state.update(2.0);
    CHECK(state.minimum().value() == 2);
    CHECK(state.maximum().value() == 2);
    state.update(std::numeric_limits<double>::denorm_min());
    state.update(-std::numeric_limits<double>::max());
    CHECK(state.minimum().value() == -std::numeric_limits<double>::max());
    CHECK(state.maximum().value() == 2);
    CHECK(state.maximum().weight() == 3);
    CHECK(state.rows() == 3);
    CHECK(state.rejected().missing == 1);
    CHECK(state.rejected().non_finite == 1);
}

TEST_CASE("saved extrema that cannot be are refused") {
    leeway::extrema state;
    CHECK(laws::refused(state, "rows", std::uint64_t{1}));
    CHECK(laws::refused(state, "minimum", 1.0));
    state.update(2.0);
    CHECK_FALSE(laws::refused(state, "minimum", 1.0));
    CHECK(laws::refused(state, "rows", std::uint64_t{0}));
    CHECK(laws::refused(state, "minimum", 2.5));
    CHECK(laws::refused(state, "minimum", -laws::infinite));
    CHECK(laws::refused(state, "maximum", laws::not_a_number));
}
