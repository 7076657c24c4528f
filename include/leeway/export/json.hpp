// Machine-readable reports and snapshots. Defined in src: link leeway::leeway.
#pragma once

#include <string>

#include "leeway/core/version.hpp"
#include "leeway/evaluation/report.hpp"
#include "leeway/monitor/snapshot.hpp"

namespace leeway::inline v0 {

/// One JSON text on one line:
///
///     {"schema":"leeway.evaluate/1","task":"binary","rows":9,"weight":8,"confidence":0.95,
///      "rejected":{"weight":0,"missing":1,"non_finite":0,"label":0,"range":0},
///      "infinite_losses":0,
///      "metrics":{"accuracy":{"value":0.75,"lower":0.40,"upper":0.93},
///                 "roc_auc":{"value":null,"undefined":"one class"}},
///      "classes":[{"class":"setosa","index":0,"weight":3,"metrics":{...}}]}
///
/// `lower` and `upper` are absent where a figure has no interval; `undefined` is present exactly
/// when `value` is null. `classes` is there for multiclass tasks only. docs/formats.md has the
/// whole schema. Numbers are the shortest that read back exactly; no locale has a say.
[[nodiscard]] std::string to_json(const report& figures);

/// One JSON text on one line, schema "leeway.snapshot/1": everything in the snapshot, for storing
/// or for a log, so one snapshot is one JSON line.
///
/// Reference ids are sixteen hexadecimal digits, times RFC 3339 in UTC; members that the snapshot
/// does not have (no score, no period, no label yet, no guard where nothing watches) are absent.
/// Estimates are as in a report, with `confidence` (1: a bound that always holds) and `weight`;
/// drift results have `statistic`, and `lower`, `upper`, `p_value`, `e_value`,
/// `expected_without_drift`, `standard_error` where there is one, or null and `undefined`.
/// docs/formats.md has the whole schema.
[[nodiscard]] std::string to_json(const snapshot& now);

}  // namespace leeway::inline v0
