// What the errors over bins of equal mass have in common. Their values are held against NumPy's by
// the command line's oracle (tests/cli/oracle.cpp).
#pragma once

#include <stdexcept>
#include <string>

#include "laws/metric.hpp"
#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/random.hpp"

namespace equal_mass {

using leeway::scored_outcomes;

/// Scores that are spread evenly fall into bins of one width as into bins of one mass.
template <class OfMass, class OfWidth>
void equals_equal_width() {
    scored_outcomes rows;
    leeway::calibration_bins bins(10);
    leeway::random_source random(2);
    for (int i = 0; i < 500; ++i) {
        const leeway::probability_outcome row{random.bernoulli(0.4) ? 1 : 0, (i + 0.5) / 500};
        rows.update(row);
        bins.update(row);
    }
    const leeway::estimate mass = OfMass{}(rows);
    const leeway::estimate width = OfWidth{}(bins);
    CHECK(mass.value() == Approx(width.value()).epsilon(1e-12));
    CHECK(mass.lower() == Approx(width.lower()).epsilon(1e-12));
    CHECK(mass.upper() == Approx(width.upper()).epsilon(1e-12));
}

template <class M>
void refuses_what_it_cannot_read() {
    scored_outcomes rows;
    CHECK(M{}(rows).reason() == leeway::undefined::empty);
    rows.update({.label = 1, .score = 1.5, .weight = 2});
    CHECK(M{}(rows).reason() == leeway::undefined::out_of_range);
    CHECK(M{}(rows).weight() == 2);
    CHECK_THROWS_AS(M{0}(rows), std::invalid_argument);
    CHECK_THROWS_AS(M{65537}(rows), std::invalid_argument);
    CHECK(M{15}.key() == std::string(M::info.name) + "_15");
}

template <class M>
void keeps_the_laws() {
    for (const bool weighted : {false, true}) {
        laws::metric(
            M{7}, [] { return scored_outcomes(); }, laws::probability_rows(300, weighted));
    }
}

}  // namespace equal_mass
