#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "evaluation/figure_text.hpp"
#include "export/text_table.hpp"
#include "export/time_text.hpp"
#include "leeway/export/text.hpp"

namespace leeway::inline v0 {

namespace {

using detail::figure_text;
using detail::text_table;
using side = text_table::align;

constexpr std::size_t most_alarms = 20;

/// Evidence runs over many orders of magnitude; three digits say enough.
std::string evidence_text(double evidence) {
    if (std::isinf(evidence)) return figure_text(evidence);
    return evidence >= 1e4 ? fmt::format("{:.1e}", evidence) : fmt::format("{:.1f}", evidence);
}

std::string guard_text(const guard_reading& guard) {
    return guard.detector.empty() ? "-" : evidence_text(guard.evidence);
}

std::string share_text(std::uint64_t part, std::uint64_t whole) {
    return whole == 0
               ? "-"
               : fmt::format("{:.4f}", static_cast<double>(part) / static_cast<double>(whole));
}

std::string state_text(const guard_reading& guard) {
    if (guard.detector.empty()) return "not watched";
    return std::string(to_string(guard.status)) + (guard.guarantee_void ? "*" : "");
}

void add_channel(text_table& table, const channel_snapshot& channel) {
    const auto psi = std::find_if(
        channel.tests.begin(), channel.tests.end(),
        [](const test_reading& test) { return test.name == "population_stability_index"; });
    const bool known = psi != channel.tests.end() && psi->result.defined();
    table.add({detail::short_name(channel.name, 18), std::string(to_string(channel.kind)),
               fmt::to_string(channel.n_current), share_text(channel.missing, channel.n_current),
               known ? figure_text(psi->result.statistic) : "-",
               std::string(to_string(channel.verdict)), guard_text(channel.guard),
               state_text(channel.guard)});
}

std::string channels_text(const snapshot& now) {
    text_table table({{"channel", side::left},
                      {"kind", side::left},
                      {"n"},
                      {"missing"},
                      {"psi"},
                      {"verdict", side::left},
                      {"evidence"},
                      {"state", side::left}});
    for (const channel_snapshot& feature : now.features) add_channel(table, feature);
    if (now.score) add_channel(table, *now.score);
    if (now.error) {
        const estimate& current = now.error->current;
        table.add({"error", std::string(to_string(channel_kind::error)),
                   current ? detail::weight_text(current.weight()) : "0", "", "", "",
                   guard_text(now.error->guard), state_text(now.error->guard)});
    }
    return table.str();
}

std::string metrics_text(const snapshot& now) {
    text_table table({{"metric", side::left}, {"reference"}, {"now"}, {"lower"}, {"upper"}});
    for (const metric_reading& metric : now.metrics) {
        std::vector<std::string> cells{
            metric.key, metric.reference ? figure_text(metric.reference.value()) : "-"};
        std::string note;
        if (metric.current) {
            cells.push_back(figure_text(metric.current.value()));
            if (metric.current.has_interval()) {
                cells.push_back(figure_text(metric.current.lower()));
                cells.push_back(figure_text(metric.current.upper()));
            } else {
                note = "no interval";
            }
        } else {
            note = detail::value_text(metric.current, 4);
        }
        table.add(std::move(cells), std::move(note));
    }
    return table.str();
}

std::string alarms_text(const snapshot& now) {
    text_table table({{"alarm"},
                      {"when", side::left},
                      {"row"},
                      {"since row"},
                      {"channel", side::left},
                      {"effect", side::left}});
    const std::size_t shown = std::min(now.alarms.size(), most_alarms);
    for (std::size_t i = now.alarms.size() - shown; i < now.alarms.size(); ++i) {
        const alarm& raised = now.alarms[i];
        std::string effect =
            raised.effect.defined()
                ? fmt::format("{} {}", raised.effect_name, figure_text(raised.effect.statistic))
                : "undefined: " + std::string(to_string(*raised.effect.reason));
        table.add({fmt::to_string(raised.number), detail::time_text(raised.when).substr(0, 19),
                   fmt::to_string(raised.row), fmt::to_string(raised.since_row),
                   detail::short_name(raised.channel, 16), std::move(effect)});
    }
    std::string text;
    if (now.alarms_in_all > shown) {
        text = fmt::format("the last {} of {} alarms:\n", shown, now.alarms_in_all);
    }
    return text + table.str();
}

std::string head_text(const snapshot& now) {
    std::string text =
        fmt::format("snapshot of {}: {} rows", detail::time_text(now.taken), now.rows);
    if (now.period_start) text += " since " + detail::time_text(*now.period_start);
    if (now.rejected_rows > 0) text += fmt::format(", {} rejected", now.rejected_rows);
    text += fmt::format("\nreference {} of {} rows\n", detail::id_text(now.reference_id),
                        now.reference_rows);
    const panel_reading& panel = now.panel;
    if (panel.channels > 0) {
        text += fmt::format("panel of {} channels: {}, evidence {} of {}; alarms {}\n",
                            panel.channels, to_string(panel.status), evidence_text(panel.evidence),
                            detail::weight_text(panel.false_alarm_every), now.alarms_in_all);
    }
    if (panel.guarantee_void) {
        text +=
            "*: rows too alike to their neighbours, so the false-alarm rate is not guaranteed\n";
    }
    const label_counts& labels = now.labels;
    text += fmt::format("labels: {} matched, {} expired, {} unknown, {} duplicate, {} rejected\n",
                        labels.matched, labels.expired, labels.unknown, labels.duplicate,
                        labels.rejected + labels.score_rejected);
    return text;
}

}  // namespace

std::string to_text(const snapshot& now) {
    std::string text = head_text(now) + '\n' + channels_text(now);
    if (now.error) text += "error: " + now.error->loss + '\n';
    if (!now.metrics.empty()) text += '\n' + metrics_text(now);
    if (!now.alarms.empty()) text += '\n' + alarms_text(now);
    return text;
}

}  // namespace leeway::inline v0
