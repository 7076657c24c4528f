#include "leeway/model/temperature_scaling.hpp"

#include <stdexcept>
#include <vector>

#include "laws/hostile_bytes.hpp"
#include "leeway/core/random.hpp"
#include "leeway/core/state_file.hpp"
#include "model/calibrator_cases.hpp"
#include "support/catch.hpp"

using leeway::temperature_scaling;

namespace {

using column = std::vector<double>;

}  // namespace

TEST_CASE("temperature scaling equals the oracle's") {
    const auto compared = calibrators::compare(
        "temperature",
        [](const column& s, const column& y, const column& w) {
            return temperature_scaling::fit(s, y, w);
        },
        1e-9, 1);
    CHECK(compared >= 240);
    for (const auto& from : oracle::metric_cases("calibrators")) {
        if (!from.has("temperature")) continue;
        const column labels = from.numbers("label");
        const auto made =
            temperature_scaling::fit(from.numbers("score"), labels, from.numbers("weight"));
        INFO("case '" << from.name << "'");
        const double expected = from.numbers("temperature").at(0);
        CHECK(made.temperature() == Approx(expected).epsilon(1e-9));
        CHECK(made.converged() == (expected < 999 && expected > 0.00101));
    }
}

TEST_CASE("a temperature is found again") {
    leeway::random_source random(5);
    column s, y;
    for (int i = 0; i < 20000; ++i) {
        const double logit = 2 * random.normal();
        s.push_back(1 / (1 + std::exp(-logit)));
        y.push_back(random.bernoulli(1 / (1 + std::exp(-logit / 1.7))) ? 1 : 0);
    }
    const auto made = temperature_scaling::fit(s, y);
    CHECK(made.converged());
    CHECK(made.temperature() == Approx(1.7).epsilon(0.05));
    CHECK(made(0.5) == 0.5);
    CHECK(made(0.9) < 0.9);
    CHECK(temperature_scaling()(0.3) == Approx(0.3).epsilon(1e-14));
    CHECK(temperature_scaling(2)(1) < 1);
}

TEST_CASE("temperature scaling stops at its ends") {
    const auto sharp = temperature_scaling::fit(column{0.4, 0.6}, column{0, 1});
    CHECK(sharp.temperature() == Approx(1e-3));
    CHECK(!sharp.converged());
    const auto flat = temperature_scaling::fit(column{0.4, 0.6}, column{1, 0});
    CHECK(flat.temperature() == Approx(1e3));
    CHECK(laws::refused(flat, "temperature", 0.0));
    CHECK(laws::refused(flat, "temperature", -1.0));
    CHECK(laws::refused(flat, "temperature", std::nan("")));
}

TEST_CASE("temperature scaling refuses what cannot be fitted") {
    calibrators::refuses_what_it_must<temperature_scaling>();
    for (const double bad : {-1.0, 0.0, HUGE_VAL, std::nan("")})
        CHECK_THROWS_AS(temperature_scaling(bad), std::invalid_argument);
    CHECK_THROWS_WITH(temperature_scaling(-1),
                      "temperature_scaling: temperature is -1, expected a finite number above 0");
}

TEST_CASE("temperature scaling depends on rows, not on their order or the unit of weights") {
    calibrators::knows_no_order_and_no_scale<temperature_scaling>();
}

TEST_CASE("temperature scaling survives a state file") {
    const auto made = temperature_scaling::fit(column{0.2, 0.4, 0.6, 0.3}, column{0, 1, 1, 0});
    const auto back = leeway::from_bytes<temperature_scaling>(leeway::to_bytes(made));
    REQUIRE(back);
    CHECK(*back == made);
    CHECK((*back)(0.37) == made(0.37));
    laws::hostile_bytes(made);
}
