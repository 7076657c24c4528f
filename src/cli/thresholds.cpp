#include "cli/thresholds.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "evaluation/figure_text.hpp"
#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/state_file.hpp"
#include "leeway/metrics/best_threshold.hpp"
#include "leeway/metrics/det_curve.hpp"
#include "leeway/metrics/gain_curve.hpp"
#include "leeway/metrics/precision_recall_curve.hpp"
#include "leeway/metrics/reliability_curve.hpp"
#include "leeway/metrics/roc_curve.hpp"

namespace leeway::cli {

namespace {

/// "cost:1:5": what a false positive and a false negative cost.
std::optional<figure::expected_cost> costs_in(std::string_view word) {
    constexpr std::string_view begin = "cost:";
    if (!word.starts_with(begin)) return {};
    word.remove_prefix(begin.size());
    const std::size_t colon = word.find(':');
    if (colon == std::string_view::npos) return {};
    const csv::cell positive = csv::read_cell(word.substr(0, colon));
    const csv::cell negative = csv::read_cell(word.substr(colon + 1));
    for (const csv::cell& cost : {positive, negative}) {
        if (cost.kind != csv::cell_kind::number || !std::isfinite(cost.number)) return {};
    }
    return figure::expected_cost{.false_positive = positive.number,
                                 .false_negative = negative.number};
}

scored_outcomes usable(const outcomes& rows) {
    scored_outcomes all;
    for (std::size_t row = 0; row < rows.rows; ++row) {
        if (!rows.known(row)) continue;
        all.update({rows.label[row], rows.score[row], rows.weight.empty() ? 1 : rows.weight[row]});
    }
    return all;
}

std::optional<chosen_threshold> chosen(const outcomes& rows, const std::string& word) {
    const score_curve curve(usable(rows));
    if (word == "f1") return best_threshold(curve, figure::f_beta{});
    if (word == "youden") return best_threshold(curve, figure::youden{});
    if (word == "mcc") return best_threshold(curve, figure::matthews{});
    auto found = best_threshold(curve, costs_in(word).value());
    if (found) found->figure = 0.0 - found->figure;  // the cost itself
    return found;
}

void add_line(std::string& out, std::initializer_list<double> numbers) {
    bool first = true;
    for (const double number : numbers) {
        if (!first) out += ',';
        first = false;
        out += detail::shown(number);
    }
    out += '\n';
}

std::string reliability_lines(const scored_outcomes& rows) {
    calibration_bins bins;
    bins.update(probability_outcome::columns{rows.labels(), rows.scores(), rows.weights()});
    std::string out = "lower_edge,upper_edge,mean_score,rate,lower,upper,weight\n";
    for (const reliability_point& at : reliability_curve(bins)) {
        add_line(out, {at.lower_edge, at.upper_edge, at.mean_score, at.rate.value(),
                       at.rate.lower(), at.rate.upper(), at.rate.weight()});
    }
    return out;
}

std::string lines_of(const outcomes& rows, const std::string& curve) {
    const scored_outcomes all = usable(rows);
    if (curve == "reliability") return reliability_lines(all);
    const score_curve points(all);
    std::string out;
    if (curve == "roc") {
        out = "threshold,false_positive_rate,true_positive_rate\n";
        for (const auto& at : roc_curve(points)) {
            add_line(out, {at.threshold, at.false_positive_rate, at.true_positive_rate});
        }
    } else if (curve == "pr") {
        out = "threshold,recall,precision\n";
        for (const auto& at : precision_recall_curve(points)) {
            add_line(out, {at.threshold, at.recall, at.precision});
        }
    } else if (curve == "det") {
        out = "threshold,false_positive_rate,false_negative_rate\n";
        for (const auto& at : det_curve(points)) {
            add_line(out, {at.threshold, at.false_positive_rate, at.false_negative_rate});
        }
    } else if (curve == "counts") {
        out = "threshold,tp,fp,fn,tn\n";
        for (const auto& at : points.points()) {
            add_line(out, {at.threshold, at.positives, at.negatives,
                           points.positives() - at.positives, points.negatives() - at.negatives});
        }
    } else if (curve == "gain" || curve == "capture") {
        out = "threshold,selected,captured\n";
        for (const auto& at : gain_curve(points)) {
            add_line(out, {at.threshold, at.selected, at.captured});
        }
    } else {
        out = "threshold,selected,lift\n";
        for (const auto& at : lift_curve(points)) {
            add_line(out, {at.threshold, at.selected, at.lift});
        }
    }
    return out;
}

}  // namespace

bool names_threshold_figure(const std::string& word) {
    return word == "f1" || word == "youden" || word == "mcc" || costs_in(word).has_value();
}

std::string best_threshold_text(const outcomes& rows, const std::string& word) {
    const auto best = chosen(rows, word);
    const std::string start = "best threshold by " + word + ": ";
    if (!best) return start + "none, the figure is undefined at all of them\n";
    return start +
           (std::isfinite(best->threshold) ? detail::shown(best->threshold)
                                           : "above every score, so that nothing is positive") +
           " (" + (word.starts_with("cost:") ? "mean cost" : word) + " " +
           detail::figure_text(best->figure) + " on these rows)\n";
}

void write_best_threshold(detail::json_writer& out, const outcomes& rows, const std::string& word) {
    const auto best = chosen(rows, word);
    out.begin_object().member("by", word);
    if (!best) {
        out.key("threshold").null().key("value").null();
    } else {
        out.key("threshold");  // none: nothing is positive
        if (std::isfinite(best->threshold)) {
            out.number(best->threshold);
        } else {
            out.null();
        }
        out.member("value", best->figure);
        out.member("tp", best->counts.tp).member("fp", best->counts.fp);
        out.member("fn", best->counts.fn).member("tn", best->counts.tn);
    }
    out.end_object();
}

void write_curve(const outcomes& rows, const std::string& curve, const std::string& path) {
    const std::string lines = lines_of(rows, curve);
    if (std::count(lines.begin(), lines.end(), '\n') < 2) {
        const bool both = curve == "roc" || curve == "det";
        warn(rows.file + ": there is no " + curve + " curve " +
             (curve == "reliability" ? "without a score in [0, 1]"
              : both                 ? "of one class"
                                     : "without a positive") +
             "; " + path + " holds its header alone");
    }
    detail::write_whole_file(path, std::as_bytes(std::span(lines)));
}

}  // namespace leeway::cli
