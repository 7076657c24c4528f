// What a monitor knows at one instant, as plain data: the only thing that crosses from collecting
// to alert rules and exporters. No behaviour here but names.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "leeway/accumulators/binning.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/monitor/alert_rule.hpp"

namespace leeway::inline v0 {

/// The host's clock, passed in: the library reads none.
using time_point = std::chrono::sys_time<std::chrono::nanoseconds>;

/// What a monitored quantity is. Every channel has one detector in the panel.
enum class channel_kind : std::uint8_t { numeric, categorical, score, error };

[[nodiscard]] constexpr std::string_view to_string(channel_kind kind) noexcept {
    switch (kind) {
        case channel_kind::numeric:
            return "numeric";
        case channel_kind::categorical:
            return "categorical";
        case channel_kind::score:
            return "score";
        case channel_kind::error:
            return "error";
    }
    return "unknown";
}

[[nodiscard]] constexpr std::string_view to_string(detector_status status) noexcept {
    switch (status) {
        case detector_status::stable:
            return "stable";
        case detector_status::warning:
            return "warning";
        case detector_status::drift:
            return "drift";
    }
    return "unknown";
}

/// One bin of a channel. Shares are of everything that arrived, missing included; 0 when nothing
/// did.
struct bin_reading {
    std::string label;  ///< "[1.5, 3)", a value, a category, "other", "missing", "non-finite",
                        ///< "unseen"
    std::uint64_t reference{0};
    std::uint64_t current{0};
    double reference_share{0};
    double current_share{0};
    std::optional<double> upper{};  ///< numeric: the bin's upper end (not in the bin when it is an
                                    ///< interval; the largest value when it is values); absent for
                                    ///< the open last interval and behind the regular bins
};

/// One drift test of current against reference, and what the alert rule makes of it.
struct test_reading {
    std::string_view name;  ///< the catalogue's name: "population_stability_index"
    drift_result result;
    std::optional<leeway::verdict> verdict;  ///< absent where the rule does not apply to this test
};

/// The evidence of one channel's detector and how far it can be trusted.
struct guard_reading {
    std::string_view detector;  ///< "shape_e_detector", "mean_e_detector"
    double evidence{0};         ///< mean over the detector's bets; without drift at most the number
                                ///< of rows since arming, on average
    double threshold{0};        ///< evidence at which this channel alone makes the panel alarm
    detector_status status{detector_status::stable};  ///< drift: named by an alarm, until rearm()
    std::string explanation;  ///< what the leading bet says ("higher values"); may be empty
    estimate lag_one{undefined::empty};            ///< lag-1 autocorrelation of the current rows
    estimate lag_one_reference{undefined::empty};  ///< and of the reference's
    bool guarantee_void{false};  ///< autocorrelation above the limit: the false-alarm rate is not
                                 ///< guaranteed
};

/// Mean and spread of the finite values; extremes of the reference only.
struct value_summary {
    estimate mean{undefined::empty};
    estimate standard_deviation{undefined::empty};
    estimate minimum{undefined::empty};
    estimate maximum{undefined::empty};
};

/// A feature, or the score.
struct channel_snapshot {
    std::string name;  ///< the feature's name; "score" for the score
    channel_kind kind{channel_kind::numeric};
    std::uint64_t n_reference{0};
    std::uint64_t n_current{0};
    std::uint64_t missing_reference{0};
    std::uint64_t missing{0};
    std::uint64_t non_finite{0};
    std::uint64_t unseen{0};        ///< values the reference never saw (categories, few-valued)
    std::uint64_t below_range{0};   ///< numeric: under the reference's minimum
    std::uint64_t above_range{0};   ///< numeric: over the reference's maximum
    value_summary reference;        ///< numeric and score only
    value_summary current;          ///< numeric and score only; minimum and maximum are not kept
    std::vector<bin_reading> bins;  ///< regular bins in order, then missing, non-finite, unseen
    std::vector<test_reading> tests;
    leeway::verdict verdict{leeway::verdict::not_enough_data};  ///< of population stability index
    guard_reading guard;
};

/// The model's error as the panel watches it: a loss in [0, 1].
struct error_snapshot {
    std::string loss;  ///< "error rate at threshold 0.5", "squared error clipped at ..."
    double scale{1};   ///< multiply by it to return to the loss's own unit
    estimate reference{undefined::empty};
    estimate current{undefined::empty};
    guard_reading guard;
};

/// One metric, now and in the reference.
struct metric_reading {
    std::string key;  ///< "roc_auc"
    std::string unit{"1"};
    orientation better{orientation::neither};
    estimate reference{undefined::empty};
    estimate current{undefined::empty};
};

/// What became of labels. expired, unknown and duplicate ones reach no metric.
struct label_counts {
    std::uint64_t matched{0};    ///< joined to their prediction
    std::uint64_t expired{0};    ///< their prediction had left the ring of pending ones
    std::uint64_t unknown{0};    ///< no prediction was ever given this ticket
    std::uint64_t duplicate{0};  ///< their prediction had a label already
    std::uint64_t rejected{0};   ///< matched, but not a label of the task (NaN, 2 for a binary one)
    std::uint64_t score_rejected{
        0};  ///< matched, but the score cannot be evaluated (NaN, infinite)
};

/// Reported once, when the panel's evidence crosses its threshold.
struct alarm {
    std::uint64_t number{0};  ///< 1, 2, ... within one monitor
    time_point when{};
    std::uint64_t row{0};        ///< rows recorded when it was raised
    std::uint64_t since_row{0};  ///< rows recorded when this channel's evidence began its rise
    std::string channel;         ///< the feature's name, "score" or "error"
    channel_kind kind{channel_kind::numeric};
    std::string_view detector;
    double evidence{0};            ///< of this channel
    double panel_evidence{0};      ///< mean over channels, at the alarm
    double threshold{0};           ///< A: what the panel's evidence reached
    drift_result effect;           ///< over the rows since since_row
    std::string_view effect_name;  ///< "population_stability_index" or "mean_difference"
    std::string explanation;
    bool guarantee_void{false};
};

/// All channels together.
struct panel_reading {
    std::size_t channels{0};
    double evidence{0};              ///< mean over the channels not yet named by an alarm
    double false_alarm_every{0};     ///< A
    double leeway_psi{0};            ///< the tolerated population stability index
    double reference_confidence{0};  ///< of the margin for a finite reference
    detector_status status{detector_status::stable};
    bool guarantee_void{false};  ///< any channel's is
};

/// Everything, at one instant.
struct snapshot {
    std::uint64_t reference_id{0};
    std::uint64_t reference_rows{0};
    std::optional<time_point> period_start;  ///< absent: since the monitor was made
    time_point taken{};
    std::optional<time_point> last_label;  ///< first poll or snapshot after the last matched label
    std::uint64_t rows{0};                 ///< recorded in the period
    std::uint64_t rows_in_all{0};          ///< recorded since the monitor was made
    std::uint64_t rejected_rows{0};        ///< of the wrong width: not recorded
    std::string task;                      ///< "none", "binary", "regression"
    double threshold{0.5};                 ///< binary: score at or above which the prediction is 1
    label_counts labels;
    std::vector<channel_snapshot> features;
    std::optional<channel_snapshot> score;
    std::optional<error_snapshot> error;
    std::vector<metric_reading> metrics;
    std::vector<std::uint64_t>
        outcomes;  ///< binary: counts of (label, prediction) as 00, 01, 10, 11
    panel_reading panel;
    std::vector<alarm> alarms;  ///< of the whole run, oldest first; the last 256
    std::uint64_t alarms_in_all{0};
};

}  // namespace leeway::inline v0
