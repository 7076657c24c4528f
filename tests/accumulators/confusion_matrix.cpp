#include "leeway/accumulators/confusion_matrix.hpp"

#include <limits>
#include <vector>

#include "laws/accumulator.hpp"

using leeway::binary_counts;
using leeway::confusion_matrix;

namespace {

std::vector<double> frequencies(const confusion_matrix& state) {
    return {state.cells().begin(), state.cells().end()};
}

}  // namespace

TEST_CASE("confusion matrices obey the laws of accumulators") {
    static_assert(leeway::Bounded<confusion_matrix>);
    static_assert(leeway::Decayable<confusion_matrix>);
    // Sums of squared weights tell weight 2 from the row twice, and are meant to.
    const laws::promise<confusion_matrix> exact{.frequency_readings = frequencies};
    laws::accumulator([] { return confusion_matrix(); }, laws::class_rows(5000, 2, false), exact);
    laws::accumulator([] { return confusion_matrix(2); }, laws::class_rows(5000, 2, true), exact);
    laws::accumulator([] { return confusion_matrix(3); }, laws::class_rows(5000, 3, false), exact);
    laws::accumulator([] { return confusion_matrix(11); }, laws::class_rows(5000, 11, true), exact);
    // Cells are plain sums: some hundred roundings of half an ulp each.
    laws::accumulator([] { return confusion_matrix(3); },
                      laws::with_rough_weights(laws::class_rows(3000, 3, false)),
                      {.tolerance = 1e-12, .frequency_readings = frequencies});
}

TEST_CASE("confusion matrices survive hostile bytes") {
    confusion_matrix state(2);
    laws::hostile_bytes(state);
    state.update({0, 1, 2.5});
    state.update({1, 1});
    state.update({3, 1});
    laws::hostile_bytes(state);
}

TEST_CASE("a confusion matrix by hand") {
    confusion_matrix counts(3);
    counts.update({.label = 0, .prediction = 0});
    counts.update({.label = 0, .prediction = 2, .weight = 3});
    counts.update({.label = 1, .prediction = 1, .weight = 0.5});
    counts.update({.label = 2, .prediction = 1});
    CHECK(counts.classes() == 3);
    CHECK(counts.cell(0, 2) == 3);
    CHECK(counts.cell(2, 0) == 0);
    CHECK(counts.label_total(0) == 4);
    CHECK(counts.prediction_total(1) == 1.5);
    CHECK(counts.correct() == 1.5);
    CHECK(counts.total() == 5.5);
    CHECK(counts.sum_of_squared_weights() == 1 + 9 + 0.25 + 1);
    CHECK(counts.one_vs_rest(0) == binary_counts{.tp = 1, .fp = 0, .fn = 3, .tn = 1.5});
    CHECK(counts.one_vs_rest(1) == binary_counts{.tp = 0.5, .fp = 1, .fn = 0, .tn = 4});
    CHECK(counts.one_vs_rest(2) == binary_counts{.tp = 0, .fp = 3, .fn = 1, .tn = 1.5});
    CHECK_THROWS_AS(counts.cell(3, 0), std::invalid_argument);
    CHECK_THROWS_AS(counts.cell(0, 3), std::invalid_argument);
    CHECK_THROWS_AS(counts.one_vs_rest(3), std::invalid_argument);
    CHECK_THROWS_AS(confusion_matrix(0), std::invalid_argument);
    CHECK_THROWS_AS(confusion_matrix(16385), std::invalid_argument);
}

TEST_CASE("a batch with a bad label anywhere in a block equals its rows") {
    const auto good = laws::class_rows(4096, 2, false);
    constexpr auto least = std::numeric_limits<std::int32_t>::min();
    // 1 << 31 and 2 are what sums of a block could hide.
    for (const std::int32_t label : {2, -1, least, 1 << 30, 3}) {
        for (const std::size_t at : {0U, 1023U, 1024U, 2047U, 4095U}) {
            for (const bool in_prediction : {false, true}) {
                auto rows = good;
                (in_prediction ? rows[at].prediction : rows[at].label) = label;
                confusion_matrix batch, singles;
                batch.update(laws::columns(rows).view());
                for (const auto& row : rows) singles.update(row);
                CAPTURE(label, at, in_prediction);
                CHECK(batch == singles);
                CHECK(batch.rejected().label == 1);
                CHECK(batch.total() == 4095);
            }
        }
    }
}

TEST_CASE("columns of unequal length are refused before anything is counted") {
    const std::vector<std::int32_t> two{0, 1}, three{0, 1, 1};
    confusion_matrix counts;
    CHECK_THROWS_AS(counts.update({.label = two, .prediction = three}), std::invalid_argument);
    CHECK(counts == confusion_matrix());
}

TEST_CASE("matrices of different classes refuse to merge and say both") {
    confusion_matrix a(2), b(3);
    std::string said;
    try {
        a.merge(b);
    } catch (const std::invalid_argument& refusal) {
        said = refusal.what();
    }
    CHECK(said.find("3 classes into 2") != std::string::npos);
}

TEST_CASE("decay scales a confusion matrix") {
    confusion_matrix state(3), scaled(3);
    for (auto row : laws::class_rows(200, 3, true)) {
        state.update(row);
        row.weight *= 0.5;
        scaled.update(row);
    }
    state.decay(0.5);
    CHECK(state == scaled);
    CHECK_THROWS_AS(state.decay(-0.1), std::invalid_argument);
}

TEST_CASE("a saved confusion matrix that cannot be is refused") {
    const confusion_matrix state(2);
    CHECK_FALSE(laws::refused(state, "cells", std::vector<double>{1, 2, 3, 4}));
    CHECK(laws::refused(state, "cells", std::vector<double>{1, 2, -3, 4}));
    CHECK(laws::refused(state, "cells", std::vector<double>{1, 2, laws::not_a_number, 4}));
    CHECK(laws::refused(state, "cells", std::vector<double>{1, 2, 3}));
    CHECK(laws::refused(state, "classes", std::uint64_t{0}));
    CHECK(laws::refused(state, "classes", std::uint64_t{3}));
    CHECK(laws::refused(state, "classes", (std::uint64_t{1} << 63) + 2));  // its square is 4
    CHECK(laws::refused(state, "squared_weights", -1.0));
}
