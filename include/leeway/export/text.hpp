// Reports and snapshots for people. Defined in src: link leeway::leeway.
#pragma once

#include <string>

#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/report.hpp"
#include "leeway/monitor/snapshot.hpp"

namespace leeway::inline v0 {

/// "0.8120 (95 % CI 0.7910 to 0.8330, n = 4664)", "undefined: one class (n = 12)".
[[nodiscard]] std::string to_text(const estimate& figure);

/// An aligned table in plain ASCII of at most 80 columns (names of classes may carry it further):
/// each figure with its interval, or "undefined: " and the reason; what was left out and why.
/// Ends with a line break.
[[nodiscard]] std::string to_text(const report& figures);

/// Aligned tables in plain ASCII of at most 100 columns: channels with their drift, verdict and
/// evidence, metrics now and in the reference, alarms. Longer names lose their middle. Ends with a
/// line break.
[[nodiscard]] std::string to_text(const snapshot& now);

}  // namespace leeway::inline v0
