#include "leeway/accumulators/regression_moments.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "laws/accumulator.hpp"

using leeway::regression_moments;

namespace {

std::vector<double> frequencies(const regression_moments& state) {
    std::vector<double> out;
    laws::append(out, state.target().mean());
    laws::append(out, state.target().variance());
    laws::append(out, state.target().kurtosis());
    laws::append(out, state.error().variance());
    laws::append(out, state.error().kurtosis());
    out.insert(out.end(), {state.sum_of_squared_errors(), state.sum_of_absolute_errors(),
                           state.cross(), static_cast<double>(state.rejected().total())});
    return out;
}

std::vector<double> readings_of(const regression_moments& state) {
    auto out = frequencies(state);
    out.push_back(state.sum_of_squared_weights());
    return out;
}

// Twelve digits, as for the moments inside.
const laws::promise<regression_moments> twelve{
    .tolerance = 1e-12, .readings = readings_of, .frequency_readings = frequencies};

}  // namespace

TEST_CASE("regression moments obey the laws of accumulators") {
    static_assert(leeway::Bounded<regression_moments>);
    laws::accumulator([] { return regression_moments(); }, laws::regression_rows(3000, false),
                      twelve);
    laws::accumulator([] { return regression_moments(9.0); }, laws::regression_rows(3000, true),
                      twelve);
    laws::accumulator([] { return regression_moments(); },
                      laws::with_rough_weights(laws::regression_rows(3000, false)), twelve);
}

TEST_CASE("regression moments survive hostile bytes") {
    regression_moments state;
    state.update({1, 3});
    state.update({1.5, 4.5, 2});
    laws::hostile_bytes(state, 3);
}

TEST_CASE("regression moments equal the sums taken in two passes") {
    for (const double center : {0.0, 1e9}) {
        const auto rows = laws::regression_rows(2000, true, center);
        regression_moments singles, batch;
        for (const auto& row : rows) singles.update(row);
        batch.update(laws::columns(rows).view());
        long double weight = 0, sum = 0, errors = 0, sizes = 0, cross = 0, squared_weights = 0;
        for (const auto& row : rows) {
            weight += row.weight;
            sum += row.weight * (static_cast<long double>(row.target) - center);
            squared_weights += row.weight * row.weight;
        }
        for (const auto& row : rows) {
            const long double e = row.target - row.prediction;
            const long double d = (static_cast<long double>(row.target) - center) - sum / weight;
            errors += row.weight * e * e;
            sizes += row.weight * std::fabs(e);
            cross += row.weight * e * e * d * d;
        }
        CAPTURE(center);
        for (const regression_moments& state : {singles, batch}) {
            CHECK(state.weight() == static_cast<double>(weight));
            CHECK(state.rows() == 2000);
            CHECK(state.sum_of_squared_weights() == static_cast<double>(squared_weights));
            CHECK(state.sum_of_squared_errors() ==
                  Approx(static_cast<double>(errors)).epsilon(1e-14));
            CHECK(state.sum_of_absolute_errors() ==
                  Approx(static_cast<double>(sizes)).epsilon(1e-14));
            CHECK(state.cross() == Approx(static_cast<double>(cross)).epsilon(1e-12));
            CHECK(state.target().mean().value() ==
                  Approx(center + static_cast<double>(sum / weight)).epsilon(1e-15).margin(1e-15));
        }
    }
}

TEST_CASE("a batch of regression moments is as good as its rows at any size") {
    for (const double scale : {1e-150, 1e-75, 1.0, 1e70, 1e150}) {
        auto rows = laws::regression_rows(1500, false);
        for (auto& row : rows) row = {row.target * scale, row.prediction * scale};
        regression_moments singles, batch;
        for (const auto& row : rows) singles.update(row);
        batch.update(laws::columns(rows).view());
        CAPTURE(scale);
        CHECK(batch.rows() == singles.rows());
        CHECK(batch.sum_of_squared_errors() ==
              Approx(singles.sum_of_squared_errors()).epsilon(1e-14).scale(0));
        const double deviations = singles.target().sum_of_squared_deviations();
        CHECK(std::isnan(deviations) == (scale == 1e-150));  // too small for all their digits
        CHECK((batch.target().sum_of_squared_deviations() ==
                   Approx(deviations).epsilon(1e-14).scale(0) ||
               scale == 1e-150));
        // Fourth powers leave the doubles at 1e-150 (to 0) and at 1e150 (to infinity).
        if (scale == 1e150) {
            CHECK(std::isinf(batch.error().power_sum(4)));
        } else if (scale == 1e-150) {
            CHECK(batch.error().power_sum(4) == singles.error().power_sum(4));
        } else {
            CHECK(batch.error().power_sum(4) ==
                  Approx(singles.error().power_sum(4)).epsilon(1e-14).scale(0));
            CHECK(batch.cross() == Approx(singles.cross()).epsilon(1e-13).scale(0));
        }
    }
}

TEST_CASE("an error that overflows makes the sums of errors infinite") {
    regression_moments state;
    const double most = std::numeric_limits<double>::max();
    state.update({1, 2});
    state.update({most, -most});
    CHECK(state.rows() == 2);
    CHECK(state.error().rows() == 2);
    CHECK(state.rejected().total() == 0);
    CHECK(state.sum_of_squared_errors() == laws::infinite);
    CHECK(state.error().mean().reason() == leeway::undefined::out_of_range);
    CHECK(state.defect() == "");
    regression_moments copy = state;
    CHECK(copy == state);
    copy.merge(state);
    CHECK(copy.rows() == 4);
    CHECK(copy.sum_of_squared_errors() == laws::infinite);
}

TEST_CASE("saved regression moments that cannot be are refused") {
    regression_moments state;
    state.update({1, 3});
    leeway::moments other(0.0);
    CHECK(laws::refused(state, "error", other));  // no rows
    other.update(5.0);
    CHECK_FALSE(laws::refused(state, "error", other));
    CHECK(laws::refused(state, "error", leeway::moments(1.0)));
    leeway::moments elsewhere(1.0);
    elsewhere.update(5.0);
    CHECK(laws::refused(state, "error", elsewhere));  // not about zero
    other.reset();
    other.update({5.0, 2.0});
    CHECK(laws::refused(state, "error", other));  // another weight
    leeway::compensated_sum below;
    below.add(-1);
    CHECK(laws::refused(state, "cross_second", below));
    CHECK(laws::refused(state, "sizes", below));
}
