// What the D2 scores of predicted probabilities have in common: of the Brier score, the log loss.
#pragma once

#include <cstddef>
#include <string>

#include "laws/metric.hpp"
#include "leeway/accumulators/class_losses.hpp"
#include "leeway/core/random.hpp"
#include "oracle/metrics_states.hpp"

namespace probability_skill {

/// RowLoss: the loss of a row with a probability for each class.
template <class M, class RowLoss>
void equals_the_oracle() {
    const std::string key(M::info.name);
    oracle::tally seen;
    std::size_t intervals = 0;
    for (const auto& from : oracle::metric_cases("skill")) {
        leeway::estimate e = leeway::undefined::empty;
        const auto classes = static_cast<std::size_t>(from.integers("classes").at(0));
        if (classes == 2) {
            e = M{}(oracle::scored(from, typename M::state_type()));
        } else {
            leeway::class_losses<RowLoss> rows(classes);
            oracle::for_each_row(from,
                                 [&](const leeway::probability_row& row) { rows.update(row); });
            e = M{}(rows);
        }
        oracle::check(from, key, e, seen, 1e-13);
        if (e.has_interval()) intervals += oracle::check_ends(from, key, e) ? 1u : 0u;
    }
    CHECK(seen.values >= 250);
    CHECK(seen.undefined >= 10);
    CHECK(intervals >= 240);
}

template <class M, class RowLoss>
void of_two_classes_is_the_binary_one() {
    typename M::state_type binary;
    leeway::class_losses<RowLoss> rows(2);
    for (const auto& row : laws::probability_rows(100, true)) {
        binary.update(row);
        const double both[] = {1 - row.score, row.score};
        rows.update({.label = row.label, .scores = both, .weight = row.weight});
    }
    const auto a = M{}(binary);
    const auto b = M{}(rows);
    CHECK(a.value() == Approx(b.value()).epsilon(1e-12));
    CHECK(a.lower() == Approx(b.lower()).epsilon(1e-12));
}

/// `truth`: the figure of uniform and calibrated scores.
template <class M>
void covers(double truth) {
    leeway::random_source random(3);
    int covered = 0;
    constexpr int samples = 2000;
    for (int sample = 0; sample < samples; ++sample) {
        typename M::state_type losses;
        for (int row = 0; row < 200; ++row) {
            const double score = random.uniform();
            losses.update({.label = random.bernoulli(score) ? 1 : 0, .score = score});
        }
        const auto e = M{}(losses);
        covered += e.lower() <= truth && truth <= e.upper() ? 1 : 0;
    }
    // 95 % is 1,900 of 2,000, give or take 30 (three deviations), less a little for 200 rows.
    CHECK(covered > 1850);
    CHECK(covered < 1930);
}

template <class M>
void needs_two_classes() {
    typename M::state_type losses;
    CHECK(M{}(losses).reason() == leeway::undefined::empty);
    losses.update({.label = 1, .score = 0.5});
    losses.update({.label = 1, .score = 0.75});
    CHECK(M{}(losses).reason() == leeway::undefined::one_class);
    CHECK(M{}(losses).weight() == 2);
    losses.update({.label = 0, .score = 0.25});
    CHECK(M{}(losses).defined());
}

template <class M>
void keeps_the_laws() {
    for (const bool weighted : {false, true}) {
        laws::metric(
            M{}, [] { return typename M::state_type(); }, laws::probability_rows(300, weighted));
    }
}

}  // namespace probability_skill
