#include "leeway/accumulators/comoments.hpp"

#include <cmath>

#include "laws/accumulator.hpp"

using leeway::comoments;

namespace {

std::vector<double> readings_of(const comoments& state) {
    return {state.weight(), state.target_squares(), state.prediction_squares(), state.products(),
            state.mean_error() + 20};
}

}  // namespace

TEST_CASE("comoments obey the laws of accumulators") {
    static_assert(leeway::Bounded<comoments>);
    const laws::promise<comoments> promised{.tolerance = 1e-12, .readings = readings_of};
    for (const bool weighted : {false, true}) {
        laws::accumulator([] { return comoments(); }, laws::regression_rows(1000, weighted),
                          promised);
    }
}

TEST_CASE("comoments keep their digits far from zero and through merges") {
    for (const double center : {0.0, 1e6, -1e9}) {
        const auto rows = laws::regression_rows(2000, true, center);
        long double w = 0, y = 0, m = 0, yy = 0, mm = 0, ym = 0;
        for (const auto& row : rows) {
            w += row.weight;
            y += static_cast<long double>(row.weight) * row.target;
            m += static_cast<long double>(row.weight) * row.prediction;
        }
        comoments one, left, right;
        for (const auto& row : rows) {
            const long double d = row.target - y / w;
            const long double f = row.prediction - m / w;
            yy += row.weight * d * d;
            mm += row.weight * f * f;
            ym += row.weight * d * f;
            one.update(row);
            (row.target > row.prediction ? left : right).update(row);
        }
        left.merge(right);
        for (const comoments* state : {&one, &left}) {
            CHECK(state->target_squares() == Approx(static_cast<double>(yy)).epsilon(1e-13));
            CHECK(state->prediction_squares() == Approx(static_cast<double>(mm)).epsilon(1e-13));
            CHECK(state->products() == Approx(static_cast<double>(ym)).epsilon(1e-13));
            CHECK(state->mean_error() ==
                  Approx(static_cast<double>((y - m) / w)).epsilon(1e-13).margin(1e-9));
        }
    }
}

TEST_CASE("mixed central moments up to the fourth, through merges and shifts") {
    for (const double center : {0.0, 1e6, -1e9}) {
        const auto rows = laws::regression_rows(2000, true, center);
        const long double from = center;  // sums about it keep their digits
        long double w = 0, y = 0, m = 0;
        comoments left, right;
        for (const auto& row : rows) {
            w += row.weight;
            y += row.weight * (row.target - from);
            m += row.weight * (row.prediction - from);
            (row.target > row.prediction ? left : right).update(row);
        }
        left.merge(right);
        for (std::size_t i = 0; i <= 4; ++i) {
            for (std::size_t j = i < 2 ? 2 - i : 0; i + j <= 4; ++j) {
                long double sum = 0, size = 0;
                for (const auto& row : rows) {
                    long double term = row.weight;
                    for (std::size_t k = 0; k < i; ++k) term *= row.target - from - y / w;
                    for (std::size_t k = 0; k < j; ++k) term *= row.prediction - from - m / w;
                    sum += term;
                    size += std::fabs(term);
                }
                // A term is rounded relative to the power of its distance from the first row, some
                // deviations away.
                CHECK(left.central(i, j) == Approx(static_cast<double>(sum))
                                                .epsilon(1e-12)
                                                .margin(1e-12 * static_cast<double>(size)));
            }
        }
    }
}

TEST_CASE("what does not vary has no deviations, whatever the weights") {
    comoments state;
    for (int i = 0; i < 30; ++i)
        state.update({.target = 1.0 * i, .prediction = 0.1, .weight = 0.7});
    CHECK(state.prediction_squares() == 0);
    CHECK(state.target_squares() > 0);
    CHECK(sizeof state == 328);
}

TEST_CASE("comoments survive hostile bytes") {
    comoments state;
    laws::hostile_bytes(state);
    state.update({1, 3});
    state.update({1, -4.5, 2});
    laws::hostile_bytes(state);
    CHECK(laws::refused(state, "target_shift", laws::not_a_number));
}
