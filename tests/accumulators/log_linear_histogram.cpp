#include "leeway/accumulators/log_linear_histogram.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "laws/accumulator.hpp"
#include "leeway/core/random.hpp"

using leeway::log_linear_histogram;
using leeway::log_linear_layout;

namespace {

constexpr log_linear_layout small{2, -3, 2, true};

/// The smallest value whose cumulative weight reaches p of the total: the definition.
double quantile_of(std::vector<leeway::weighted_value> rows, double p) {
    std::sort(rows.begin(), rows.end(),
              [](const auto& a, const auto& b) { return a.value < b.value; });
    long double total = 0, reached = 0;
    for (const auto& row : rows) total += row.weight;
    for (const auto& row : rows) {
        reached += row.weight;
        if (reached >= static_cast<long double>(p) * total) return row.value;
    }
    return rows.back().value;
}

}  // namespace

TEST_CASE("log-linear histograms obey the laws of accumulators") {
    static_assert(leeway::Bounded<log_linear_histogram>);
    static_assert(leeway::Decayable<log_linear_histogram>);
    laws::accumulator([] { return log_linear_histogram(small); }, laws::value_rows(3000, false));
    laws::accumulator([] { return log_linear_histogram(small); }, laws::value_rows(3000, true));
    // Cells are plain sums: 3,000 roundings of half an ulp at most.
    laws::accumulator([] { return log_linear_histogram(small); },
                      laws::with_rough_weights(laws::value_rows(3000, false)),
                      {.tolerance = 1e-12});
}

TEST_CASE("log-linear histograms survive hostile bytes") {
    log_linear_histogram state(log_linear_layout{0, -1, 1, true});
    laws::hostile_bytes(state, 7);
    for (const double x : {0.3, 4.0, -1.5, laws::not_a_number}) state.update(x);
    laws::hostile_bytes(state, 2);
}

TEST_CASE("a quantile's band holds the value that sorting finds") {
    const double probabilities[] = {0, 1e-9, 0.01, 0.1, 0.25, 0.5, 0.7, 0.75, 0.9, 0.99, 1};
    for (const bool with_weights : {false, true}) {
        for (const std::size_t n : {1U, 2U, 3U, 10U, 1000U}) {
            for (const double center : {0.0, 3.0, -1e6}) {
                const auto rows = laws::value_rows(n, with_weights, center, n + 7);
                log_linear_histogram state;
                for (const auto& row : rows) state.update(row);
                for (const double p : probabilities) {
                    CAPTURE(with_weights, n, center, p);
                    const double exact = quantile_of(rows, p);
                    const auto found = state.quantile(p);
                    CHECK(found.lower() <= exact);
                    CHECK(exact <= found.upper());
                    CHECK(found.confidence() == 1);
                    // Half a cell of relative width 2^-7.
                    CHECK(std::fabs(found.value() - exact) <= std::ldexp(std::fabs(exact), -8));
                }
            }
        }
    }
}

TEST_CASE("a quantile whose rank falls on the end of a cell is decided exactly") {
    // Ten values, a cell each: the quantile at p is number ceil(10 p), for the double p.
    log_linear_histogram state;
    for (int i = 1; i <= 10; ++i) state.update(std::ldexp(1.0, i));
    for (int i = 1; i <= 10; ++i) {
        const double p = i / 10.0;
        // i / 10.0 may lie just above i / 10; then the next value is the smallest that reaches it.
        const bool above = std::fma(p, 10.0, -static_cast<double>(i)) > 0;
        CAPTURE(i, above);
        CHECK(state.quantile(p).lower() == std::ldexp(1.0, i + (above ? 1 : 0)));
        CHECK(state.quantile(std::nextafter(p, 0.0)).lower() == std::ldexp(1.0, i));
    }
    CHECK(state.quantile(0.0).lower() == 2);
}

