#include "leeway/accumulators/paired_values.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

#include "laws/accumulator.hpp"

using leeway::paired_values;

namespace {

/// The rows in an order of their own: merging appends, so only their set is promised.
std::vector<double> sorted_rows(const paired_values& state) {
    std::vector<std::tuple<double, double, double>> rows;
    for (std::size_t i = 0; i < state.size(); ++i) {
        rows.emplace_back(state.predictions()[i], state.targets()[i],
                          state.weights().empty() ? 1.0 : state.weights()[i]);
    }
    std::sort(rows.begin(), rows.end());
    std::vector<double> out;
    for (const auto& [prediction, target, weight] : rows)
        out.insert(out.end(), {prediction, target, weight});
    out.push_back(static_cast<double>(state.rejected().total()));
    return out;
}

std::vector<double> total_weight(const paired_values& state) {
    double sum = 0;
    for (std::size_t i = 0; i < state.size(); ++i) {
        sum += state.weights().empty() ? 1.0 : state.weights()[i];
    }
    return {sum};
}

const laws::promise<paired_values> as_a_set{
    .tolerance = 1e-300, .readings = sorted_rows, .frequency_readings = total_weight};

}  // namespace

TEST_CASE("paired values obey the laws of accumulators") {
    static_assert(leeway::Accumulator<paired_values>);
    static_assert(!leeway::Bounded<paired_values>);
    const auto make = [] { return paired_values(); };
    laws::accumulator(make, laws::regression_rows(3000, false), as_a_set);
    laws::accumulator(make, laws::regression_rows(3000, true), as_a_set);
    auto rows = laws::regression_rows(3000, false);  // weights come into use half way
    for (std::size_t i = 1500; i < rows.size(); ++i) rows[i].weight = i % 2 ? 1 : 0.5;
    laws::accumulator(make, rows, as_a_set);
}

TEST_CASE("paired values survive hostile bytes") {
    paired_values state;
    laws::hostile_bytes(state);
    state.update({1, 0.4});
    state.update({0.5, -2.0});
    laws::hostile_bytes(state);
    state.update({0, 7.0, 3});
    laws::hostile_bytes(state);
}

TEST_CASE("paired values keep every row in order") {
    paired_values state;
    state.update({1, 0.5});
    state.update({0.25, -3.0});
    CHECK(state.weights().empty());
    CHECK(state.total_weight().value() == 2);
    state.update({4, 2.0, 0.25});
    state.update({1, laws::not_a_number});
    CHECK(state.size() == 3);
    CHECK(state[1].target == 0.25);
    CHECK(state[1].prediction == -3);
    CHECK(state[1].weight == 1);
    CHECK(state[2].weight == 0.25);
    CHECK(state.total_weight().value() == 2.25);
    CHECK(state.total_weight().squares() == 2.0625);
    CHECK(state.rejected().missing == 1);
}

TEST_CASE("a weight that is refused or absent does not open a column of weights of pairs") {
    const std::vector<double> targets{1, 0, laws::infinite, 1};
    const std::vector<double> predictions{0.1, 0.2, 0.3, 0.4};
    const std::vector<double> weights{1, -1, 2, 0};
    paired_values batch, singles;
    batch.update({targets, predictions, weights});
    for (std::size_t i = 0; i < 4; ++i) singles.update({targets[i], predictions[i], weights[i]});
    CHECK(batch == singles);
    CHECK(batch.size() == 1);
    CHECK(batch.weights().empty());
}

TEST_CASE("saved pairs that cannot be are refused") {
    paired_values state;
    state.update({1, 0.5});
    state.update({0, 0.25});
    using numbers = std::vector<double>;
    CHECK_FALSE(laws::refused(state, "targets", numbers{0, 0}));
    CHECK(laws::refused(state, "targets", numbers{0}));
    CHECK(laws::refused(state, "targets", numbers{0, laws::infinite}));
    CHECK(laws::refused(state, "predictions", numbers{0.5, laws::not_a_number}));
    CHECK(laws::refused(state, "weights", numbers{1}));
    CHECK(laws::refused(state, "weights", numbers{1, 0}));
    CHECK_FALSE(laws::refused(state, "weights", numbers{1, 2}));
}
