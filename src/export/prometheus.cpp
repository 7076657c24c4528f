#include "leeway/export/prometheus.hpp"

#include <charconv>
#include <string_view>
#include <unordered_map>

#include "export/exposition.hpp"
#include "export/text_table.hpp"
#include "export/time_text.hpp"

namespace leeway::inline v0 {

namespace {

using detail::exposition;
using type = exposition::type;

constexpr std::size_t own_bins = 3;  // missing, non-finite, unseen stand behind the regular bins

/// The families in the order of the page. HELP texts hold no backslash and no line break.
struct families {
    explicit families(exposition& to)
        : predictions(to.add_family("leeway_predictions_total", type::counter,
                                    "Rows recorded since the monitor was made.")),
          rejected(to.add_family("leeway_rejected_rows_total", type::counter,
                                 "Rows of the wrong width, not recorded.")),
          labels(to.add_family("leeway_labels_total", type::counter,
                               "Labels received, by what became of them.")),
          outcomes(to.add_family("leeway_outcomes_total", type::counter,
                                 "Labelled predictions by actual and predicted class.")),
          alarms(to.add_family("leeway_alarms_total", type::counter,
                               "Alarms raised since the monitor was made.")),
          missing(to.add_family("leeway_feature_missing_total", type::counter, "Missing values.")),
          non_finite(
              to.add_family("leeway_feature_non_finite_total", type::counter, "Infinite values.")),
          unseen(to.add_family("leeway_feature_unseen_total", type::counter,
                               "Values that the reference never saw.")),
          out_of_range(to.add_family("leeway_feature_out_of_range_total", type::counter,
                                     "Values outside the range of the reference.")),
          bins(to.add_family("leeway_feature_bin_observations_total", type::counter,
                             "Values by bin of the reference, not cumulative.")),
          bin_ratio(to.add_family("leeway_reference_bin_ratio", type::gauge,
                                  "Share of the reference in the bin.")),
          score(to.add_family("leeway_score", type::histogram, "Scores of the model.")),
          reference_score(to.add_family("leeway_reference_score", type::histogram,
                                        "Scores of the model on the reference.")),
          drift_score(to.add_family("leeway_drift_score", type::gauge,
                                    "Distance from the reference, by method.")),
          p_value(to.add_family("leeway_drift_p_value", type::gauge,
                                "Probability of such a distance without drift, by method.")),
          evidence(to.add_family("leeway_drift_evidence", type::gauge,
                                 "Evidence of the channel's detector against no drift.")),
          state(to.add_family("leeway_drift_state", type::gauge,
                              "State of the channel's detector: 0 stable, 1 warning, 2 drift.")),
          beyond(to.add_family("leeway_beyond_leeway", type::gauge,
                               "1 when surely beyond the tolerated distance, 0 when surely "
                               "within, absent when neither is sure.")),
          guarantee_void(to.add_family("leeway_guarantee_void", type::gauge,
                                       "1 when autocorrelation voids the false-alarm rate.")),
          metric(to.add_family("leeway_metric", type::gauge, "Metric of the labelled rows.")),
          metric_lower(to.add_family("leeway_metric_ci_lower", type::gauge,
                                     "Lower end of the metric's interval.")),
          metric_upper(to.add_family("leeway_metric_ci_upper", type::gauge,
                                     "Upper end of the metric's interval.")),
          metric_reference(to.add_family("leeway_metric_reference", type::gauge,
                                         "The metric on the reference.")),
          metric_undefined(to.add_family("leeway_metric_undefined", type::gauge,
                                         "1 for a metric without a value, by reason.")),
          panel_evidence(to.add_family("leeway_panel_evidence", type::gauge,
                                       "Evidence of all detectors together.")),
          false_alarm_every(to.add_family("leeway_false_alarm_every", type::gauge,
                                          "Predictions a false alarm, at least, on average: the "
                                          "evidence at which the panel alarms.")),
          reference_rows(
              to.add_family("leeway_reference_rows", type::gauge, "Rows of the reference.")),
          window_start(to.add_family("leeway_window_start_timestamp_seconds", type::gauge,
                                     "Start of the period that the counters cover.")),
          taken(to.add_family("leeway_snapshot_timestamp_seconds", type::gauge,
                              "When the snapshot was taken.")),
          last_label(to.add_family("leeway_last_label_timestamp_seconds", type::gauge,
                                   "When a label was last seen to have been matched.")),
          reference_info(to.add_family("leeway_reference_info", type::gauge,
                                       "1, with the id of the reference: replicas of one model "
                                       "must agree on it.")),
          build_info(to.add_family("leeway_build_info", type::gauge,
                                   "1, with the version of the library.")),
          dropped(to.add_family("leeway_dropped_series", type::gauge,
                                "Series left out of this page by its limit. Above 0: raise the "
                                "limit or monitor fewer features.")) {}

