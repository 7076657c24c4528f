#include "leeway/accumulators/class_scores.hpp"

#include <algorithm>

#include "laws/row_samples.hpp"
// After the rows that it is to know.
#include "laws/accumulator.hpp"

using leeway::class_scores;
using leeway::probability_row;

namespace {

/// The rows in an order of their own: merging appends, so only their set is promised.
std::vector<double> sorted_rows(const class_scores& state) {
    std::vector<std::vector<double>> rows;
    for (std::size_t i = 0; i < state.size(); ++i) {
        const probability_row row = state[i];
        rows.emplace_back(row.scores.begin(), row.scores.end());
        rows.back().push_back(row.label);
        rows.back().push_back(row.weight);
    }
    std::sort(rows.begin(), rows.end());
    std::vector<double> out{static_cast<double>(state.rejected().total())};
    for (const auto& row : rows) out.insert(out.end(), row.begin(), row.end());
    return out;
}

std::vector<double> total_weight(const class_scores& state) {
    double sum = 0;
    for (std::size_t i = 0; i < state.size(); ++i) sum += state[i].weight;
    return {sum};
}

const laws::promise<class_scores> as_a_set{
    .tolerance = 1e-300, .readings = sorted_rows, .frequency_readings = total_weight};

}  // namespace

TEST_CASE("class scores obey the laws of accumulators") {
    static_assert(leeway::Accumulator<class_scores>);
    static_assert(!leeway::Bounded<class_scores>);
    const auto make = [] { return class_scores(3); };
    laws::accumulator(make, laws::class_probability_rows(2000, 3, false), as_a_set);
    laws::accumulator(make, laws::class_probability_rows(2000, 3, true), as_a_set);
}

TEST_CASE("class scores survive hostile bytes") {
    class_scores state;
    laws::hostile_bytes(state);
    const double scores[] = {0.25, 0.75};
    state.update({1, scores});
    state.update({0, scores, 3});
    laws::hostile_bytes(state);
}

TEST_CASE("class scores are given back, and one class against the rest is read from them") {
    class_scores state(3);
    const double first[] = {0.5, 0.25, 0.25};
    const double second[] = {-7, 2, 1e9};  // not probabilities
    state.update({2, first});
    state.update({0, second, 2});
    REQUIRE(state.size() == 2);
    CHECK(state.classes() == 3);
    CHECK(state[1].scores[2] == 1e9);
    CHECK(state[0].weight == 1);
    const auto last = state.one_vs_rest(2);
    CHECK(std::vector(last.labels().begin(), last.labels().end()) ==
          std::vector<std::int32_t>{1, 0});
    CHECK(last.scores()[1] == 1e9);
    CHECK(last.weights()[1] == 2);
    CHECK_THROWS_AS(state.one_vs_rest(3), std::invalid_argument);
}

TEST_CASE("another number of scores or classes is refused") {
    class_scores state(3);
    const double two[] = {0.5, 0.5};
    state.update({0, two});
    CHECK(state.rejected().range == 1);
    CHECK(state.size() == 0);
    const std::vector<std::int32_t> label{0};
    CHECK_THROWS_AS(state.update(probability_row::columns{.label = label, .scores = two}),
                    std::invalid_argument);
    CHECK_THROWS_AS(state.merge(class_scores(2)), std::invalid_argument);
    CHECK_THROWS_AS(class_scores(1), std::invalid_argument);
    CHECK(laws::refused(class_scores(3), "classes", std::uint64_t{1}));
}
