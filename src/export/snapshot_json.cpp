#include <string_view>
#include <utility>

#include "export/json_parts.hpp"
#include "export/time_text.hpp"
#include "leeway/export/json.hpp"

namespace leeway::inline v0 {

namespace {

using detail::json_writer;

std::string_view word_of(orientation better) {
    return better == orientation::higher_is_better  ? "higher"
           : better == orientation::lower_is_better ? "lower"
                                                    : "neither";
}

/// The member "guard"; absent where no detector watches.
void write_guard(json_writer& out, const guard_reading& guard) {
    if (guard.detector.empty()) return;
    out.key("guard").begin_object();
    out.member("detector", guard.detector).member("evidence", guard.evidence);
    out.member("threshold", guard.threshold).member("status", to_string(guard.status));
    out.member("explanation", guard.explanation).key("lag_one");
    detail::write_full_estimate(out, guard.lag_one);
    out.key("lag_one_reference");
    detail::write_full_estimate(out, guard.lag_one_reference);
    out.member("guarantee_void", guard.guarantee_void).end_object();
}

void write_summary(json_writer& out, const value_summary& values) {
    const std::pair<std::string_view, const estimate&> figures[] = {
        {"mean", values.mean},
        {"standard_deviation", values.standard_deviation},
        {"minimum", values.minimum},
        {"maximum", values.maximum},
    };
    out.begin_object();
    for (const auto& [key, figure] : figures) {
        out.key(key);
        detail::write_full_estimate(out, figure);
    }
    out.end_object();
}

void write_channel(json_writer& out, const channel_snapshot& channel) {
    out.begin_object();
    out.member("name", channel.name).member("kind", to_string(channel.kind));
    out.member("n_reference", channel.n_reference).member("n_current", channel.n_current);
    out.member("missing_reference", channel.missing_reference);
    out.member("missing_current", channel.missing);
    out.member("non_finite", channel.non_finite).member("unseen", channel.unseen);
    if (channel.kind != channel_kind::categorical) {
        out.member("below_range", channel.below_range).member("above_range", channel.above_range);
        out.key("reference");
        write_summary(out, channel.reference);
        out.key("current");
        write_summary(out, channel.current);
    }
    out.key("bins").begin_array();
    for (const bin_reading& bin : channel.bins) {
        out.begin_object().member("bin", bin.label);
        if (bin.upper) out.member("upper", *bin.upper);
        out.member("reference", bin.reference).member("current", bin.current);
        out.member("reference_share", bin.reference_share);
        out.member("current_share", bin.current_share).end_object();
    }
    out.end_array().key("tests").begin_object();
    for (const test_reading& test : channel.tests) {
        out.key(test.name);
        detail::write_drift(out, test.result);
    }
    out.end_object().member("verdict", to_string(channel.verdict));
    write_guard(out, channel.guard);
    out.end_object();
}

void write_alarm(json_writer& out, const alarm& raised) {
    out.begin_object();
    out.member("number", raised.number).member("when", detail::time_text(raised.when));
    out.member("row", raised.row).member("since_row", raised.since_row);
    out.member("channel", raised.channel).member("kind", to_string(raised.kind));
    out.member("detector", raised.detector).member("evidence", raised.evidence);
    out.member("panel_evidence", raised.panel_evidence).member("threshold", raised.threshold);
    out.member("effect_name", raised.effect_name).key("effect");
    detail::write_drift(out, raised.effect);
    out.member("explanation", raised.explanation);
    out.member("guarantee_void", raised.guarantee_void).end_object();
}

void write_labels(json_writer& out, const label_counts& labels) {
    out.begin_object();
    out.member("matched", labels.matched).member("expired", labels.expired);
    out.member("unknown", labels.unknown).member("duplicate", labels.duplicate);
    out.member("rejected", labels.rejected).member("score_rejected", labels.score_rejected);
    out.end_object();
}

void write_panel(json_writer& out, const panel_reading& panel) {
    out.begin_object();
    out.member("channels", panel.channels).member("evidence", panel.evidence);
    out.member("false_alarm_every", panel.false_alarm_every);
    out.member("leeway_psi", panel.leeway_psi);
    out.member("reference_confidence", panel.reference_confidence);
    out.member("status", to_string(panel.status));
    out.member("guarantee_void", panel.guarantee_void).end_object();
}

void write_metrics(json_writer& out, const std::vector<metric_reading>& metrics) {
    out.begin_object();
    for (const metric_reading& metric : metrics) {
        out.key(metric.key).begin_object();
        out.member("unit", metric.unit).member("better", word_of(metric.better)).key("current");
        detail::write_full_estimate(out, metric.current);
        out.key("reference");
        detail::write_full_estimate(out, metric.reference);
        out.end_object();
    }
    out.end_object();
}

void write_error(json_writer& out, const error_snapshot& error) {
    out.begin_object().member("loss", error.loss).member("scale", error.scale).key("current");
    detail::write_full_estimate(out, error.current);
    out.key("reference");
    detail::write_full_estimate(out, error.reference);
    write_guard(out, error.guard);
    out.end_object();
}

}  // namespace

std::string to_json(const snapshot& now) {
    json_writer out;
    out.begin_object().member("schema", "leeway.snapshot/1");
    out.member("reference_id", detail::id_text(now.reference_id));
    out.member("reference_rows", now.reference_rows);
    if (now.period_start) out.member("period_start", detail::time_text(*now.period_start));
    out.member("taken", detail::time_text(now.taken));
    if (now.last_label) out.member("last_label", detail::time_text(*now.last_label));
    out.member("rows", now.rows).member("rows_in_all", now.rows_in_all);
    out.member("rejected_rows", now.rejected_rows).member("task", now.task);
    out.key("labels");
    write_labels(out, now.labels);
    out.key("panel");
    write_panel(out, now.panel);
    if (now.error) {
        out.key("error");
        write_error(out, *now.error);
    }
    out.key("metrics");
    write_metrics(out, now.metrics);
    if (now.outcomes.size() == 4) {
        out.member("threshold", now.threshold).key("outcomes").begin_array();
        for (std::size_t i = 0; i < 4; ++i) {
            out.begin_object().member("actual", i / 2).member("predicted", i % 2);
            out.member("n", now.outcomes[i]).end_object();
        }
        out.end_array();
    }
    if (now.score) {
        out.key("score");
        write_channel(out, *now.score);
    }
    out.key("features").begin_array();
    for (const channel_snapshot& feature : now.features) write_channel(out, feature);
    out.end_array().member("alarms_in_all", now.alarms_in_all).key("alarms").begin_array();
    for (const alarm& raised : now.alarms) write_alarm(out, raised);
    out.end_array().end_object();
    return std::move(out).take();
}

}  // namespace leeway::inline v0
