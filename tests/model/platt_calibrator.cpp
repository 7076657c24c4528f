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

TEST_CASE("Platt's calibration of scores of any size") {
    const column s{-2, -1, -0.5, 0, 0.25, 1, 1.5, 2}, y{0, 0, 1, 0, 1, 0, 1, 1};
    const auto near = platt_calibrator::fit(s, y);
    REQUIRE(near.converged());
    // Exact powers of two: the columns that are fitted are the same bits.
    for (const int power : {1000, 600, -600, -1000, -1019}) {
        column far = s;
        for (double& score : far) score = std::ldexp(score, power);
        const auto moved = platt_calibrator::fit(far, y);
        INFO("2^" << power);
        CHECK(moved.converged());
        CHECK(moved.slope() == Approx(std::ldexp(near.slope(), -power)).epsilon(1e-12));
        for (std::size_t i = 0; i < s.size(); ++i)
            CHECK(moved(far[i]) == Approx(near(s[i])).epsilon(1e-12));
    }
    for (const double size : {1e200, 1e-300, 8e307}) {
        column far = s;
        for (double& score : far) score *= size;
        const auto moved = platt_calibrator::fit(far, y);
        for (std::size_t i = 0; i < s.size(); ++i)
            CHECK(moved(far[i]) == Approx(near(s[i])).epsilon(1e-9));
    }
    // One score far out: the others are as good as one.
    const auto out = platt_calibrator::fit(column{1, 2, 3, 1e200}, column{0, 1, 0, 1});
    CHECK(out.defect() == "");
    CHECK(out(1e200) > out(1));
    // No finite slope tells these apart; they are one score.
    const auto denormal =
        platt_calibrator::fit(column{5e-324, 1e-323, 0, 5e-324}, column{0, 1, 0, 1});
    CHECK(denormal.slope() == 0);
    CHECK(denormal(0) == Approx((2 * 0.25 + 2 * 0.75) / 4).epsilon(1e-9));
}

TEST_CASE("Platt's calibration: parameters that are no numbers are refused") {
    const double nan = std::nan("");
    CHECK_THROWS_WITH(platt_calibrator(nan, 0),
                      "platt_calibrator: slope is nan, expected a finite number");
    CHECK_THROWS_WITH(platt_calibrator(1, HUGE_VAL),
                      "platt_calibrator: intercept is inf, expected a finite number");
    CHECK_THROWS_AS(platt_calibrator(1, 0, static_cast<leeway::score_kind>(2)),
                    std::invalid_argument);
    CHECK(platt_calibrator(-1, 0)(1) < 0.5);  // a score that falls with the class
    const platt_calibrator made(2, 1);
    CHECK(laws::refused(made, "slope", nan));
    CHECK(laws::refused(made, "intercept", HUGE_VAL));
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
