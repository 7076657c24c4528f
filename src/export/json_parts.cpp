#include "export/json_parts.hpp"

#include <cmath>

namespace leeway::inline v0::detail {

namespace {

/// Into an open object.
void estimate_members(json_writer& out, const estimate& figure) {
    if (!figure) {
        out.key("value").null().member("undefined", to_string(*figure.reason()));
    } else if (!std::isfinite(figure.value())) {
        out.key("value").null().member("undefined", not_finite(figure.value()));
    } else {
        out.member("value", figure.value());
        if (figure.has_interval()) {
            out.member("lower", figure.lower()).member("upper", figure.upper());
        }
    }
}

void optional_member(json_writer& out, std::string_view key, const std::optional<double>& value) {
    if (value) out.member(key, *value);
}

}  // namespace

void write_estimate(json_writer& out, const estimate& figure) {
    out.begin_object();
    estimate_members(out, figure);
    if (figure.confidence() == 1) out.member("confidence", 1);
    out.end_object();
}

void write_full_estimate(json_writer& out, const estimate& figure) {
    out.begin_object();
    estimate_members(out, figure);
    if (figure.has_interval()) out.member("confidence", figure.confidence());
    out.member("weight", figure.weight()).end_object();
}

void write_drift(json_writer& out, const drift_result& drift) {
    out.begin_object();
    if (!drift) {
        out.key("statistic").null().member("undefined", to_string(*drift.reason));
    } else if (!std::isfinite(drift.statistic)) {
        out.key("statistic").null().member("undefined", not_finite(drift.statistic));
    } else {
        out.member("statistic", drift.statistic);
        optional_member(out, "lower", drift.lower);
        optional_member(out, "upper", drift.upper);
        optional_member(out, "p_value", drift.p_value);
        optional_member(out, "e_value", drift.e_value);
        optional_member(out, "expected_without_drift", drift.expected_without_drift);
        optional_member(out, "standard_error", drift.standard_error);
    }
    out.member("n_reference", drift.n_reference).member("n_current", drift.n_current);
    out.end_object();
}

void write_rejections(json_writer& out, const rejections& rejected) {
    out.begin_object();
    rejections::fields(rejected,
                       [&](std::string_view reason, std::uint64_t n) { out.member(reason, n); });
    out.end_object();
}

void write_entries(json_writer& out, const std::vector<report::entry>& entries) {
    out.begin_object();
    for (const report::entry& figure : entries) {
        out.key(figure.key);
        write_estimate(out, figure.value);
    }
    out.end_object();
}

void write_report_members(json_writer& out, const report& figures) {
    out.member("task", figures.task());
    out.member("rows", figures.rows()).member("weight", figures.weight());
    out.member("confidence", figures.confidence().level);
    out.key("rejected");
    write_rejections(out, figures.rejected());
    out.member("infinite_losses", figures.infinite_losses());
    if (figures.task() == "ranking" || figures.task() == "multilabel")
        out.member("skipped", figures.skipped());
    if (figures.bounded()) {
        out.member("bounded", true).key("left_out").begin_array();
        for (const std::string& key : figures.left_out()) out.text(key);
        out.end_array();
    }
    out.key("metrics");
    write_entries(out, figures.entries());
    if (!figures.confusion().classes.empty()) {
        const auto& [classes, cells] = figures.confusion();
        out.key("confusion").begin_object().key("classes").begin_array();
        for (const std::string& name : classes) out.text(name);
        out.end_array().key("rows").begin_array();
        for (std::size_t i = 0; i < classes.size(); ++i) {
            out.begin_array();
            for (std::size_t j = 0; j < classes.size(); ++j) {
                out.number(cells[i * classes.size() + j]);
            }
            out.end_array();
        }
        out.end_array().end_object();
    }
    if (figures.classes().empty()) return;
    const std::string_view part = figures.task() == "groups"       ? "group"
                                  : figures.task() == "multilabel" ? "label"
                                                                   : "class";
    out.key(std::string(part) + (part == "class" ? "es" : "s")).begin_array();
    for (const report::class_figures& each : figures.classes()) {
        out.begin_object().member(part, each.name).member("index", each.index);
        out.member("weight", each.weight).key("metrics");
        write_entries(out, each.entries);
        out.end_object();
    }
    out.end_array();
}

}  // namespace leeway::inline v0::detail
