#include "leeway/model/beta_calibrator.hpp"

#include <stdexcept>
#include <vector>

#include "laws/hostile_bytes.hpp"
#include "leeway/core/random.hpp"
#include "leeway/core/state_file.hpp"
#include "model/calibrator_cases.hpp"
#include "support/catch.hpp"

using leeway::beta_calibrator;

namespace {

using column = std::vector<double>;

}  // namespace

TEST_CASE("beta calibration equals the oracle's") {
    const auto compared = calibrators::compare(
        "beta",
        [](const column& s, const column& y, const column& w) {
            return beta_calibrator::fit(s, y, w);
        },
        1e-7);
    CHECK(compared >= 180);
}

TEST_CASE("beta calibration finds its parameters again") {
    leeway::random_source random(6);
    column s, y;
    const beta_calibrator truth(0.6, 1.8, 0.3);
    for (int i = 0; i < 40000; ++i) {
        s.push_back(0.001 + 0.998 * random.uniform());
        y.push_back(random.bernoulli(truth(s.back())) ? 1 : 0);
    }
    const auto made = beta_calibrator::fit(s, y);
    CHECK(made.converged());
    CHECK(made.a() == Approx(0.6).margin(0.1));
    CHECK(made.b() == Approx(1.8).margin(0.15));
    CHECK(made.c() == Approx(0.3).margin(0.1));
    CHECK(beta_calibrator()(0.3) == Approx(0.3).epsilon(1e-14));
}

TEST_CASE("beta calibration never falls, and stays finite") {
    const auto wrong =
        beta_calibrator::fit(column{0.1, 0.3, 0.6, 0.9, 0.8, 0.2}, column{1, 1, 0, 0, 1, 0});
    CHECK(wrong.a() >= 0);
    CHECK(wrong.b() >= 0);
    CHECK(wrong(0.9) >= wrong(0.1));
    const auto apart = beta_calibrator::fit(column{0.1, 0.2, 0.8, 0.9}, column{0, 0, 1, 1});
    CHECK(std::isfinite(apart.a() + apart.b() + apart.c()));
    CHECK(apart(0.9) > 0.99);
    CHECK(apart(0.1) < 0.01);
    const auto one = beta_calibrator::fit(column{0.1, 0.2, 0.8}, column{1, 1, 1});
    CHECK(std::isfinite(one.a() + one.b() + one.c()));
    CHECK(one(0.5) > 0.99);
    const auto certain = beta_calibrator::fit(column{0, 1, 0, 1}, column{0, 1, 1, 0});
    CHECK(certain(0) == Approx(0.5).margin(1e-6));
    CHECK(laws::refused(apart, "a", -1.0));
    CHECK(laws::refused(apart, "c", std::nan("")));
}

TEST_CASE("beta calibration refuses what cannot be fitted") {
    calibrators::refuses_what_it_must<beta_calibrator>();
    CHECK_THROWS_WITH(beta_calibrator(-1, -1, 0),
                      "beta_calibrator: a is -1, expected a finite number, at least 0");
    CHECK_THROWS_WITH(beta_calibrator(1, HUGE_VAL, 0),
                      "beta_calibrator: b is inf, expected a finite number, at least 0");
    CHECK_THROWS_WITH(beta_calibrator(1, 1, std::nan("")),
                      "beta_calibrator: c is nan, expected a finite number");
}

TEST_CASE("beta calibration depends on rows, not on their order or the unit of weights") {
    calibrators::knows_no_order_and_no_scale<beta_calibrator>();
}

TEST_CASE("beta calibration survives a state file") {
    const auto made = beta_calibrator::fit(column{0.2, 0.4, 0.6, 0.3}, column{0, 1, 1, 0});
    const auto back = leeway::from_bytes<beta_calibrator>(leeway::to_bytes(made));
    REQUIRE(back);
    CHECK(*back == made);
    CHECK((*back)(0.37) == made(0.37));
    laws::hostile_bytes(made);
}
