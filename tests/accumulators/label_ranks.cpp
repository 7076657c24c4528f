#include "leeway/accumulators/label_ranks.hpp"

#include <vector>

#include "laws/accumulator.hpp"

using leeway::label_ranks;

namespace {

std::vector<double> frequencies(const label_ranks& state) {
    return {state.weights().begin(), state.weights().end()};
}

}  // namespace

TEST_CASE("label ranks obey the laws of accumulators") {
    static_assert(leeway::Bounded<label_ranks>);
    static_assert(leeway::Decayable<label_ranks>);
    // Sums of squared weights tell weight 2 from the row twice, and are meant to.
    const laws::promise<label_ranks> exact{.frequency_readings = frequencies};
    for (const bool weighted : {false, true}) {
        laws::accumulator([] { return label_ranks(2); }, laws::score_rows(3000, 2, weighted),
                          exact);
        laws::accumulator([] { return label_ranks(7); }, laws::score_rows(3000, 7, weighted),
                          exact);
    }
    laws::accumulator([] { return label_ranks(3); },
                      laws::with_rough_weights(laws::score_rows(3000, 3, false)),
                      {.tolerance = 1e-12, .frequency_readings = frequencies});
}

TEST_CASE("label ranks survive hostile bytes") {
    label_ranks state(2);
    laws::hostile_bytes(state);
    const double scores[] = {1, 2};
    state.update({0, scores, 2.5});
    state.update({1, scores, 1});
    state.update({7, scores, 1});
    laws::hostile_bytes(state);
}

TEST_CASE("a label's rank, ties included") {
    label_ranks state(4);
    const double scores[] = {0.5, 2, 0.5, -1};
    const auto rank_of = [&](std::int32_t label) {
        state.reset();
        state.update({label, scores, 1});
        std::size_t rank = 0;
        while (state.weights()[rank] == 0) ++rank;
        return rank;
    };
    CHECK(rank_of(1) == 0);
    CHECK(rank_of(0) == 1);  // before class 2, with which it is tied
    CHECK(rank_of(2) == 2);
    CHECK(rank_of(3) == 3);
}

TEST_CASE("a row with another number of scores is counted") {
    label_ranks state(3);
    const std::vector<double> scores{1, 2, 3, 4};
    state.update({0, scores, 1});
    state.update({0, std::span<const double>(scores).first(2), 1});
    CHECK(state.rejected().range == 2);
    state.update({3, std::span<const double>(scores).first(3), 1});
    state.update({0, {}, 1});
    CHECK(state.rejected().label == 2);
    CHECK(state.total() == 0);
    CHECK_THROWS_AS(label_ranks(0), std::invalid_argument);
    CHECK_THROWS_AS(label_ranks(label_ranks::most_classes + 1), std::invalid_argument);
    CHECK_THROWS_AS(state.merge(label_ranks(4)), std::invalid_argument);
    CHECK_THROWS_AS(state.decay(1.5), std::invalid_argument);
}

TEST_CASE("label_ranks: decay scales every weight so far") {
    label_ranks state(3);
    for (const auto& row : laws::score_rows(100, 3, true)) state.update(row);
    label_ranks decayed = state;
    decayed.decay(0.5);
    for (std::size_t r = 0; r < 3; ++r) CHECK(decayed.weights()[r] == state.weights()[r] / 2);
    CHECK(decayed.sum_of_squared_weights() == state.sum_of_squared_weights() / 4);
}