TEST_CASE("the outer cells and the zero cell are honest about what they do not know") {
    log_linear_histogram state(small);  // 1/8 to 8
    CHECK(state.quantile(0.5).reason() == leeway::undefined::empty);
    state.update(1e30);
    CHECK(state.quantile(0.5).value() == 8);
    CHECK(state.quantile(0.5).upper() == laws::infinite);
    state.update(-1e30);
    CHECK(state.quantile(0.5).value() == -8);
    CHECK(state.quantile(0.5).lower() == -laws::infinite);
    state.update(1e-30);
    CHECK(state.quantile(0.5).value() == 0);
    CHECK(state.quantile(0.5).lower() == -0.125);
    CHECK(state.quantile(0.5).upper() == 0.125);
    CHECK_THROWS_AS(state.quantile(-0.1), std::invalid_argument);
    CHECK_THROWS_AS(state.quantile(1.1), std::invalid_argument);
    CHECK_THROWS_AS(state.quantile(laws::not_a_number), std::invalid_argument);
}

TEST_CASE("the quantile's value is the point of least relative error") {
    log_linear_histogram state(log_linear_layout{0, 0, 0, true});
    state.update(1.7);  // the cell [1, 2): 4/3 is off by a third from either end
    CHECK(state.quantile(0.5).value() == Approx(4.0 / 3).epsilon(1e-15));
    log_linear_histogram extreme(log_linear_layout{1, 1022, 1023, false});
    extreme.update(1.2e308);
    CHECK(std::isfinite(extreme.quantile(0.5).value()));
    CHECK(extreme.quantile(0.5).value() >= extreme.quantile(0.5).lower());
}

TEST_CASE("cells come in value order and sum to the total") {
    log_linear_histogram state(small);
    const auto rows = laws::value_rows(500, true);
    double total = 0;
    for (const auto& row : rows) {
        state.update(row);
        total += row.weight;
    }
    CHECK(state.total() == total);
    CHECK(state.cells().size() == small.cells());
    for (std::size_t i = 0; i < state.cells().size(); ++i) {
        double expected = 0;
        for (const auto& row : rows) {
            if (small.index(row.value) == i) expected += row.weight;
        }
        CHECK(state.cells()[i] == expected);
    }
    CHECK(state.lower_edge(3) == small.lower_edge(3));
    CHECK(state.upper_edge(3) == small.upper_edge(3));
}

TEST_CASE("histograms of different layouts refuse to merge and say both") {
    log_linear_histogram a(small), b(log_linear_layout{3, -3, 2, true});
    a.update(1.0);
    const log_linear_histogram before = a;
    std::string said;
    try {
        a.merge(b);
    } catch (const std::invalid_argument& refusal) {
        said = refusal.what();
    }
    CHECK(said.find("mantissa_bits: 2") != std::string::npos);
    CHECK(said.find("mantissa_bits: 3") != std::string::npos);
    CHECK(a == before);
}

TEST_CASE("decay scales every weight so far") {
    log_linear_histogram state(small), scaled(small);
    for (const auto& row : laws::value_rows(200, true)) {
        state.update(row);
        scaled.update({row.value, row.weight * 0.5});
    }
    state.decay(0.5);
    CHECK(state == scaled);
    CHECK_THROWS_AS(state.decay(1.5), std::invalid_argument);
    CHECK_THROWS_AS(state.decay(laws::not_a_number), std::invalid_argument);
}

TEST_CASE("a saved histogram that cannot be is refused") {
    const log_linear_histogram state(small);
    std::vector<double> cells(small.cells(), 1.0);
    CHECK_FALSE(laws::refused(state, "cells", cells));
    cells[3] = -1;
    CHECK(laws::refused(state, "cells", cells));
    cells[3] = laws::not_a_number;
    CHECK(laws::refused(state, "cells", cells));
    CHECK(laws::refused(state, "cells", std::vector<double>(small.cells() - 1, 1.0)));
    CHECK(laws::refused(state, "layout", log_linear_layout{3, -3, 2, true}));
    CHECK(laws::refused(log_linear_histogram(small), "rejected", small));
}

TEST_CASE("a histogram of counted weights is the one that counted them") {
    const leeway::log_linear_layout layout(2, -4, 4, true);
    leeway::log_linear_histogram counted(layout);
    for (const double value : {0.1, -3.0, 0.1, 7.0}) counted.update(value);
    CHECK(leeway::log_linear_histogram(layout, counted.cells()) == counted);
    const std::vector<double> wrong(layout.cells(), -1.0);
    CHECK_THROWS_AS(leeway::log_linear_histogram(layout, wrong), std::invalid_argument);
    CHECK_THROWS_AS(leeway::log_linear_histogram(layout, counted.cells().first(3)),
                    std::invalid_argument);
}
