#include "cli/groups.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "export/json_parts.hpp"
#include "leeway/evaluation/evaluate.hpp"
#include "leeway/export/text.hpp"
#include "leeway/metrics/four_fifths_rule.hpp"

namespace leeway::cli {

namespace {

four_fifths_verdict verdict_of(const report& groups) {
    return four_fifths_rule{}(groups.at("demographic_parity_ratio"));
}

}  // namespace

report evaluate_groups(const outcomes& rows, const confidence_level& confidence) {
    std::vector<std::int32_t> group, label, prediction;
    std::vector<double> score, weight;
    std::uint64_t missing = 0;
    const bool decisions = !rows.prediction.empty() || rows.margins;
    for (std::size_t row = 0; row < rows.rows; ++row) {
        const bool no_margin = rows.margins && std::isnan(rows.score[row]);
        if (rows.group[row] < 0 || !rows.known(row) || no_margin) {
            ++missing;
            continue;
        }
        group.push_back(rows.group[row]);
        label.push_back(rows.label[row]);
        if (!decisions) {
            score.push_back(rows.score[row]);
        } else if (rows.margins) {
            prediction.push_back(rows.score[row] >= rows.threshold ? 1 : 0);
        } else {
            prediction.push_back(rows.prediction[row]);
        }
        if (!rows.weight.empty()) weight.push_back(rows.weight[row]);
    }
    const group_task task{.groups = static_cast<std::int32_t>(rows.groups.size()),
                          .names = rows.groups,
                          .threshold = rows.threshold,
                          .confidence = confidence};
    report::content content =
        (decisions
             ? leeway::evaluate(task, grouped_outcome::columns{group, label, prediction, weight})
             : leeway::evaluate(task, grouped_probability::columns{group, label, score, weight}))
            .contents();
    content.rows += missing;
    content.rejected.missing += missing;
    return report(std::move(content));
}

std::string groups_text(const outcomes& rows, const std::string& column) {
    const report groups = evaluate_groups(rows);
    const four_fifths_verdict verdict = verdict_of(groups);
    std::string text = "between groups of " + column + "\n" + to_text(groups);
    text += "\nfour-fifths rule: " + std::string(to_string(verdict));
    switch (verdict) {
        case four_fifths_verdict::below:
            text += " (a group is predicted positive at less than 0.8 of the rate of another)";
            break;
        case four_fifths_verdict::not_below:
            text += " (every group is predicted positive at 0.8 or more of the rate of any other)";
            break;
        case four_fifths_verdict::not_enough_data:
            text += " (the interval of demographic_parity_ratio does not decide on 0.8)";
            break;
    }
    return text + "\n";
}

void write_groups(detail::json_writer& out, const outcomes& rows, const std::string& column) {
    const report groups = evaluate_groups(rows);
    out.begin_object().member("column", column);
    out.member("four_fifths", to_string(verdict_of(groups)));
    detail::write_report_members(out, groups);
    out.end_object();
}

}  // namespace leeway::cli
