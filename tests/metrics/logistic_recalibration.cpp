#include "leeway/metrics/logistic_recalibration.hpp"

#include "laws/samples.hpp"
#include "support/catch.hpp"

using leeway::logistic_recalibration;

TEST_CASE("a recalibration is undone by its own fit") {
    leeway::scored_outcomes rows, corrected;
    for (const auto& row : laws::probability_rows(400, true)) {
        rows.update({.label = row.label, .score = row.score * row.score, .weight = row.weight});
    }
    const auto fit = logistic_recalibration::of(rows);
    REQUIRE(!fit.reason);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double p = rows.scores()[i];
        const double logit = fit.intercept + fit.slope * std::log(p / (1 - p));
        corrected.update({.label = rows.labels()[i],
                          .score = 1 / (1 + std::exp(-logit)),
                          .weight = rows.weights()[i]});
    }
    const auto again = logistic_recalibration::of(corrected);
    CHECK(again.slope == Approx(1).epsilon(1e-10));
    CHECK(again.intercept == Approx(0).margin(1e-10));
    const auto large = logistic_recalibration::of(corrected, false);
    CHECK(large.slope == 1);
    CHECK(large.slope_error == 0);
    CHECK(large.intercept == Approx(0).margin(1e-10));
}

TEST_CASE("even odds for all: the intercept is the logit of the share") {
    leeway::scored_outcomes rows;
    for (const std::int32_t label : {0, 0, 0, 1}) rows.update({.label = label, .score = 0.5});
    const auto fit = logistic_recalibration::of(rows, false);
    CHECK(fit.intercept == Approx(std::log(1.0 / 3)).epsilon(1e-14));
    CHECK(fit.intercept_error == Approx(std::sqrt(1 / (4 * 0.1875))).epsilon(1e-14));
    CHECK(fit.weight == 4);
    CHECK(logistic_recalibration::of(rows).reason == leeway::undefined::zero_denominator);
}
