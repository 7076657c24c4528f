// Prometheus text for any HTTP server to return. Defined in src: link leeway::leeway.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "leeway/core/version.hpp"
#include "leeway/monitor/snapshot.hpp"

namespace leeway::inline v0 {

struct prometheus_options {
    /// On every series: {{"model", "fraud"}, {"version", "7"}}. Names as Prometheus wants them
    /// ([a-zA-Z_][a-zA-Z0-9_]*, not starting with "__"), different from each other and from the
    /// names the exporter uses itself; anything else raises.
    std::vector<std::pair<std::string, std::string>> labels{};
    /// Series to write at most. What does not fit is left out from the end: bins of the last
    /// features first, whole features at a time, so that no drift score is computed from half of
    /// the bins. leeway_dropped_series says how many, and is always written.
    std::size_t most_series{10'000};
};

/// The snapshot in the text exposition format 0.0.4 (content type "text/plain; version=0.0.4").
///
/// Counters: leeway_predictions_total, leeway_rejected_rows_total, leeway_labels_total{state},
/// leeway_outcomes_total{actual,predicted}, leeway_alarms_total; of each channel, told apart by
/// {feature,kind}: leeway_feature_missing_total, leeway_feature_non_finite_total,
/// leeway_feature_unseen_total, leeway_feature_out_of_range_total,
/// leeway_feature_bin_observations_total{bin}.
///
/// Histograms: leeway_score{le}, and leeway_reference_score{le} over the same edges.
///
/// Gauges: leeway_reference_bin_ratio{feature,kind,bin}, leeway_drift_score{feature,kind,method},
/// leeway_drift_p_value, leeway_drift_evidence, leeway_drift_state (0 stable, 1 warning, 2 drift),
/// leeway_beyond_leeway, leeway_guarantee_void, leeway_metric{name}, leeway_metric_ci_lower,
/// leeway_metric_ci_upper, leeway_metric_reference, leeway_metric_undefined{name,reason},
/// leeway_panel_evidence, leeway_false_alarm_every, leeway_reference_rows,
/// leeway_window_start_timestamp_seconds, leeway_snapshot_timestamp_seconds,
/// leeway_last_label_timestamp_seconds, leeway_reference_info{reference_id},
/// leeway_build_info{library_version}, leeway_dropped_series.
///
/// The bin counters are not cumulative over bins and count what was seen, so replicas that share a
/// reference add up and drift over all of them is a PromQL expression. Counters cover the
/// snapshot's period and start again with it, which Prometheus reads as a restart; predictions and
/// alarms are counted since the monitor was made. Bins are closed on the left, so `le` holds the
/// scores below its edge and not those at it. What is undefined has no series: NaN and infinity are
/// never written. Label values are escaped and valid UTF-8; long categories are shortened and,
/// where that makes two alike, numbered. No series is written twice. Cost: about 1 us a series.
/// Thread rule: a pure function.
[[nodiscard]] std::string to_prometheus(const snapshot& now,
                                        const prometheus_options& options = {});

}  // namespace leeway::inline v0
