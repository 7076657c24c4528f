#include "leeway/accumulators/regression_losses.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "laws/accumulator.hpp"
#include "leeway/accumulators/mean_loss.hpp"

using leeway::mean_loss;
namespace loss = leeway::loss;

namespace {

template <class L>
std::vector<double> read(const mean_loss<L>& state) {
    return {state.mean(), state.weight(), static_cast<double>(state.infinite())};
}

template <class L>
void obeys(const mean_loss<L>& empty) {
    static_assert(leeway::Bounded<mean_loss<L>>);
    const laws::promise<mean_loss<L>> promised{
        .tolerance = 1e-13, .readings = read<L>, .held = [](const mean_loss<L>& state) {
            return static_cast<double>(state.rows() + state.infinite());
        }};
    for (const bool weighted : {false, true}) {
        laws::accumulator([&] { return empty; }, laws::regression_rows(3000, weighted), promised);
    }
}

}  // namespace

TEST_CASE("states of the regression losses obey the laws of accumulators") {
    obeys(mean_loss<loss::absolute_percentage_error>());
    obeys(mean_loss<loss::symmetric_absolute_percentage_error>());
    obeys(mean_loss<loss::squared_log_error>());
    obeys(mean_loss<loss::log_cosh>());
    obeys(mean_loss(loss::huber{0.3}));
    obeys(mean_loss(loss::pinball{0.9}));
}

TEST_CASE("a loss's parameters are saved and survive hostile bytes") {
    mean_loss<loss::pinball> state(loss::pinball{0.9});
    state.update({1, 3});
    state.update({1, -4.5, 2});
    laws::hostile_bytes(state);
    const auto loaded = leeway::from_bytes<mean_loss<loss::pinball>>(leeway::to_bytes(state));
    REQUIRE(loaded);
    CHECK(loaded->loss().level == 0.9);
    state.reset();
    CHECK(state.loss().level == 0.9);
    CHECK(state == mean_loss(loss::pinball{0.9}));
    CHECK_FALSE(state == mean_loss(loss::pinball{0.8}));
    CHECK_FALSE(laws::refused(state, "loss", loss::pinball{0.5}));
    CHECK(laws::refused(state, "loss", loss::pinball{1.5}));
}

TEST_CASE("losses with parameters cost their parameters and others nothing") {
    static_assert(sizeof(mean_loss<loss::log_cosh>) == 136);
    static_assert(sizeof(mean_loss<loss::squared_error>) == 136);
    static_assert(sizeof(mean_loss<loss::huber>) == 136 + sizeof(double));
}

TEST_CASE("merging losses of different parameters raises") {
    mean_loss<loss::huber> one(loss::huber{1}), other(loss::huber{2});
    CHECK_THROWS_WITH(one.merge(other),
                      "mean_loss_huber: merging different losses, {delta: 1} and {delta: 2}");
}

TEST_CASE("parameters that a loss has no use for raise") {
    for (const double delta : {0.0, -1.0, laws::infinite, laws::not_a_number}) {
        CHECK_THROWS_AS(mean_loss(loss::huber{delta}), std::invalid_argument);
    }
    for (const double level : {0.0, 1.0, -0.5, laws::infinite, laws::not_a_number}) {
        CHECK_THROWS_AS(mean_loss(loss::pinball{level}), std::invalid_argument);
    }
}

TEST_CASE("a batch asks a loss that is not defined everywhere row by row") {
    mean_loss<loss::squared_log_error> singles, batch;
    std::vector<double> target(2000, 1.0), prediction(2000, 2.0);
    target[700] = -1;
    prediction[1700] = -3;
    for (std::size_t i = 0; i < target.size(); ++i) singles.update({target[i], prediction[i]});
    batch.update({target, prediction});
    CHECK(batch.rejected() == singles.rejected());
    CHECK(batch.rejected().range == 2);
    CHECK(batch.rows() == 1998);
    CHECK(batch.mean() == Approx(singles.mean()).epsilon(1e-15).scale(0));
}

TEST_CASE("a block of squared log errors keeps the digits of each row") {
    leeway::random_source random(8);
    double target[leeway::block_rows], prediction[leeway::block_rows], losses[leeway::block_rows];
    double worst = 0;
    const double spreads[] = {1e-12, 1e-6, 0.1, 3, 20};
    for (const double spread : spreads) {
        for (std::size_t i = 0; i < leeway::block_rows; ++i) {
            // From just above -1 over tiny numbers to vast ones, in pairs near and far.
            const double sizes[] = {1e-15, 1, 1e9, 1e100};
            prediction[i] = i % 4 == 1 ? -random.uniform() : sizes[i % 4] * random.uniform();
            target[i] = std::exp(spread * random.normal()) * (1 + prediction[i]) - 1;
            if (!(target[i] > -1)) target[i] = 0;
        }
        REQUIRE(loss::squared_log_error::of_block({target, prediction}, losses));
        for (std::size_t i = 0; i < leeway::block_rows; ++i) {
            const long double t = target[i], m = prediction[i];
            const long double d = std::fabs(t - m) < 0.5L * (1 + m) ? std::log1p((t - m) / (1 + m))
                                                                    : std::log1p(t) - std::log1p(m);
            const long double off = d == 0 ? losses[i] : losses[i] / (d * d) - 1;
            worst = std::max(worst, static_cast<double>(std::fabs(off)));
        }
    }
    CHECK(worst < 2e-15);
    for (const double bad : {-1.0, -1 - 1e-9, -5.0, -1e200, 1e200, laws::infinite, -laws::infinite,
                             laws::not_a_number}) {
        const double kept = target[9];
        target[9] = bad;
        CHECK_FALSE(loss::squared_log_error::of_block({target, prediction}, losses));
        CHECK_FALSE(loss::squared_log_error::of_block({prediction, target}, losses));
        target[9] = kept;
    }
}

TEST_CASE("regression losses at rows a reader can redo") {
    CHECK(loss::absolute_percentage_error{}({.target = -4, .prediction = -5}) == 0.25);
    CHECK(loss::absolute_percentage_error{}({.target = 0, .prediction = 1}) == 4503599627370496.0);
    CHECK(loss::symmetric_absolute_percentage_error{}({.target = 1, .prediction = 3}) == 1);
    CHECK(loss::squared_log_error{}({.target = 0, .prediction = std::exp(1.0) - 1}) ==
          Approx(1).epsilon(1e-15));
    CHECK(loss::huber{2}({.target = 3, .prediction = 1}) == 2);
    CHECK(loss::huber{2}({.target = 5, .prediction = 1}) == 6);
    CHECK(loss::pinball{0.75}({.target = 5, .prediction = 1}) == 3);
    CHECK(loss::pinball{0.75}({.target = 1, .prediction = 5}) == 1);
}
