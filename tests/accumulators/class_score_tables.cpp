#include "leeway/accumulators/class_score_tables.hpp"

#include <vector>

#include "laws/accumulator.hpp"

using leeway::class_score_tables;
using leeway::log_linear_layout;

namespace {

constexpr log_linear_layout small{2, -4, 1, true};

laws::promise<class_score_tables> promised(double tolerance) {
    return {.tolerance = tolerance, .held = [](const class_score_tables& state) {
                const auto table = state.one_vs_rest(0);
                return table.negatives().total() + table.positives().total();
            }};
}

}  // namespace

TEST_CASE("class score tables obey the laws of accumulators") {
    static_assert(leeway::Bounded<class_score_tables>);
    for (const bool by_pair : {false, true}) {
        laws::accumulator([&] { return class_score_tables(3, by_pair, small); },
                          laws::score_rows(1000, 3, by_pair), promised(0));
    }
    laws::accumulator([] { return class_score_tables(2, true, small); },
                      laws::with_rough_weights(laws::score_rows(1000, 2, false)), promised(1e-12));
}

TEST_CASE("class score tables survive hostile bytes") {
    class_score_tables state(2, false, log_linear_layout{0, -1, 0, false});
    const double scores[] = {0.25, 0.75};
    state.update({1, scores, 2});
    laws::hostile_bytes(state, 9);
}

TEST_CASE("each class's scores are kept by the label of the row") {
    class_score_tables pairs(3, true, small), rest(3, false, small);
    const double first[] = {0.7, 0.2, 0.1};
    const double second[] = {0.1, 0.6, 0.3};
    for (class_score_tables* const state : {&pairs, &rest}) {
        state->update({0, first, 2});
        state->update({1, second, 1});
        state->update({2, second, 3});
    }
    for (std::size_t c = 0; c < 3; ++c) CHECK(pairs.one_vs_rest(c) == rest.one_vs_rest(c));
    const auto of_zero = pairs.one_vs_rest(0);
    CHECK(of_zero.positives().cells()[small.index(0.7)] == 2);
    CHECK(of_zero.negatives().cells()[small.index(0.1)] == 4);
    const auto pair = pairs.one_vs_one(1, 2);
    CHECK(pair.positives().cells()[small.index(0.6)] == 1);
    CHECK(pair.negatives().cells()[small.index(0.6)] == 3);
    CHECK(pair.negatives().total() == 3);
    CHECK_THROWS_AS(rest.one_vs_one(0, 1), std::invalid_argument);
    CHECK_THROWS_AS(pairs.one_vs_rest(3), std::invalid_argument);
}

TEST_CASE("class score tables: rows and states that do not fit") {
    class_score_tables state(3, true, small);
    const std::vector<double> scores{1, 2, 3, 4};
    state.update({0, scores, 1});
    CHECK(state.rejected().range == 1);
    CHECK_THROWS_AS(class_score_tables(1), std::invalid_argument);
    CHECK_THROWS_AS(state.merge(class_score_tables(2, true, small)), std::invalid_argument);
    CHECK_THROWS_AS(state.merge(class_score_tables(3, false, small)), std::invalid_argument);
    CHECK_THROWS_AS(state.merge(class_score_tables(3)), std::invalid_argument);
}
