// Random score tables with the rows that they hold, and the check that a certified band holds the
// exact figure of those rows.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "leeway/accumulators/score_table.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/random.hpp"
#include "leeway/metrics/score_cells.hpp"
#include "leeway/metrics/score_curve.hpp"
#include "oracle/metrics_states.hpp"

namespace bands {

/// The ready-made layouts, and some with so few cells that hardly anything is known.
inline const std::vector<leeway::log_linear_layout>& layouts() {
    static const std::vector<leeway::log_linear_layout> all{
        leeway::log_linear_layout::any(), leeway::log_linear_layout::probabilities(),
        leeway::log_linear_layout(0, 0, 0, true), leeway::log_linear_layout(2, -3, 3, true),
        leeway::log_linear_layout(4, -10, 4, true)};
    return all;
}

/// How bands came out.
struct tally {
    std::size_t defined{0};
    std::size_t undefined{0};
    std::size_t violated{0};
    double width{0};  ///< sum over the defined

    void merge(const tally& other) {
        defined += other.defined;
        undefined += other.undefined;
        violated += other.violated;
        width += other.width;
    }
};

/// Holds the band against the exact figure. A figure that only a threshold above all others could
/// have (recall at a precision that is never reached) may be undefined while the band, which does
/// not know that, begins at 0.
inline void hold(const leeway::estimate& exact, const leeway::estimate& band, tally& seen) {
    if (!exact) {
        ++seen.undefined;
        const bool begins_at_zero =
            exact.reason() == leeway::undefined::not_comparable && band && band.lower() == 0;
        if (band.reason() != exact.reason() && !begins_at_zero) ++seen.violated;
        return;
    }
    ++seen.defined;
    const bool sound = band && band.confidence() == 1 && band.lower() <= exact.value() &&
                       exact.value() <= band.upper() && band.lower() <= band.value() &&
                       band.value() <= band.upper();
    if (!sound) {
        ++seen.violated;
        return;
    }
    const double width = band.upper() - band.lower();
    if (std::isfinite(width)) seen.width += width;
}

/// Every case of the table of curves, in every layout.
template <class M>
tally of_oracle_cases(const M& metric) {
    tally seen;
    for (const auto& from : oracle::metric_cases("curves")) {
        const leeway::estimate exact =
            metric(leeway::score_curve(oracle::scored(from, leeway::scored_outcomes())));
        for (const auto& layout : layouts()) {
            const auto table = oracle::scored(from, leeway::score_table(layout));
            hold(exact, metric(leeway::score_cells(table)), seen);
        }
    }
    return seen;
}

/// Rows of some random kind: scores with or without ties, probabilities or logits, a class that
/// may be rare, unit, whole or rough weights.
inline std::vector<leeway::probability_outcome> random_rows(leeway::random_source& random,
                                                            std::size_t most) {
    const std::size_t n = 1 + random.below(most);
    const double rates[] = {0.0001, 0.0025, 0.02, 0.2, 0.5, 0.9, 0.9999};
    const double rate = rates[random.below(7)];
    const double apart = 3 * random.uniform();
    const std::uint64_t kind = random.below(6);
    const std::uint64_t weighing = random.below(5);
    const double steps = std::exp2(static_cast<double>(1 + random.below(9)));
    std::vector<leeway::probability_outcome> rows;
    for (std::size_t i = 0; i < n; ++i) {
        leeway::probability_outcome row;
        // A class of a few rows in ten thousand still has a row now and then.
        row.label = i == 0 ? (random.bernoulli(0.5) ? 1 : 0) : (random.bernoulli(rate) ? 1 : 0);
        const double logit = random.normal() + (row.label == 1 ? apart : 0);
        const double share = 1 / (1 + std::exp(-logit));
        switch (kind) {
            case 0:
                row.score = logit;
                break;
            case 1:
                row.score = share;
                break;
            case 2:
                row.score = std::round(share * steps) / steps;
                break;  // ties, 0 and 1
            case 3:
                row.score = std::round(logit * 2) / 2;
                break;
            case 4:
                row.score = std::exp(8 * logit - 20);
                break;  // many magnitudes
            default:
                row.score = static_cast<double>(static_cast<float>(share));
                break;
        }
        if (weighing == 0) row.weight = static_cast<double>(1 + random.below(4));
        if (weighing == 1) row.weight = 0.01 + random.uniform();
        if (weighing == 2) row.weight = std::exp(4 * random.normal());
        rows.push_back(row);
    }
    return rows;
}

/// Random cases, each in one of the layouts.
template <class M>
tally of_random_cases(const M& metric, std::size_t cases, std::uint64_t seed,
                      std::size_t most_rows = 200) {
    tally seen;
    leeway::random_source random(seed);
    for (std::size_t i = 0; i < cases; ++i) {
        const auto& layout = layouts()[random.below(layouts().size())];
        leeway::scored_outcomes rows;
        leeway::score_table table(i % 50 == 0 ? layout : layouts()[1 + i % 4]);
        for (const auto& row : random_rows(random, most_rows)) {
            rows.update(row);
            table.update(row);
        }
        hold(metric(leeway::score_curve(rows)), metric(leeway::score_cells(table)), seen);
    }
    return seen;
}

}  // namespace bands
