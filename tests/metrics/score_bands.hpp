// Certified bands against the exact figures of the table of curves and of random cases.
#pragma once

#include <cstddef>
#include <cstdint>

#include "oracle/metrics_states.hpp"
#include "support/score_cases.hpp"

namespace bands {

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

/// Random cases, each in one of the layouts; ./dev certified has 100,000 of them.
template <class M>
tally of_random_cases(const M& metric, std::size_t cases, std::uint64_t seed) {
    tally seen;
    for_each_case(cases, seed, 200, [&](const auto& curve, const auto& cells) {
        hold(metric(curve), metric(cells), seen);
    });
    return seen;
}

}  // namespace bands
