#include "leeway/accumulators/interval_losses.hpp"

#include "laws/accumulator.hpp"

using leeway::interval_losses;

namespace {

std::vector<double> frequencies(const interval_losses& state) {
    return {state.covered(), state.width().mean(), state.miss().mean(), state.weight()};
}

std::vector<double> readings(const interval_losses& state) {
    auto out = frequencies(state);
    out.insert(out.end(), {state.width().variance(), state.miss().variance(), state.covariance(),
                           state.sum_of_squared_weights()});
    return out;
}

}  // namespace

TEST_CASE("interval losses obey the laws of accumulators") {
    static_assert(leeway::Bounded<interval_losses>);
    const laws::promise<interval_losses> promised{
        .tolerance = 1e-11, .readings = readings, .frequency_readings = frequencies};
    laws::accumulator([] { return interval_losses(); }, laws::interval_rows(3000, false), promised);
    laws::accumulator([] { return interval_losses(); }, laws::interval_rows(3000, true), promised);
}

TEST_CASE("interval losses survive hostile bytes") {
    interval_losses state;
    laws::hostile_bytes(state, 7);
    state.update({1, 0, 2, 3});
    state.update({1, 2, 0});
    laws::hostile_bytes(state, 7);
}

TEST_CASE("interval losses by hand") {
    interval_losses state;
    state.update({.target = 2, .lower = 0, .upper = 2});
    state.update({.target = 5, .lower = 1, .upper = 4, .weight = 3});
    state.update({.target = 0, .lower = 1, .upper = 0.5});
    CHECK(state.rows() == 2);
    CHECK(state.weight() == 4);
    CHECK(state.sum_of_squared_weights() == 10);
    CHECK(state.covered() == 1);
    CHECK(state.width().mean() == 11.0 / 4);
    CHECK(state.miss().mean() == 3.0 / 4);
    CHECK(state.rejected().range == 1);
    // Deviations -3/4 and 1/4 of both: (9/16 + 3/16) / (4 - 10/4) each way.
    CHECK(state.covariance() == Approx(0.5));
}

TEST_CASE("a saved state whose sums are of other rows is refused") {
    interval_losses state;
    state.update({.target = 2, .lower = 0, .upper = 2});
    leeway::weight_sum two;
    two.add_rows(2);
    CHECK(laws::refused(state, "covered", two));
    CHECK(laws::refused(state, "miss", leeway::mean_loss<leeway::loss::interval_miss>()));
}
