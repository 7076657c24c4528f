// Figures of bounded tables with intervals for the sample, in the coverage study: their ends are
// held against the true value of the figure itself, not of the middle of its band.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

#include "coverage_study.hpp"
#include "leeway/core/result.hpp"
#include "leeway/evaluation/report.hpp"

namespace coverage {

/// The ends of one estimate about the value of another.
[[nodiscard]] inline leeway::estimate ends_about(const leeway::estimate& exact,
                                                 const leeway::estimate& bounded) {
    if (!exact || !bounded) return exact ? bounded : exact;
    if (!bounded.has_interval()) return leeway::estimate::of(exact.value(), exact.weight());
    return leeway::estimate::within(exact.value(), bounded.lower(), bounded.upper(),
                                    bounded.confidence(), exact.weight());
}

/// Adds the figures of a bounded report that are intervals for the sample; `exact` has the same
/// figures of every row.
inline void add_bounded(figures& to, const figures& exact, const figures& bounded,
                        const std::string& suffix = "") {
    for (const auto& [key, value] : bounded) {
        if (!key.starts_with("bounded_")) continue;
        const auto same = std::find_if(exact.begin(), exact.end(),
                                       [&](const auto& each) { return each.key == key.substr(8); });
        if (same == exact.end()) continue;
        to.push_back({key + suffix, ends_about(same->value, value)});
    }
}

}  // namespace coverage
