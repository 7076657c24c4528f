#include "leeway/model/isotonic_calibrator.hpp"

#include <stdexcept>
#include <vector>

#include "laws/hostile_bytes.hpp"
#include "leeway/core/random.hpp"
#include "leeway/core/state_file.hpp"
#include "model/calibrator_cases.hpp"
#include "support/catch.hpp"

using leeway::isotonic_calibrator;

namespace {

using column = std::vector<double>;

}  // namespace

TEST_CASE("isotonic calibration equals scikit-learn's") {
    const auto compared = calibrators::compare(
        "isotonic",
        [](const column& s, const column& y, const column& w) {
            return isotonic_calibrator::fit(s, y, w);
        },
        1e-12);
    CHECK(compared == 320);
}

TEST_CASE("isotonic calibration by hand") {
    const auto made = isotonic_calibrator::fit(column{1, 2, 3, 4, 5, 6}, column{0, 1, 0, 0, 1, 1});
    CHECK(made.rows_used() == 6);
    // 2, 3, 4 are pooled: a third.
    CHECK(made(1) == 0);
    CHECK(made(0.5) == 0);
    CHECK(made(1.5) == Approx(1.0 / 6));
    CHECK(made(2) == 1.0 / 3);
    CHECK(made(3.7) == 1.0 / 3);
    CHECK(made(4) == 1.0 / 3);
    CHECK(made(4.5) == Approx(2.0 / 3));
    CHECK(made(5) == 1);
    CHECK(made(7) == 1);
    CHECK(made(HUGE_VAL) == 1);
    CHECK(made(-HUGE_VAL) == 0);
    CHECK(made.scores().size() == 5);
    CHECK(std::isnan(isotonic_calibrator()(0.5)));
    CHECK(isotonic_calibrator::fit(column{3, 3}, column{0, 1})(17) == 0.5);
}

TEST_CASE("isotonic calibration between scores as far apart as doubles are") {
    const auto made = isotonic_calibrator::fit(column{-1.5e308, 1.5e308}, column{0, 1});
    CHECK(made(0) == 0.5);
    CHECK(made(0.75e308) == 0.75);
    CHECK(made(-1.5e308) == 0);
    CHECK(made(1.4999e308) < 1);
    const auto near = isotonic_calibrator::fit(column{0, 2e-323}, column{0, 1});
    CHECK(near(1e-323) == 0.5);
}

TEST_CASE("isotonic calibration: a saved function that falls is refused") {
    const auto made = isotonic_calibrator::fit(column{1, 2, 3}, column{0, 1, 1});
    CHECK(laws::refused(made, "scores", column{1, 3, 2}));
    CHECK(laws::refused(made, "scores", column{1, 2}));
    CHECK(laws::refused(made, "probabilities", column{0.5, 0.25, 1}));
    CHECK(laws::refused(made, "probabilities", column{0, 1, 1.5}));
    CHECK_FALSE(laws::refused(made, "probabilities", column{0, 0.5, 1}));
}

TEST_CASE("isotonic calibration refuses what cannot be fitted") {
    calibrators::refuses_what_it_must<isotonic_calibrator>();
}

TEST_CASE("isotonic calibration depends on rows, not on their order or the unit of weights") {
    calibrators::knows_no_order_and_no_scale<isotonic_calibrator>();
}

TEST_CASE("isotonic calibration survives a state file") {
    const auto made = isotonic_calibrator::fit(column{0.2, 0.4, 0.6, 0.3}, column{0, 1, 1, 0});
    const auto back = leeway::from_bytes<isotonic_calibrator>(leeway::to_bytes(made));
    REQUIRE(back);
    CHECK(*back == made);
    CHECK((*back)(0.37) == made(0.37));
    laws::hostile_bytes(made);
}
