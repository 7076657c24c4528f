#include "leeway/metrics/skill_of_loss.hpp"

#include "leeway/accumulators/row_losses.hpp"
#include "support/catch.hpp"

TEST_CASE("shares keep the digits of what is rare") {
    leeway::class_losses<leeway::loss::row_brier> losses(3);
    const double scores[] = {0.5, 0.25, 0.25};
    CHECK(leeway::class_shares(losses)[0].share == 0);
    losses.update({.label = 0, .scores = scores, .weight = 1e18});
    losses.update({.label = 1, .scores = scores, .weight = 3});
    losses.update({.label = 2, .scores = scores, .weight = 4});
    const auto shares = leeway::class_shares(losses);
    CHECK(shares[0].share == 1);
    CHECK(shares[0].others == Approx(7e-18).epsilon(1e-15).scale(0));
    CHECK(shares[0].other_squares == Approx(25e-36).epsilon(1e-15).scale(0));
    CHECK(shares[1].others == 1);
    CHECK(shares[1].other_squares == 1);
}

TEST_CASE("a model that predicts the shares saves nothing") {
    leeway::class_losses<leeway::loss::row_brier> losses(3);
    const double scores[] = {0.5, 0.25, 0.25};
    for (const std::int32_t label : {0, 1, 0, 2}) losses.update({.label = label, .scores = scores});
    const auto e = leeway::skill_of_loss(
        losses, leeway::confidence_95, {"skill", "1"},
        [](const leeway::class_share& of) { return of.others * of.others + of.other_squares; });
    CHECK(e.value() == 0);
    // Its losses are those of the shares, row by row: nothing varies.
    CHECK(e.interval_reason() == leeway::undefined::no_variation);
}
