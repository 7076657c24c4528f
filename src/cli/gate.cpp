#include "leeway/evaluation/gate.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/columns.hpp"
#include "cli/commands.hpp"
#include "cli/gate_report.hpp"
#include "cli/gates_file.hpp"
#include "cli/groups.hpp"
#include "cli/model_comparison.hpp"
#include "cli/model_pair.hpp"
#include "cli/outcomes.hpp"
#include "cli/output_file.hpp"
#include "cli/progress.hpp"
#include "cli/slice_evidence.hpp"
#include "evaluation/figure_text.hpp"
#include "export/text_table.hpp"
#include "leeway/core/false_discovery.hpp"
#include "leeway/evaluation/baseline_gate.hpp"

namespace leeway::cli {

namespace {

std::string slice_text(const outcomes& rows, const std::string& column, std::uint32_t slice) {
    return column + " = " +
           (slice < rows.slices.size() ? detail::short_name(rows.slices[slice]) : "(missing)");
}

/// The figure of a gate; a failure that names the gate where the report has none.
const estimate& figure_of(const report& figures, const gate_spec& spec) {
    if (figures.contains(spec.metric)) return figures.at(spec.metric);
    std::vector<std::string> keys;
    for (const auto& entry : figures.entries()) keys.push_back(entry.key);
    throw failure(spec.where + ".metric: a " + std::string(figures.task()) +
                  " report has no figure '" + spec.metric + "'" + there_are(spec.metric, keys));
}

/// Not one slice was judged, so the gate was not.
judged none_judged(const gate_spec& spec, const std::string& gate,
                   const std::vector<judged>& slices) {
    judged one{gate, "every " + spec.slice, estimate(undefined::too_little_data), {}};
    for (const judged& slice : slices) {
        const double weight = one.figure.weight() + slice.figure.weight();
        one.figure = estimate(undefined::too_little_data, weight);
    }
    one.result = {gate_verdict::not_enough_data, value_text(one.figure),
                  "(" + detail::support_text(one.figure) + "): none of the " +
                      std::to_string(slices.size()) + " slices has enough data to be judged"};
    return one;
}

/// A slice fails when it is shown to miss the limit, with false discoveries among all slices held
/// to the share; so many small slices do not fail by chance.
std::vector<judged> judge_slices(const outcomes& rows, const std::vector<report>& figures,
                                 const gates_file& file, const gate_spec& spec) {
    const bool least = spec.condition->direction() == gate::side::at_least;
    const std::string limit = detail::figure_text(spec.condition->limit());
    const std::string gate =
        spec.metric + (least ? " at least " : " at most ") + limit + " (no slice shown to miss)";
    std::vector<judged> all;
    std::vector<slice_evidence> evidence;
    for (std::uint32_t slice = 0; slice < figures.size(); ++slice) {
        judged one{gate, slice_text(rows, spec.slice, slice), figure_of(figures[slice], spec), {}};
        one.result = (*spec.condition)(one.figure);
        one.beside_judged = true;
        if (one.result.verdict != gate_verdict::not_enough_data) {
            one.shown = one.result ? shown_limit::met : shown_limit::neither;
            evidence.push_back(evidence_against(rows, slice, spec.metric, one.figure,
                                                *spec.condition, file.confidence));
        }
        all.push_back(std::move(one));
    }
    std::vector<double> p_values;
    for (const slice_evidence& one : evidence) p_values.push_back(one.p_value);
    const false_discovery found = benjamini_hochberg(p_values, file.false_discovery);
    std::size_t next = 0;
    for (judged& one : all) {
        if (!one.shown) continue;
        const std::string p = evidence[next].text();
        if (found.is_discovery(next++)) one.shown = shown_limit::missed;
        const bool missed = one.shown == shown_limit::missed;
        one.result.verdict = missed ? gate_verdict::fail : gate_verdict::pass;
        const std::string finding = missed ? "shown to miss " + limit
                                    : one.shown == shown_limit::met
                                        ? "shown to meet " + limit
                                        : "not shown to miss " + limit + ", nor to meet it";
        one.result.why = "(" + detail::support_text(one.figure) + "): " + finding + " (" + p +
                         ", false discoveries among " + std::to_string(evidence.size()) +
                         (evidence.size() == 1 ? " slice" : " slices") + " held to " +
                         detail::percent_text(file.false_discovery) + ")";
    }
    if (evidence.empty()) all.push_back(none_judged(spec, gate, all));
    return all;
}

/// Candidate and baseline on the rows that both have.
struct beside_baseline {
    bool same_predictions{false};
    std::vector<paired_figure> figures{};
};

beside_baseline compare_with_baseline(const gates_file& file, const std::string& data,
                                      gate_answers& answers) {
    pairing how{.confidence = file.confidence, .replicates = file.replicates};
    for (const gate_spec& spec : file.gates) {
        if (spec.against_baseline) how.wanted.push_back(spec.metric);
    }
    if (how.wanted.empty()) return {};
    evaluate_options columns = file.rows;
    columns.file = data;
    const model_columns candidate{file.rows.scores.empty() ? "" : file.rows.scores[0],
                                  file.rows.prediction};
    const model_pair models = read_pair(columns, candidate, file.baseline);
    answers.paired = models.counts;
    try {
        return {models.same_predictions(), model_comparison(models, how).figures()};
    } catch (const no_paired_test& problem) {
        for (const gate_spec& spec : file.gates) {
            if (spec.against_baseline && spec.metric == problem.key()) {
                throw failure(spec.where + ".metric: " + problem.what());
            }
        }
        throw;
    }
}

/// Of models that predict the same the difference is known and not estimated.
gate_result hold_same_predictions(const baseline_claim& claim, const baseline_gate& held,
                                  const estimate& difference) {
    gate_result answer = held.by_value()(difference);
    if (answer.verdict == gate_verdict::not_enough_data) return answer;
    answer.why =
        "(" + detail::support_text(difference) +
        "): both models predict the same on every row, so the candidate is not " +
        (claim.better ? "better than the baseline by " : "worse than the baseline by more than ") +
        detail::figure_text(claim.margin);
    if (claim.better) answer.verdict = gate_verdict::fail;
    return answer;
}

judged judge_against_baseline(const gate_spec& spec, const beside_baseline& models) {
    const auto found = std::find_if(models.figures.begin(), models.figures.end(),
                                    [&](const auto& one) { return one.metric == spec.metric; });
    const baseline_claim& claim = *spec.against_baseline;
    if (found->better == orientation::neither) {
        throw failure(spec.where + ".metric: " + spec.metric +
                      " has no better direction, so no model is worse than the baseline in it");
    }
    baseline_gate held = claim.better ? baseline_gate::better_by(claim.margin, found->better)
                                      : baseline_gate::not_worse(claim.margin, found->better);
    held = held.with_least(claim.least_weight);
    if (claim.by_value) held = held.by_value();
    judged one{
        spec.metric + " " + held.description(), "", found->difference.difference, {}, *found};
    one.same_predictions = models.same_predictions;
    one.result =
        one.same_predictions ? hold_same_predictions(claim, held, one.figure) : held(one.figure);
    return one;
}

std::vector<report> evaluate_slices(const outcomes& rows, const confidence_level& confidence) {
    const auto slices =
        static_cast<std::uint32_t>(rows.slices.size()) + (rows.has_missing_slice ? 1 : 0);
    std::vector<report> figures;
    for (std::uint32_t slice = 0; slice < slices; ++slice) {
        figures.push_back(evaluate_slice(rows, slice, confidence));
    }
    return figures;
}

/// The rows of the file for each column of slices that a gate names; "": none.
std::map<std::string, outcomes> read_rows(const gates_file& file, const std::string& data) {
    progress shown;
    std::map<std::string, outcomes> read;
    for (const gate_spec& spec : file.gates) {
        if (spec.against_baseline || file.rows.task == evaluation_task::multilabel ||
            read.count(spec.slice) > 0) {
            continue;
        }
        if (!read.empty() && data == "-") {
            throw failure(
                "standard input can be read once, and the gates slice by several columns");
        }
        evaluate_options options = file.rows;
        options.file = data;
        options.slice = spec.slice;
        read.emplace(spec.slice, read_outcomes(options, shown));
    }
    shown.erase();
    return read;
}

struct own_figures {
    report model;
    std::optional<report> groups{};  ///< between the groups of the column that the file names
};

/// Over all rows; none where every gate is against a baseline.
std::optional<own_figures> figures_of_all(const gates_file& file, const std::string& data,
                                          const std::map<std::string, outcomes>& read) {
    if (file.rows.task == evaluation_task::multilabel) {
        evaluate_options options = file.rows;
        options.file = data;
        progress shown;
        own_figures made{evaluate_label_rows(options, file.confidence, shown)};
        shown.erase();
        return made;
    }
    if (read.empty()) return {};
    const outcomes& rows = read.begin()->second;
    own_figures made{evaluate_all(rows, file.confidence)};
    if (!rows.groups.empty()) made.groups = evaluate_groups(rows, file.confidence);
    return made;
}

gate_answers judge(const gates_file& file, const std::string& data) {
    gate_answers answers{.file = data};
    const beside_baseline models = compare_with_baseline(file, data, answers);
    const std::map<std::string, outcomes> read = read_rows(file, data);
    const std::optional<own_figures> own = figures_of_all(file, data, read);
    if (own) answers.rows = row_counts(own->model);
    std::map<std::string, std::vector<report>> of_slices;  // likewise
    for (const gate_spec& spec : file.gates) {
        if (spec.against_baseline) {
            answers.all.push_back(judge_against_baseline(spec, models));
            continue;
        }
        const bool of_groups = own->groups && own->groups->contains(spec.metric);
        if (spec.slice.empty()) {
            judged one{spec.metric + " " + spec.condition->description(),
                       "",
                       figure_of(of_groups ? *own->groups : own->model, spec),
                       {}};
            one.result = (*spec.condition)(one.figure);
            answers.all.push_back(std::move(one));
            continue;
        }
        if (of_groups) {
            throw failure(spec.where + ": " + spec.metric +
                          " compares groups, so slice does not go with it");
        }
        const outcomes& rows = read.at(spec.slice);
        auto& figures = of_slices[spec.slice];
        if (figures.empty()) figures = evaluate_slices(rows, file.confidence);
        for (judged& one : judge_slices(rows, figures, file, spec)) {
            answers.all.push_back(std::move(one));
        }
    }
    return answers;
}

void write(const std::string& path, const std::string& text) {
    if (path.empty()) return;
    std::ofstream out(path, std::ios::binary);
    out << text;
    out.flush();
    if (!out) throw failure("cannot write " + path);
}

/// Does the work; where it cannot be done the files asked for say so, so that none of an earlier
/// run looks current.
template <class Work>
auto or_written(const gate_options& options, Work work) {
    try {
        return work();
    } catch (const std::exception& problem) {
        try {
            write(options.junit, unjudged_junit(options.file, problem.what()));
            write(options.markdown, unjudged_markdown(options.file, problem.what()));
        } catch (const std::exception&) {
            // The first problem is the one to tell; standard error and the exit code do.
        }
        throw;
    }
}

void refuse_overwriting_data(const gate_options& options, const std::string& other) {
    refuse_overwriting("--junit", options.junit, {other});
    refuse_overwriting("--markdown", options.markdown, {other});
}

}  // namespace

int hold_gates(const gate_options& options) {
    refuse_overwriting_data(options, options.gates);
    refuse_overwriting_data(options, options.file);
    refuse_overwriting("--markdown", options.markdown, {options.junit});
    const gates_file file = or_written(options, [&] { return read_gates(options.gates); });
    refuse_overwriting_data(options, file.rows.forecast.train);
    return or_written(options, [&] {
        const gate_answers answers = judge(file, options.file);
        write(options.junit, gates_junit(answers));
        write(options.markdown, gates_markdown(answers));
        print_now(options.format == output_format::json ? gates_json(answers)
                                                        : gates_text(answers));
        return answers.passed() ? exit_fine : exit_alarm;
    });
}

}  // namespace leeway::cli
