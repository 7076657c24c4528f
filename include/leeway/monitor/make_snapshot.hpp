// From counts to figures: what a snapshot says about a reference and the totals collected against
// it.
#pragma once

#include "leeway/core/version.hpp"
#include "leeway/monitor/alert_rule.hpp"
#include "leeway/monitor/monitor_state.hpp"
#include "leeway/monitor/reference.hpp"
#include "leeway/monitor/snapshot.hpp"

namespace leeway::inline v0 {

/// Reads every drift test, verdict and metric from merged totals: the snapshot of a fleet, when
/// each process has saved its monitor_state. The rule decides on the population stability index.
///
/// Detectors are ordered and do not merge, so panel, guards and alarms are those of no one: their
/// evidence is 0. monitor::snapshot fills them in for its own process.
/// A state of another reference raises std::invalid_argument. Cost: some 10 us a channel. Pure.
[[nodiscard]] snapshot make_snapshot(const reference& against, const monitor_state& totals,
                                     time_point now, const alert_rule& rule = {});

}  // namespace leeway::inline v0
