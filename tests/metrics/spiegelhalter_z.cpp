#include "leeway/metrics/spiegelhalter_z.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::spiegelhalter_sums;
using leeway::spiegelhalter_z;

static_assert(leeway::Metric<spiegelhalter_z>);

TEST_CASE("Spiegelhalter's z and its p-value equal the oracle's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("recalibration")) {
        const auto rows = oracle::scored(from, spiegelhalter_sums());
        oracle::check(from, "spiegelhalter_z", spiegelhalter_z{}(rows), seen, 1e-13);
        INFO("case '" << from.name << "'");
        const auto p = spiegelhalter_z{}.p_value(rows);
        REQUIRE(p.has_value() == from.has("spiegelhalter_p"));
        if (p) CHECK(*p == Approx(from.numbers("spiegelhalter_p").at(0)).epsilon(1e-11).scale(0));
    }
    CHECK(seen.values >= 310);
    CHECK(seen.undefined >= 4);
}

TEST_CASE("Spiegelhalter's z is undefined where no score can be off") {
    spiegelhalter_sums rows;
    CHECK(spiegelhalter_z{}(rows).reason() == leeway::undefined::empty);
    CHECK(!spiegelhalter_z{}.p_value(rows).has_value());
    for (const double score : {0.0, 0.5, 1.0}) rows.update({.label = 1, .score = score});
    CHECK(spiegelhalter_z{}(rows).reason() == leeway::undefined::zero_denominator);
    rows.update({.label = 1, .score = 0.25});
    CHECK(spiegelhalter_z{}(rows).defined());
    rows.update({.label = 1, .score = 1.5});
    CHECK(spiegelhalter_z{}(rows).reason() == leeway::undefined::out_of_range);
    CHECK(spiegelhalter_z{}(rows).weight() == 4);
}

TEST_CASE("calibrated scores are called off as often as the level says", "[simulation]") {
    leeway::random_source random(12);
    int rejected = 0, found = 0;
    constexpr int samples = 2000;
    for (int sample = 0; sample < samples; ++sample) {
        spiegelhalter_sums well, extreme;
        for (int row = 0; row < 200; ++row) {
            const double logit = random.normal();
            const bool positive = random.bernoulli(1 / (1 + std::exp(-logit)));
            well.update({.label = positive ? 1 : 0, .score = 1 / (1 + std::exp(-logit))});
            extreme.update({.label = positive ? 1 : 0, .score = 1 / (1 + std::exp(-2 * logit))});
        }
        rejected += *spiegelhalter_z{}.p_value(well) < 0.05 ? 1 : 0;
        found += spiegelhalter_z{}(extreme).value() > 1.96 ? 1 : 0;
    }
    // 5 % of 2,000 is 100, give or take 30.
    CHECK(rejected > 70);
    CHECK(rejected < 130);
    CHECK(found > 1800);
}

TEST_CASE("Spiegelhalter's z keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            spiegelhalter_z{}, [] { return spiegelhalter_sums(); },
            laws::probability_rows(300, weighted), 1e-12, false);
    }
}
