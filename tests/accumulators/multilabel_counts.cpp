#include "leeway/accumulators/multilabel_counts.hpp"

#include <array>
#include <vector>

#include "laws/accumulator.hpp"

using leeway::binary_counts;
using leeway::moments;
using leeway::multilabel_counts;

namespace {

/// What a user reads. The squared weights tell weight 2 from the row twice, and are meant to.
std::vector<double> frequencies(const multilabel_counts& state) {
    std::vector<double> values;
    for (std::size_t l = 0; l < state.labels(); ++l) {
        const binary_counts one = state.of_label(l);
        for (const double count : {one.tp, one.fp, one.fn, one.tn}) values.push_back(count);
    }
    for (const double product : state.products()) values.push_back(product);
    values.push_back(state.weight());
    values.push_back(state.exact());
    for (const moments* figure : {&state.row_precision(), &state.row_recall(), &state.row_f1(),
                                  &state.row_jaccard(), &state.row_wrong()}) {
        values.push_back(figure->weight());
        values.push_back(figure->mean().value_or(0));
        values.push_back(figure->sum_of_squared_deviations());
    }
    return values;
}

std::vector<double> readings(const multilabel_counts& state) {
    std::vector<double> values = frequencies(state);
    values.push_back(state.sum_of_squared_weights());
    return values;
}

}  // namespace

TEST_CASE("multilabel counts obey the laws of accumulators") {
    static_assert(leeway::Bounded<multilabel_counts>);
    // Thirds and fifths of a row are rounded, so sums of them in another order are too.
    const laws::promise<multilabel_counts> nearly{
        .tolerance = 1e-13, .readings = readings, .frequency_readings = frequencies};
    for (const bool weighted : {false, true}) {
        laws::accumulator([] { return multilabel_counts(1); },
                          laws::label_set_rows(3000, 1, weighted), nearly);
        laws::accumulator([] { return multilabel_counts(5); },
                          laws::label_set_rows(3000, 5, weighted), nearly);
    }
    laws::accumulator(
        [] { return multilabel_counts(3); },
        laws::with_rough_weights(laws::label_set_rows(3000, 3, false)),
        {.tolerance = 1e-12, .readings = readings, .frequency_readings = frequencies});
}

TEST_CASE("multilabel counts survive hostile bytes") {
    multilabel_counts state(2);
    const std::int32_t truth[] = {1, 0}, predicted[] = {1, 1};
    state.update({truth, predicted, 2.5});
    state.update({predicted, predicted, 1});
    state.update({truth, truth, -1});
    laws::hostile_bytes(state, 37);
    CHECK(laws::refused(state, "cells", std::vector<double>{1, 2, 3}));
    CHECK(laws::refused(state, "cells", std::vector<double>{}));
    CHECK(laws::refused(state, "cells", std::vector<double>{1, 2, -3, 4}));
    CHECK(laws::refused(state, "precision", moments(0.5)));
    CHECK(laws::refused(state, "all", leeway::weight_sum()));
}

TEST_CASE("multilabel counts by hand") {
    multilabel_counts state(3);
    const std::vector<std::int32_t> truth{1, 0, 1, /**/ 0, 0, 0, /**/ 0, 0, 0, /**/ 1, 1, 0};
    const std::vector<std::int32_t> guess{1, 1, 0, /**/ 0, 0, 0, /**/ 0, 0, 1, /**/ 1, 1, 0};
    const std::vector<double> weight{2, 1, 4, 0.5};
    state.update({3, truth, guess, weight});
    CHECK(state.labels() == 3);
    CHECK(state.rows() == 4);
    CHECK(state.weight() == 7.5);
    CHECK(state.sum_of_squared_weights() == 4 + 1 + 16 + 0.25);
    CHECK(state.of_label(0) == binary_counts{.tp = 2.5, .fp = 0, .fn = 0, .tn = 5});
    CHECK(state.of_label(1) == binary_counts{.tp = 0.5, .fp = 2, .fn = 0, .tn = 5});
    CHECK(state.of_label(2) == binary_counts{.tp = 0, .fp = 4, .fn = 2, .tn = 1.5});
    CHECK(state.pooled() == binary_counts{.tp = 3, .fp = 6, .fn = 2, .tn = 11.5});
    CHECK(state.exact() == 1.5);
    // Rows of (tp, fp, fn): (1, 1, 1), (0, 0, 0), (0, 1, 0), (2, 0, 0).
    CHECK(state.products() == std::array<double, 6>{2 + 2, 2, 2, 2 + 4, 2, 2});
    CHECK(state.row_precision().weight() == 6.5);  // the second row predicts nothing
    CHECK(state.row_precision().mean().value() == Approx((2 * 0.5 + 4 * 0 + 0.5 * 1) / 6.5));
    CHECK(state.row_recall().weight() == 2.5);  // two rows have no label
    CHECK(state.row_recall().mean().value() == Approx((2 * 0.5 + 0.5 * 1) / 2.5));
    CHECK(state.row_f1().mean().value() == Approx((2 * 0.5 + 0.5) / 6.5));
    CHECK(state.row_jaccard().mean().value() == Approx((2.0 / 3 + 0.5) / 6.5));
    CHECK(state.row_wrong().mean().value() == Approx((2 * 2.0 / 3 + 4.0 / 3) / 7.5));
    CHECK_THROWS_AS(state.of_label(3), std::invalid_argument);
    CHECK_THROWS_AS(state.merge(multilabel_counts(2)), std::invalid_argument);
    CHECK_THROWS_AS(multilabel_counts(0), std::invalid_argument);
    CHECK_THROWS_AS(multilabel_counts(multilabel_counts::most_labels + 1), std::invalid_argument);
}

TEST_CASE("a row of another number of labels is counted") {
    multilabel_counts state(2);
    const std::int32_t three[] = {1, 0, 1}, two[] = {1, 0};
    state.update({three, three, 1});
    state.update({two, three, 1});
    state.update({two, {}, 1});
    state.update(leeway::label_set{});
    CHECK(state.rejected().range == 4);
    CHECK(state.rows() == 0);
}
