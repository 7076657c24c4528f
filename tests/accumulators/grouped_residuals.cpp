#include "leeway/accumulators/grouped_residuals.hpp"

#include <vector>

#include "laws/accumulator.hpp"

using leeway::grouped_residuals;

static_assert(leeway::Bounded<grouped_residuals>);

namespace {

double held(const grouped_residuals& state) {
    return static_cast<double>(state.rows() + state.unknown_groups());
}

std::vector<double> sums(const grouped_residuals& state) {
    std::vector<double> all;
    for (const auto& group : state.groups()) {
        all.insert(all.end(), {group.weight(), group.sum_of_squared_deviations(),
                               1 + group.mean().value_or(0)});  // near 0 it is a difference
    }
    return all;
}

}  // namespace

TEST_CASE("grouped residuals obey the laws of accumulators") {
    const auto make = [] { return grouped_residuals(3); };
    const laws::promise<grouped_residuals> promised{
        .tolerance = 1e-13, .readings = sums, .held = held};
    // Of four groups one is unknown.
    laws::accumulator(make, laws::grouped_probability_rows(3000, 4, false), promised);
    laws::accumulator(make, laws::grouped_probability_rows(3000, 4, true), promised);
    laws::accumulator(make, laws::with_rough_weights(laws::grouped_probability_rows(3000, 4, true)),
                      promised);
}

TEST_CASE("grouped residuals survive hostile bytes") {
    grouped_residuals state(1);
    state.update({.group = 0, .label = 1, .score = 0.25});
    state.update({.group = 0, .label = 0, .score = 0.5, .weight = 2.5});
    state.update({.group = 1, .label = 0, .score = 0.5});
    laws::hostile_bytes(state, 3);
    CHECK(laws::refused(state, "groups", std::vector<leeway::moments>()));
    leeway::moments refusing;
    refusing.update({laws::not_a_number});
    CHECK(laws::refused(state, "groups", std::vector<leeway::moments>{refusing}));
}

TEST_CASE("residuals are score less label, by group") {
    grouped_residuals state(2);
    state.update({.group = 1, .label = 1, .score = 0.25, .weight = 3});
    state.update({.group = 1, .label = 0, .score = 0.25});
    state.update({.group = 2, .label = 0, .score = 0.25});
    CHECK(state.groups()[1].mean().value() == -0.5);
    CHECK(state.groups()[1].weight() == 4);
    CHECK(state.groups()[0].rows() == 0);
    CHECK(state.unknown_groups() == 1);
    CHECK(state.total() == 4);
    grouped_residuals three(3);
    CHECK_THROWS_AS(state.merge(three), std::invalid_argument);
    CHECK_THROWS_AS(grouped_residuals(0), std::invalid_argument);
}
