#include "cli/gate_slices.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "evaluation/figure_text.hpp"
#include "export/text_table.hpp"
#include "leeway/core/false_discovery.hpp"

namespace leeway::cli {

namespace {

/// Not one slice was judged, so the gate was not.
judged none_judged(const gate_spec& spec, const std::vector<judged>& slices) {
    judged one{slices.empty() ? spec.metric : slices[0].gate,
               "every " + spec.slice,
               estimate(undefined::too_little_data),
               {}};
    for (const judged& slice : slices) {
        const double weight = one.figure.weight() + slice.figure.weight();
        one.figure = estimate(undefined::too_little_data, weight);
    }
    one.result = {gate_verdict::not_enough_data, value_text(one.figure),
                  "(" + detail::support_text(one.figure) + "): none of the " +
                      std::to_string(slices.size()) + " slices has enough data to be judged"};
    return one;
}

}  // namespace

std::string slice_text(const outcomes& rows, const std::string& column, std::uint32_t slice) {
    return column + " = " +
           (slice < rows.slices.size() ? detail::short_name(rows.slices[slice]) : "(missing)");
}

std::uint32_t slices_of(const outcomes& rows) {
    return static_cast<std::uint32_t>(rows.slices.size()) + (rows.has_missing_slice ? 1 : 0);
}

std::vector<judged> judge_slices(const gates_file& file, const gate_spec& spec,
                                 const slice_findings& findings,
                                 std::vector<sliced_figure> slices) {
    std::vector<double> p_values;
    std::vector<sliced_figure*> tested;
    std::size_t answered = 0;
    for (sliced_figure& slice : slices) {
        judged& one = slice.alone;
        one.beside_judged = true;
        if (one.result.verdict == gate_verdict::not_enough_data) continue;
        ++answered;
        one.shown = one.result ? shown_limit::met : shown_limit::neither;
        if (slice.known) {
            if (!one.result) one.shown = shown_limit::missed;
            continue;
        }
        p_values.push_back(slice.evidence.p_value);
        tested.push_back(&slice);
    }
    const false_discovery found = benjamini_hochberg(p_values, file.false_discovery);
    for (std::size_t i = 0; i < tested.size(); ++i) {
        judged& one = tested[i]->alone;
        if (found.is_discovery(i)) one.shown = shown_limit::missed;
        const bool missed = one.shown == shown_limit::missed;
        one.result.verdict = missed ? gate_verdict::fail : gate_verdict::pass;
        const std::string& finding = missed                          ? findings.missed
                                     : one.shown == shown_limit::met ? findings.met
                                                                     : findings.neither;
        one.result.why = "(" + detail::support_text(one.figure) + "): " + finding + " (" +
                         tested[i]->evidence.text() + ", false discoveries among " +
                         std::to_string(tested.size()) +
                         (tested.size() == 1 ? " slice" : " slices") + " held to " +
                         detail::percent_text(file.false_discovery) + ")";
    }
    std::vector<judged> all;
    for (sliced_figure& slice : slices) all.push_back(std::move(slice.alone));
    if (answered == 0) all.push_back(none_judged(spec, all));
    return all;
}

}  // namespace leeway::cli