    exposition::family predictions, rejected, labels, outcomes, alarms;
    exposition::family missing, non_finite, unseen, out_of_range, bins, bin_ratio;
    exposition::family score, reference_score;
    exposition::family drift_score, p_value, evidence, state, beyond, guarantee_void;
    exposition::family metric, metric_lower, metric_upper, metric_reference, metric_undefined;
    exposition::family panel_evidence, false_alarm_every, reference_rows;
    exposition::family window_start, taken, last_label, reference_info, build_info, dropped;
};

void add_whole(exposition& out, const families& to, const snapshot& now) {
    out.add(to.predictions, {}, now.rows_in_all);
    out.add(to.rejected, {}, now.rejected_rows);
    out.add(to.alarms, {}, now.alarms_in_all);
    const label_counts& labels = now.labels;
    const std::pair<std::string_view, std::uint64_t> states[] = {
        {"matched", labels.matched},   {"expired", labels.expired},
        {"unknown", labels.unknown},   {"duplicate", labels.duplicate},
        {"rejected", labels.rejected}, {"score_rejected", labels.score_rejected},
    };
    for (const auto& [state, n] : states) out.add(to.labels, {{"state", state}}, n);
    if (now.outcomes.size() == 4) {
        for (std::size_t i = 0; i < 4; ++i) {
            out.add(to.outcomes, {{"actual", i / 2 ? "1" : "0"}, {"predicted", i % 2 ? "1" : "0"}},
                    now.outcomes[i]);
        }
    }
    if (now.panel.channels > 0) {
        out.add(to.panel_evidence, {}, now.panel.evidence);
        out.add(to.false_alarm_every, {}, now.panel.false_alarm_every);
    }
    out.add(to.reference_rows, {}, now.reference_rows);
    if (now.period_start) out.add(to.window_start, {}, detail::unix_seconds(*now.period_start));
    out.add(to.taken, {}, detail::unix_seconds(now.taken));
    if (now.last_label) out.add(to.last_label, {}, detail::unix_seconds(*now.last_label));
    out.add(to.reference_info, {{"reference_id", detail::id_text(now.reference_id)}}, 1);
    out.add(to.build_info, {{"library_version", version}}, 1);
}

void add_metrics(exposition& out, const families& to, const snapshot& now) {
    for (const metric_reading& metric : now.metrics) {
        const exposition::label_list name{{"name", metric.key}};
        if (metric.current) {
            out.add(to.metric, name, metric.current.value());
            if (metric.current.has_interval()) {
                out.add(to.metric_lower, name, metric.current.lower());
                out.add(to.metric_upper, name, metric.current.upper());
            }
        } else {
            out.add(to.metric_undefined,
                    {{"name", metric.key}, {"reason", to_string(*metric.current.reason())}}, 1);
        }
        if (metric.reference) out.add(to.metric_reference, name, metric.reference.value());
    }
}

exposition::label_list labels_of(const channel_snapshot& channel) {
    return {{"feature", channel.name}, {"kind", to_string(channel.kind)}};
}

void add_guard(exposition& out, const families& to, const exposition::label_list& who,
               const guard_reading& guard) {
    if (guard.detector.empty()) return;  // nothing watches this channel
    out.add(to.evidence, who, guard.evidence);
    out.add(to.state, who, static_cast<int>(guard.status));
    out.add(to.guarantee_void, who, guard.guarantee_void ? 1 : 0);
}

void add_channel(exposition& out, const families& to, const channel_snapshot& channel) {
    const exposition::label_list who = labels_of(channel);
    out.begin_group();
    out.add(to.missing, who, channel.missing);
    out.add(to.non_finite, who, channel.non_finite);
    out.add(to.unseen, who, channel.unseen);
    if (channel.kind != channel_kind::categorical) {
        out.add(to.out_of_range, who, channel.below_range + channel.above_range);
    }
    for (const test_reading& test : channel.tests) {
        if (!test.result) continue;
        exposition::label_list by_method = who;
        by_method.emplace_back("method", test.name);
        out.add(to.drift_score, by_method, test.result.statistic);
        if (test.result.p_value) out.add(to.p_value, by_method, *test.result.p_value);
    }
    if (channel.verdict != verdict::not_enough_data) {
        out.add(to.beyond, who, channel.verdict == verdict::beyond ? 1 : 0);
    }
    add_guard(out, to, who, channel.guard);
}

void add_bins(exposition& out, const families& to, const channel_snapshot& channel) {
    out.begin_group();
    std::unordered_map<std::string, int> used;
    for (const bin_reading& bin : channel.bins) {
        std::string name = detail::short_name(bin.label, 64);
        if (const int times = ++used[name]; times > 1) name += " #" + std::to_string(times);
        exposition::label_list labels = labels_of(channel);
        labels.emplace_back("bin", name);
        out.add(to.bins, labels, bin.current);
        out.add(to.bin_ratio, labels, bin.reference_share);
    }
}

/// Cumulative over the regular bins; unseen scores count in +Inf alone, missing and infinite ones
/// not at all.
void add_histogram(exposition& out, exposition::family to, const channel_snapshot& score,
                   std::uint64_t bin_reading::*count, const estimate& mean) {
    std::uint64_t below = 0;
    for (std::size_t i = 0; i + own_bins < score.bins.size(); ++i) {
        below += score.bins[i].*count;
        if (!score.bins[i].upper) continue;
        char buffer[32];
        const auto end = std::to_chars(buffer, buffer + sizeof buffer, *score.bins[i].upper);
        const std::string_view edge(buffer, static_cast<std::size_t>(end.ptr - buffer));
        out.add_part(to, "_bucket", {{"le", edge}}, static_cast<double>(below));
    }
    const auto seen = static_cast<double>(below + score.bins.back().*count);
    out.add_part(to, "_bucket", {{"le", "+Inf"}}, seen);
    out.add_part(to, "_sum", {}, mean ? mean.value() * mean.weight() : 0);
    out.add_part(to, "_count", {}, seen);
}

void add_score_histograms(exposition& out, const families& to, const channel_snapshot& score) {
    if (score.bins.size() <= own_bins) return;
    out.begin_group();
    add_histogram(out, to.score, score, &bin_reading::current, score.current.mean);
    add_histogram(out, to.reference_score, score, &bin_reading::reference, score.reference.mean);
}

}  // namespace

std::string to_prometheus(const snapshot& now, const prometheus_options& options) {
    exposition out(options.labels);
    const families to(out);
    add_whole(out, to, now);
    add_metrics(out, to, now);
    if (now.error) {
        add_guard(out, to, {{"feature", "error"}, {"kind", to_string(channel_kind::error)}},
                  now.error->guard);
    }
    if (now.score) {
        add_channel(out, to, *now.score);
        add_score_histograms(out, to, *now.score);
        add_bins(out, to, *now.score);
    }
    for (const channel_snapshot& feature : now.features) add_channel(out, to, feature);
    for (const channel_snapshot& feature : now.features) add_bins(out, to, feature);
    return out.page(options.most_series, to.dropped);
}

}  // namespace leeway::inline v0
