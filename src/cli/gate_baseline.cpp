#include "cli/gate_baseline.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "cli/slice_evidence.hpp"
#include "evaluation/figure_text.hpp"
#include "leeway/evaluation/baseline_gate.hpp"

namespace leeway::cli {

namespace {

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

slice_findings findings_of(const baseline_claim& claim) {
    const std::string margin = detail::figure_text(claim.margin);
    if (claim.better) {
        const std::string than = "better than the baseline by " + margin;
        return {"shown not to be " + than, "shown to be " + than,
                "neither shown to be " + than + " nor shown not to be"};
    }
    const std::string than = "worse than the baseline by more than " + margin;
    return {"shown to be " + than, "shown not to be " + than,
            "neither shown to be " + than + " nor shown not to be"};
}

/// The limit that the difference must keep.
gate limit_of(const baseline_claim& claim, orientation better) {
    const double worse = claim.better ? claim.margin : -claim.margin;
    return better == orientation::higher_is_better ? gate::at_least(worse) : gate::at_most(-worse);
}

judged judge_alone(const gate_spec& spec, const std::string& slice, const paired_figure& found,
                   bool same_predictions) {
    const baseline_claim& claim = *spec.against_baseline;
    if (found.better == orientation::neither) {
        throw failure(spec.where + ".metric: " + spec.metric +
                      " has no better direction, so no model is worse than the baseline in it");
    }
    baseline_gate held = claim.better ? baseline_gate::better_by(claim.margin, found.better)
                                      : baseline_gate::not_worse(claim.margin, found.better);
    held = held.with_least(claim.least_weight);
    if (claim.by_value) held = held.by_value();
    judged one{
        spec.metric + " " + held.description(), slice, found.difference.difference, {}, found};
    if (!spec.slice.empty()) {
        one.gate = spec.metric +
                   (claim.better ? " better than the baseline by at least "
                                 : " not worse than the baseline by more than ") +
                   detail::figure_text(claim.margin) + " (no slice shown to miss)";
    }
    one.same_predictions = same_predictions;
    one.result =
        same_predictions ? hold_same_predictions(claim, held, one.figure) : held(one.figure);
    return one;
}

/// Replicates enough that one slice among all can be found: p-values below the share of false
/// discoveries over the number of slices need as many.
std::size_t replicates_for(const gates_file& file, std::uint32_t slices) {
    constexpr std::size_t most = 100'000;
    const auto needed = static_cast<std::size_t>(2.0 * slices / file.false_discovery);
    return std::max(file.replicates, std::min(needed, most));
}

}  // namespace

baseline_judge::baseline_judge(const gates_file& file, const std::string& data) : file_(file) {
    for (const gate_spec& spec : file.gates) {
        if (spec.against_baseline && found_.count(&spec) == 0) read(spec.slice, data);
    }
}

void baseline_judge::read(const std::string& column, const std::string& data) {
    pairing how{.confidence = file_.confidence, .replicates = file_.replicates};
    for (const gate_spec& spec : file_.gates) {
        if (!spec.against_baseline || spec.slice != column) continue;
        how.wanted.push_back(spec.metric);
        found_[&spec] = {};
    }
    evaluate_options columns = file_.rows;
    columns.file = data;
    columns.slice = column;
    const model_columns candidate{file_.rows.scores.empty() ? "" : file_.rows.scores[0],
                                  file_.rows.prediction};
    const model_pair models = read_pair(columns, candidate, file_.baseline);
    counts_ = models.counts;
    same_predictions_ = models.same_predictions();
    if (column.empty()) {
        compare(models, column, "", how);
        return;
    }
    const std::uint32_t slices = slices_of(models.first);
    how.replicates = replicates_for(file_, slices);
    for (std::uint32_t slice = 0; slice < slices; ++slice) {
        compare(models.slice(slice), column, slice_text(models.first, column, slice), how);
    }
}

void baseline_judge::compare(const model_pair& models, const std::string& column,
                             const std::string& slice, const pairing& how) {
    model_comparison compared(models, how);
    const auto figures = [&] {
        try {
            return compared.figures();
        } catch (const no_paired_test& problem) {
            for (const auto& [spec, slices] : found_) {
                if (spec->metric == problem.key()) {
                    throw failure(spec->where + ".metric: " + problem.what());
                }
            }
            throw;
        }
    }();
    for (auto& [spec, slices] : found_) {
        if (spec->slice != column) continue;
        const paired_figure& found = *std::find_if(
            figures.begin(), figures.end(),
            [&key = spec->metric](const paired_figure& one) { return one.metric == key; });
        sliced_figure made{judge_alone(*spec, slice, found, same_predictions_)};
        made.known = same_predictions_;
        const bool answered = made.alone.result.verdict != gate_verdict::not_enough_data;
        if (!column.empty() && answered && !made.known) {
            made.evidence = searched_evidence(
                made.alone.figure, limit_of(*spec->against_baseline, found.better),
                [&, key = spec->metric](const confidence_level& confidence) {
                    return compared.difference(key, confidence);
                });
        }
        slices.push_back(std::move(made));
    }
}

std::vector<judged> baseline_judge::operator()(const gate_spec& spec) const {
    const std::vector<sliced_figure>& slices = found_.at(&spec);
    if (spec.slice.empty()) return {slices.front().alone};
    return judge_slices(file_, spec, findings_of(*spec.against_baseline), slices);
}

}  // namespace leeway::cli
