#include "leeway/accumulators/forecast_losses.hpp"

#include <cmath>
#include <vector>

#include "laws/accumulator.hpp"
#include "leeway/accumulators/mean_loss.hpp"

using leeway::mean_loss;
namespace loss = leeway::loss;

static_assert(leeway::PointwiseLoss<loss::interval_width>);
static_assert(leeway::PointwiseLoss<loss::weighted_interval>);
static_assert(leeway::PointwiseLoss<loss::crps_ensemble>);
static_assert(leeway::Bounded<mean_loss<loss::fair_crps_ensemble>>);

namespace {

template <class L>
std::vector<double> frequencies(const mean_loss<L>& state) {
    return {state.mean(), state.weight()};
}

template <class L>
std::vector<double> readings(const mean_loss<L>& state) {
    return {state.mean(), state.weight(), state.variance(), state.sum_of_squared_weights()};
}

template <class L>
void obeys(const std::vector<typename L::sample_type>& rows) {
    laws::accumulator(
        [] { return mean_loss<L>(); }, rows,
        {.tolerance = 1e-11, .readings = readings<L>, .frequency_readings = frequencies<L>});
}

}  // namespace

TEST_CASE("mean losses of forecasts obey the laws of accumulators") {
    obeys<loss::interval_width>(laws::interval_rows(1000, true));
    obeys<loss::interval_miss>(laws::interval_rows(1000, false));
    obeys<loss::interval_reach>(laws::interval_rows(1000, true));
    obeys<loss::crps_normal>(laws::normal_rows(1000, true));
    obeys<loss::logarithmic_normal>(laws::normal_rows(1000, true));
}

TEST_CASE("a loss of both signs is saved and loaded") {
    mean_loss<loss::logarithmic_normal> sharp;
    sharp.update({0, 0, 1e-9});
    CHECK(sharp.mean() < -19);
    CHECK(sharp.defect().empty());
    const auto back =
        leeway::from_bytes<mean_loss<loss::logarithmic_normal>>(leeway::to_bytes(sharp));
    REQUIRE(back);
    CHECK(*back == sharp);
    laws::hostile_bytes(sharp);
}

TEST_CASE("losses of an interval, by hand") {
    CHECK(loss::interval_width{}({5, 1, 4}) == 3);
    CHECK(loss::interval_miss{}({5, 1, 4}) == 1);
    CHECK(loss::interval_miss{}({-1, 1, 4}) == 2);
    CHECK(loss::interval_miss{}({1, 1, 4}) == 0);
    CHECK(loss::interval_reach{}({-1, 1, 4}) == 5);
}

TEST_CASE("distances of pairs, of any number of values in any order") {
    leeway::random_source random(41);
    for (const std::size_t m : {0u, 1u, 2u, 3u, 100u, 511u, 512u, 513u, 1024u, 1700u}) {
        std::vector<double> x(m);
        for (double& value : x) value = std::floor(random.normal() * 64) / 64;  // ties
        double expected = 0;  // multiples of 1/64: exact
        for (std::size_t i = 0; i < m; ++i) {
            for (std::size_t j = i + 1; j < m; ++j) expected += std::fabs(x[i] - x[j]);
        }
        CAPTURE(m);
        CHECK(leeway::detail::pair_distances(x) == expected);
        std::sort(x.begin(), x.end());
        CHECK(leeway::detail::pair_distances(x) == expected);
        std::reverse(x.begin(), x.end());
        CHECK(leeway::detail::pair_distances(x) == expected);
    }
}

TEST_CASE("a common offset of the members costs no digits") {
    std::vector<double> x, moved;
    leeway::random_source random(42);
    for (int i = 0; i < 60; ++i) {
        x.push_back(std::floor(random.normal() * 64) / 64);
        moved.push_back(x.back() + 1e12);
    }
    CHECK(leeway::detail::pair_distances(x) == leeway::detail::pair_distances(moved));
}

TEST_CASE("CRPS of an ensemble, by hand") {
    const double one[] = {3}, two[] = {0, 3}, alike[] = {2, 2, 2};
    CHECK(loss::crps_ensemble{}({1, one}) == 2);
    CHECK(loss::crps_ensemble{}({1, two}) == 1.5 - 0.75);
    CHECK(loss::fair_crps_ensemble{}({1, two}) == 0);
    CHECK(loss::fair_crps_ensemble{}({4, two}) == 2.5 - 1.5);
    CHECK(loss::crps_ensemble{}({5, alike}) == 3);
}

TEST_CASE("forecasts that are none are counted by reason") {
    const double nan = laws::not_a_number;
    mean_loss<loss::fair_crps_ensemble> ensembles;
    const double one[] = {3}, missing[] = {1, nan}, infinite[] = {1, laws::infinite};
    ensembles.update({1, {}});
    ensembles.update({1, one});
    CHECK(ensembles.rejected().range == 2);
    ensembles.update({1, missing});
    ensembles.update({nan, infinite});
    CHECK(ensembles.rejected().missing == 2);
    ensembles.update({1, infinite});
    CHECK(ensembles.rejected().non_finite == 1);
    ensembles.update({1, missing, -1});
    ensembles.update({1, missing, 0});
    CHECK(ensembles.rejected().weight == 1);
    CHECK(ensembles.rejected().total() == 6);
    mean_loss<loss::crps_ensemble> whole;
    whole.update({1, one});
    CHECK(whole.rows() == 1);

    mean_loss<loss::weighted_interval> quantiles;
    const auto feed = [&](std::vector<double> levels, std::vector<double> values) {
        quantiles.update({1, levels, values});
    };
    feed({0.25, 0.75}, {2, 1});  // crossing
    feed({0.75, 0.25}, {1, 2});
    feed({0.25, 0.25}, {1, 2});
    feed({0, 0.5}, {1, 2});
    feed({0.5, 1}, {1, 2});
    feed({0.5}, {1, 2});
    feed({}, {});
    CHECK(quantiles.rejected().range == 7);
    feed({0.5, nan}, {1, 2});
    feed({0.5, 0.75}, {1, nan});
    CHECK(quantiles.rejected().missing == 2);
    feed({0.25, 0.75}, {1, 1});
    CHECK(quantiles.rows() == 1);
    CHECK(quantiles.mean() == 0);
}

TEST_CASE("a normal forecast far off does not overflow its CRPS") {
    CHECK(loss::crps_normal{}({1e300, 0, 1e-300}) == 1e300);
    CHECK(loss::crps_normal{}({0, 0, 1}) ==
          Approx((std::sqrt(2.0) - 1) / std::sqrt(std::acos(-1.0))).epsilon(1e-15));
    CHECK(std::isinf(loss::logarithmic_normal{}({1e300, 0, 1e-300})));
}
