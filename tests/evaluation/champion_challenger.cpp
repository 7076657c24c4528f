#include "leeway/evaluation/champion_challenger.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include "laws/hostile_bytes.hpp"
#include "leeway/core/random.hpp"
#include "leeway/core/state_file.hpp"
#include "support/catch.hpp"

using leeway::champion_challenger;
using leeway::leader;

TEST_CASE("a trial without rows, and with few, is undecided") {
    champion_challenger trial;
    CHECK(trial.ahead() == leader::undecided);
    CHECK(trial.result().difference.reason() == leeway::undefined::empty);
    CHECK_FALSE(trial.result().p_value);
    trial.update(1, 0);
    CHECK(trial.ahead() == leader::undecided);
    CHECK(trial.result().difference.value() == 1);
    CHECK(trial.result().p_value == 1);
    CHECK(trial.rows() == 1);
}

TEST_CASE("a better challenger is found, and a worse one") {
    leeway::random_source random(4);
    champion_challenger better, worse, shard;
    for (int i = 0; i < 4000; ++i) {
        const double champion = random.bernoulli(0.20), challenger = random.bernoulli(0.15);
        better.update(champion, challenger);
        (i % 2 == 0 ? worse : shard).update(challenger, champion);
    }
    worse.merge(shard);
    CHECK(better.ahead() == leader::challenger);
    CHECK(worse.ahead() == leader::champion);
    const auto found = better.result(), mirrored = worse.result();
    CHECK(found.difference.lower() > 0);
    REQUIRE(found.p_value);
    CHECK(*found.p_value < 0.05);
    CHECK(*found.statistic == Approx(-std::log(*found.p_value)));
    CHECK(found.rows == 4000);
    CHECK(mirrored.difference.value() == Approx(-found.difference.value()));
    CHECK(mirrored.difference.upper() == Approx(-found.difference.lower()));
    CHECK(mirrored.p_value.value() == Approx(*found.p_value));
    // The p-value leaves the level where the interval leaves 0.
    const auto at = leeway::confidence_level::of(1 - *found.p_value * 1.001);
    CHECK(better.ahead(at) == leader::challenger);
    const auto beyond = leeway::confidence_level::of(1 - *found.p_value * 0.999);
    CHECK(better.ahead(beyond) == leader::undecided);
}

TEST_CASE("looking after every row names a leader of equals no more often than promised",
          "[simulation]") {
    leeway::random_source random(9);
    constexpr int streams = 300;
    int named = 0;
    for (int stream = 0; stream < streams; ++stream) {
        champion_challenger trial;
        bool ever = false;
        for (int row = 0; row < 4000; ++row) {
            trial.update(random.bernoulli(0.2), random.bernoulli(0.2));
            ever = ever || leeway::log_e_value_of_mean(trial.differences(), 0) >= std::log(10);
        }
        named += ever;
    }
    CHECK(named <= 30 + 15);  // 0.1 is the promise; three deviations of 5.2
}

TEST_CASE("a trial refuses and saves") {
    champion_challenger trial(2);
    trial.update(2.5, 0);
    trial.update(std::numeric_limits<double>::quiet_NaN(), 0);
    trial.update(2, 0);
    CHECK(trial.rejected().range == 1);
    CHECK(trial.rejected().missing == 1);
    CHECK(trial.rows() == 1);
    CHECK(trial.result().difference.value() == 2);
    laws::hostile_bytes(trial, 3);
    const auto back = leeway::from_bytes<champion_challenger>(leeway::to_bytes(trial));
    REQUIRE(back);
    CHECK(*back == trial);
    CHECK(laws::refused(trial, "differences", leeway::bounded_mean(0, 1)));
    CHECK_THROWS_AS(trial.merge(champion_challenger()), std::invalid_argument);
    CHECK_THROWS_AS(champion_challenger(0), std::invalid_argument);
    trial.reset();
    CHECK(trial == champion_challenger(2));
    CHECK(leeway::to_string(leader::challenger) == "challenger");
}
