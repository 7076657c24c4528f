// One alarm rule for many detectors.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// The evidence of a panel: the mean over its detectors, those already named counting as 0.
///
/// The mean of e-detectors is an e-detector, whatever their dependence, so "alarm when
/// panel_evidence >= A" keeps the expected run length of the whole panel at A or more. The price of
/// d detectors is about ln(d) in the evidence that one of them needs. A detector that sees only
/// some of the rows is fine as long as it sees each when the others do; one that sees a row later
/// (its label) is not covered by the theorem, because the panel may stop on that row's features.
/// Source: J. Shin, A. Ramdas, A. Rinaldo, "E-detectors", New England J. Stat. Data Sci. 2 (2024).
[[nodiscard]] inline double panel_evidence(std::span<const double> evidence,
                                           std::span<const std::uint8_t> named = {}) noexcept {
    if (evidence.empty()) return 0;
    double sum = 0;
    for (std::size_t i = 0; i < evidence.size(); ++i) {
        if (named.empty() || named[i] == 0) sum += evidence[i];
    }
    return sum / static_cast<double>(evidence.size());
}

/// While the panel's evidence is at or above the threshold, names the detector with the most and
/// marks it in `named`, which keeps it out of the panel until the caller clears the mark (and
/// resets the detector). Calls report(index) for each. named.size() == evidence.size().
template <class Report>
void name_alarms(std::span<const double> evidence, std::span<std::uint8_t> named, double threshold,
                 Report report) {
    while (panel_evidence(evidence, named) >= threshold) {
        std::size_t most = evidence.size();
        for (std::size_t i = 0; i < evidence.size(); ++i) {
            if (named[i] == 0 && (most == evidence.size() || evidence[i] > evidence[most]))
                most = i;
        }
        if (most == evidence.size()) return;
        named[most] = 1;
        report(most);
    }
}

}  // namespace leeway::inline v0
