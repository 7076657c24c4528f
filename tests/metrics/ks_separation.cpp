#include "leeway/metrics/ks_separation.hpp"

#include "laws/metric.hpp"
#include "metrics/score_bands.hpp"

using namespace leeway;

static_assert(Metric<ks_separation>);

TEST_CASE("two-class KS equals what the judge's curve says") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("curves")) {
        const score_curve curve(oracle::scored(from, scored_outcomes()));
        oracle::check(from, "ks_separation", ks_separation{}(curve), seen);
    }
    CHECK(seen.values >= 280);
    CHECK(seen.undefined >= 10);
}

TEST_CASE("two-class KS: the certified band holds the exact figure") {
    std::size_t defined = 0;
    for (const auto& metric : {ks_separation{}}) {
        const bands::tally cases = bands::of_oracle_cases(metric);
        CHECK(cases.violated == 0);
        const bands::tally random = bands::of_random_cases(metric, 500, 21);
        CHECK(random.violated == 0);
        defined += cases.defined + random.defined;
    }
    CHECK(defined >= 290 * 5);
}

TEST_CASE("two-class KS: both ends of a band are reached") {
    // One cell of 3 positives and 2 negatives above one of 1 and 4: at the edge 3/4 - 2/6.
    score_table table(log_linear_layout(0, 0, 0, false));
    for (int i = 0; i < 3; ++i) table.update({.label = 1, .score = 1.5});
    for (int i = 0; i < 2; ++i) table.update({.label = 0, .score = 1.5});
    for (int i = 0; i < 4; ++i) table.update({.label = 0, .score = 0.5});
    table.update({.label = 1, .score = 0.5});
    const estimate band = ks_separation{}(table);
    CHECK(band.lower() == Approx(3.0 / 4 - 2.0 / 6).epsilon(1e-15));
    CHECK(band.upper() == Approx(3.0 / 4).epsilon(1e-15));  // the three positives come first
    CHECK(band.value() == Approx((band.lower() + band.upper()) / 2).epsilon(1e-15));
}

TEST_CASE("the interval of two-class KS covers the population's, whatever that is",
          "[simulation]") {
    // Normal scores a distance apart: KS is 2 Phi(distance / 2) - 1.
    random_source random(5);
    for (const double apart : {0.0, 1.0}) {
        const double truth = std::erf(apart / 2 / std::sqrt(2.0));
        int covered = 0;
        for (int run = 0; run < 400; ++run) {
            scored_outcomes rows;
            for (int i = 0; i < 100; ++i) {
                const int label = i % 4 == 0 ? 1 : 0;
                rows.update({.label = label, .score = random.normal() + label * apart});
            }
            const estimate e = ks_separation{}(rows);
            covered += e.lower() <= truth && truth <= e.upper() ? 1 : 0;
        }
        CHECK(covered >= 380);
    }
}

TEST_CASE("two-class KS keeps the laws of a metric, on every score and on a table") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::probability_rows(400, weighted);
        laws::metric(
            ks_separation{}, [] { return scored_outcomes(); }, rows);
        laws::metric(
            ks_separation{}, [] { return score_table(log_linear_layout::probabilities()); }, rows);
    }
}
