#include "leeway/model/platt_calibrator.hpp"

#include <stdexcept>
#include <vector>

#include "laws/hostile_bytes.hpp"
#include "leeway/core/random.hpp"
#include "leeway/core/state_file.hpp"
#include "model/calibrator_cases.hpp"
#include "support/catch.hpp"

using leeway::platt_calibrator;

namespace {

using column = std::vector<double>;

}  // namespace

TEST_CASE("Platt's calibration equals the oracle's") {
    const auto plain = calibrators::compare(
        "platt",
        [](const column& s, const column& y, const column& w) {
            return platt_calibrator::fit(s, y, w);
        },
        1e-9);
    CHECK(plain == 320);
    const auto of_logit = calibrators::compare(
        "platt_of_logit",
        [](const column& s, const column& y, const column& w) {
            return platt_calibrator::fit(s, y, w, leeway::score_kind::probability);
        },
        1e-9);
    CHECK(of_logit >= 240);
}

TEST_CASE("Platt's calibration stays finite where the classes are apart, or one, or tied") {
    const auto apart = platt_calibrator::fit(column{1, 2, 3, 4}, column{0, 0, 1, 1});
    CHECK(apart.converged());
    CHECK(std::isfinite(apart.slope()));
    CHECK(apart(4) > 0.7);
    CHECK(apart(4) < 1);
    const auto one = platt_calibrator::fit(column{1, 2, 3, 4}, column{1, 1, 1, 1});
    CHECK(one(2.5) == Approx(5.0 / 6).epsilon(1e-9));
    const auto tied = platt_calibrator::fit(column{7, 7, 7}, column{1, 0, 0});
    CHECK(tied.slope() == 0);
    CHECK(tied(100) == Approx((2.0 / 3 + 2 * 0.25) / 3).epsilon(1e-9));
    CHECK(tied(HUGE_VAL) == tied(7));
}

TEST_CASE("Platt's calibration does not mind the unit of scores") {
    leeway::random_source random(3);
    column s, far, y;
    for (int i = 0; i < 200; ++i) {
        s.push_back(random.normal());
        far.push_back(1e6 + 1e3 * s.back());
        y.push_back(random.bernoulli(1 / (1 + std::exp(-2 * s.back()))) ? 1 : 0);
    }
    const auto near = platt_calibrator::fit(s, y);
    const auto moved = platt_calibrator::fit(far, y);
    CHECK(near.slope() == Approx(1000 * moved.slope()).epsilon(1e-7));
    CHECK(near(0.5) == Approx(moved(1e6 + 500)).epsilon(1e-7));
    CHECK(platt_calibrator()(0) == 0.5);
    CHECK(platt_calibrator(1, 0)(1000) == 1);
    CHECK(platt_calibrator(1, 0)(-1000) == 0);
    CHECK(platt_calibrator(1, 0, leeway::score_kind::probability)(0.3) ==
          Approx(0.3).epsilon(1e-14));
}

TEST_CASE("Platt's calibration refuses what cannot be fitted") {
    calibrators::refuses_what_it_must<platt_calibrator>();
}

TEST_CASE("Platt's calibration depends on rows, not on their order or the unit of weights") {
    calibrators::knows_no_order_and_no_scale<platt_calibrator>();
}

TEST_CASE("Platt's calibration survives a state file") {
    const auto made = platt_calibrator::fit(column{0.2, 0.4, 0.6, 0.3}, column{0, 1, 1, 0});
    const auto back = leeway::from_bytes<platt_calibrator>(leeway::to_bytes(made));
    REQUIRE(back);
    CHECK(*back == made);
    CHECK((*back)(0.37) == made(0.37));
    laws::hostile_bytes(made);
}
