#include "leeway/accumulators/scored_outcomes.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

#include "laws/accumulator.hpp"

using leeway::scored_outcomes;

namespace {

/// The rows in an order of their own: merging appends, so only their set is promised.
std::vector<double> sorted_rows(const scored_outcomes& state) {
    std::vector<std::tuple<double, double, double>> rows;
    for (std::size_t i = 0; i < state.size(); ++i) {
        rows.emplace_back(state.scores()[i], state.labels()[i],
                          state.weights().empty() ? 1.0 : state.weights()[i]);
    }
    std::sort(rows.begin(), rows.end());
    std::vector<double> out;
    for (const auto& [score, label, weight] : rows) out.insert(out.end(), {score, label, weight});
    out.push_back(static_cast<double>(state.rejected().total()));
    return out;
}

std::vector<double> total_weight(const scored_outcomes& state) {
    double sum = 0;
    for (std::size_t i = 0; i < state.size(); ++i) {
        sum += state.weights().empty() ? 1.0 : state.weights()[i];
    }
    return {sum};
}

const laws::promise<scored_outcomes> as_a_set{
    .tolerance = 1e-300, .readings = sorted_rows, .frequency_readings = total_weight};

}  // namespace

TEST_CASE("scored outcomes obey the laws of accumulators") {
    static_assert(leeway::Accumulator<scored_outcomes>);
    static_assert(!leeway::Bounded<scored_outcomes>);
    const auto make = [] { return scored_outcomes(); };
    laws::accumulator(make, laws::probability_rows(3000, false), as_a_set);
    laws::accumulator(make, laws::probability_rows(3000, true), as_a_set);
    auto rows = laws::probability_rows(3000, false);  // weights come into use half way
    for (std::size_t i = 1500; i < rows.size(); ++i) rows[i].weight = i % 2 ? 1 : 0.5;
    laws::accumulator(make, rows, as_a_set);
}

TEST_CASE("scored outcomes survive hostile bytes") {
    scored_outcomes state;
    laws::hostile_bytes(state);
    state.update({1, 0.4});
    state.update({0, -2.0});
    laws::hostile_bytes(state);
    state.update({0, 7.0, 3});
    laws::hostile_bytes(state);
}

TEST_CASE("scored outcomes keep every row in order") {
    scored_outcomes state;
    state.update({1, 0.5});
    state.update({0, -3.0});
    CHECK(state.weights().empty());
    state.update({1, 2.0, 0.25});
    state.update({1, laws::not_a_number});
    CHECK(state.size() == 3);
    CHECK(std::vector<std::int32_t>(state.labels().begin(), state.labels().end()) ==
          std::vector<std::int32_t>{1, 0, 1});
    CHECK(std::vector<double>(state.scores().begin(), state.scores().end()) ==
          std::vector<double>{0.5, -3, 2});
    CHECK(std::vector<double>(state.weights().begin(), state.weights().end()) ==
          std::vector<double>{1, 1, 0.25});
}

TEST_CASE("a weight that is refused or absent does not open a column of weights") {
    const std::vector<std::int32_t> labels{1, 0, 7, 1};
    const std::vector<double> scores{0.1, 0.2, 0.3, 0.4};
    const std::vector<double> weights{1, -1, 2, 0};
    scored_outcomes batch, singles;
    batch.update({labels, scores, weights});
    for (std::size_t i = 0; i < 4; ++i) singles.update({labels[i], scores[i], weights[i]});
    CHECK(batch == singles);
    CHECK(batch.size() == 1);
    CHECK(batch.weights().empty());
    CHECK(batch.rejected().weight == 1);
    CHECK(batch.rejected().label == 1);
}

TEST_CASE("saved outcomes that cannot be are refused") {
    scored_outcomes state;
    state.update({1, 0.5});
    state.update({0, 0.25});
    using labels = std::vector<std::int32_t>;
    using numbers = std::vector<double>;
    CHECK_FALSE(laws::refused(state, "labels", labels{0, 0}));
    CHECK(laws::refused(state, "labels", labels{0, 2}));
    CHECK(laws::refused(state, "labels", labels{0}));
    CHECK(laws::refused(state, "labels", labels{0, 0, 1}));
    CHECK(laws::refused(state, "scores", numbers{0.5, laws::not_a_number}));
    CHECK(laws::refused(state, "weights", numbers{1}));
    CHECK(laws::refused(state, "weights", numbers{1, -1}));
    CHECK(laws::refused(state, "weights", numbers{1, 0}));
    CHECK_FALSE(laws::refused(state, "weights", numbers{1, 2}));
}
