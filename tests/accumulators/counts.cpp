#include "leeway/accumulators/counts.hpp"

#include <limits>

#include "laws/accumulator.hpp"

TEST_CASE("counts obey the laws of accumulators") {
    static_assert(leeway::Bounded<leeway::counts>);
    laws::accumulator([] { return leeway::counts(); }, laws::plain_rows(3000));
}

TEST_CASE("counts survive hostile bytes") {
    leeway::counts state;
    state.update(laws::not_a_number);
    state.update(1.0);
    laws::hostile_bytes(state);
}

TEST_CASE("counts tell missing, non-finite and valid values apart") {
    leeway::counts state;
    state.update({std::vector<double>{1, 0.0, -0.0, std::numeric_limits<double>::denorm_min(),
                                      std::numeric_limits<double>::max()}});
    state.update({std::vector<double>{laws::not_a_number, -laws::not_a_number, laws::infinite,
                                      -laws::infinite, -laws::infinite}});
    CHECK(state.n() == 10);
    CHECK(state.valid() == 5);
    CHECK(state.missing() == 2);
    CHECK(state.non_finite() == 3);
}

TEST_CASE("saved counts that cannot be are refused") {
    leeway::counts state;
    state.update(1.0);
    state.update(2.0);
    CHECK_FALSE(laws::refused(state, "missing", std::uint64_t{2}));
    CHECK(laws::refused(state, "missing", std::uint64_t{3}));
    CHECK(laws::refused(state, "non_finite", ~std::uint64_t{0}));
}
