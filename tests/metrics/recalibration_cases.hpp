// What the three figures of logistic recalibration have in common: slope, intercept, in the large.
#pragma once

#include <cmath>
#include <cstddef>
#include <string>

#include "laws/metric.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/random.hpp"
#include "oracle/metrics_states.hpp"

namespace recalibration {

using leeway::scored_outcomes;

template <class M>
void equals_the_oracle() {
    const std::string key(M::info.name);
    oracle::tally seen;
    std::size_t intervals = 0;
    for (const auto& from : oracle::metric_cases("recalibration")) {
        const auto e = M{}(oracle::scored(from, scored_outcomes()));
        // The figure moves by 1e-16 over the curvature of the likelihood.
        oracle::check(from, key, e, seen, 1e-10);
        if (e) intervals += oracle::check_ends(from, key, e) ? 1u : 0u;
    }
    CHECK(seen.values >= 220);
    CHECK(seen.undefined >= 10);
    CHECK(intervals == seen.values);
}

template <class M>
void needs_classes_that_overlap() {
    scored_outcomes rows;
    for (const double score : {0.1, 0.2, 0.3}) rows.update({.label = 0, .score = score});
    rows.update({.label = 1, .score = 0.3});
    rows.update({.label = 1, .score = 0.9});
    CHECK(M{}(rows).reason() == leeway::undefined::too_little_data);
    rows.update({.label = 1, .score = 0.25});
    CHECK(M{}(rows).defined());
    scored_outcomes equal;
    for (int i = 0; i < 6; ++i) equal.update({.label = i % 2, .score = 0.25});
    CHECK(M{}(equal).reason() == leeway::undefined::zero_denominator);
}

template <class M>
void needs_scores_that_have_a_logit() {
    scored_outcomes rows;
    CHECK(M{}(rows).reason() == leeway::undefined::empty);
    rows.update({.label = 1, .score = 0.5});
    rows.update({.label = 1, .score = 0.25});
    CHECK(M{}(rows).reason() == leeway::undefined::one_class);
    rows.update({.label = 0, .score = 0});
    CHECK(M{}(rows).reason() == leeway::undefined::out_of_range);
    CHECK(M{}(rows).weight() == 3);
}

/// `truth`: the figure of calibrated scores.
template <class M>
void covers(double truth) {
    leeway::random_source random(8);
    int covered = 0;
    constexpr int samples = 1000;
    for (int sample = 0; sample < samples; ++sample) {
        scored_outcomes rows;
        for (int row = 0; row < 300; ++row) {
            const double score = 1 / (1 + std::exp(-random.normal()));
            rows.update({.label = random.bernoulli(score) ? 1 : 0, .score = score});
        }
        const auto e = M{}(rows);
        covered += e.lower() <= truth && truth <= e.upper() ? 1 : 0;
    }
    // 95 %, give or take 2 % (three deviations).
    CHECK(covered > 930);
    CHECK(covered < 971);
}

template <class M>
void keeps_the_laws() {
    for (const bool weighted : {false, true}) {
        laws::metric(
            M{}, [] { return scored_outcomes(); }, laws::probability_rows(300, weighted), 1e-10);
    }
}

}  // namespace recalibration
