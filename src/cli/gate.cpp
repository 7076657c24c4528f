#include "leeway/evaluation/gate.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands.hpp"
#include "cli/figure_reader.hpp"
#include "cli/gates_file.hpp"
#include "cli/model_pair.hpp"
#include "cli/outcomes.hpp"
#include "cli/progress.hpp"
#include "evaluation/figure_text.hpp"
#include "export/json_parts.hpp"
#include "export/json_writer.hpp"
#include "export/text_table.hpp"
#include "leeway/core/false_discovery.hpp"
#include "leeway/evaluation/baseline_gate.hpp"

namespace leeway::cli {

namespace {

struct judged {
    std::string gate;   ///< "roc_auc at least 0.8000 (lower bound)"
    std::string slice;  ///< "region = north"; empty: all rows
    estimate figure;    ///< against a baseline: the difference
    gate_result result;
    std::optional<paired_figure> compared{};  ///< against a baseline: both models' figures

    [[nodiscard]] std::string name() const { return slice.empty() ? gate : gate + ", " + slice; }
};

/// The smallest share of error at which the slice's figure lies on the wrong side of the limit: the
/// confidence is raised until the interval reaches the limit. One end of it is asked, so half.
double evidence_against(const figure_reader& read, const gate_spec& spec) {
    const bool least = spec.condition->direction() == gate::side::at_least;
    const auto misses = [&](double error) {
        const auto level = confidence_level::of(1 - 2 * error);
        const estimate figure = read(level);
        if (!figure || !figure.has_interval()) return false;
        return least ? figure.upper() < spec.condition->limit()
                     : figure.lower() > spec.condition->limit();
    };
    constexpr double largest = 0.499;
    constexpr double smallest = 1e-9;
    if (!misses(largest)) return 1;
    if (misses(smallest)) return smallest;
    double no = std::log(smallest);
    double yes = std::log(largest);
    while (yes - no > 0.01) {
        const double middle = (no + yes) / 2;
        (misses(std::exp(middle)) ? yes : no) = middle;
    }
    return std::exp(yes);
}

std::string slice_text(const outcomes& rows, const std::string& column, std::uint32_t slice) {
    return column + " = " +
           (slice < rows.slices.size() ? detail::short_name(rows.slices[slice]) : "(missing)");
}

/// A slice fails when it is shown to miss the limit, with false discoveries among all slices held
/// to the share; so many small slices do not fail by chance.
std::vector<judged> judge_slices(const outcomes& rows, const std::vector<report>& figures,
                                 const gates_file& file, const gate_spec& spec) {
    std::vector<judged> all;
    std::vector<double> p_values;
    for (std::uint32_t slice = 0; slice < figures.size(); ++slice) {
        judged one{spec.metric + " " + spec.condition->description(),
                   slice_text(rows, spec.slice, slice),
                   figures[slice].at(spec.metric),
                   {}};
        one.result = (*spec.condition)(one.figure);
        if (one.result.verdict != gate_verdict::not_enough_data) {
            p_values.push_back(evidence_against(
                read_slice_figure(rows, slice, spec.metric, one.figure, file.confidence), spec));
        }
        all.push_back(std::move(one));
    }
    const false_discovery found = benjamini_hochberg(p_values, file.false_discovery);
    std::size_t next = 0;
    for (judged& one : all) {
        if (one.result.verdict == gate_verdict::not_enough_data) continue;
        const double p = p_values[next];
        const bool missed = found.is_discovery(next++);
        one.result.verdict = missed ? gate_verdict::fail : gate_verdict::pass;
        one.result.why = "(" + detail::support_text(one.figure) +
                         "): " + (missed ? "shown to miss " : "not shown to miss ") +
                         detail::figure_text(spec.condition->limit()) + " (p " +
                         detail::figure_text(p) + ", false discoveries among " +
                         std::to_string(p_values.size()) + " slices held to " +
                         detail::percent_text(file.false_discovery) + ")";
    }
    return all;
}

/// Candidate and baseline on the rows that both have.
std::vector<paired_figure> compare_with_baseline(const gates_file& file, const std::string& data) {
    pairing how{.confidence = file.confidence, .replicates = file.replicates};
    for (const gate_spec& spec : file.gates) {
        if (spec.against_baseline) how.wanted.push_back(spec.metric);
    }
    if (how.wanted.empty()) return {};
    evaluate_options columns = file.rows;
    columns.file = data;
    const model_columns candidate{file.rows.scores.empty() ? "" : file.rows.scores[0],
                                  file.rows.prediction};
    return compare_figures(read_pair(columns, candidate, file.baseline), how);
}

judged judge_against_baseline(const gates_file& file, const gate_spec& spec,
                              const std::vector<paired_figure>& figures) {
    const auto found = std::find_if(figures.begin(), figures.end(),
                                    [&](const auto& one) { return one.metric == spec.metric; });
    const baseline_claim& claim = *spec.against_baseline;
    if (found->better == orientation::neither) {
        throw failure(file.name + ": " + spec.metric +
                      " has no better direction, so no model is worse than the baseline in it");
    }
    baseline_gate held = claim.better ? baseline_gate::better_by(claim.margin, found->better)
                                      : baseline_gate::not_worse(claim.margin, found->better);
    held = held.with_least(claim.least_weight);
    if (claim.by_value) held = held.by_value();
    return {spec.metric + " " + held.description(), "", found->difference.difference,
            held(found->difference), *found};
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

std::vector<judged> judge(const gates_file& file, const std::string& data) {
    const std::vector<paired_figure> beside_baseline = compare_with_baseline(file, data);
    progress shown;
    std::map<std::string, outcomes> read;  // by the column of slices
    for (const gate_spec& spec : file.gates) {
        if (spec.against_baseline || read.count(spec.slice) > 0) continue;
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
    std::optional<report> over_all;
    std::map<std::string, std::vector<report>> of_slices;  // likewise
    std::vector<judged> all;
    for (const gate_spec& spec : file.gates) {
        if (spec.against_baseline) {
            all.push_back(judge_against_baseline(file, spec, beside_baseline));
            continue;
        }
        const outcomes& rows = read.at(spec.slice);
        if (!spec.slice.empty()) {
            auto& figures = of_slices[spec.slice];
            if (figures.empty()) figures = evaluate_slices(rows, file.confidence);
            for (judged& one : judge_slices(rows, figures, file, spec)) {
                all.push_back(std::move(one));
            }
            continue;
        }
        if (!over_all) over_all = evaluate_all(rows, file.confidence);
        judged one{
            spec.metric + " " + spec.condition->description(), "", over_all->at(spec.metric), {}};
        one.result = (*spec.condition)(one.figure);
        all.push_back(std::move(one));
    }
    return all;
}

struct tally {
    std::size_t passed{0}, failed{0}, unanswered{0};

    explicit tally(const std::vector<judged>& all) {
        for (const judged& one : all) {
            passed += one.result.verdict == gate_verdict::pass ? 1U : 0U;
            failed += one.result.verdict == gate_verdict::fail ? 1U : 0U;
            unanswered += one.result.verdict == gate_verdict::not_enough_data ? 1U : 0U;
        }
    }
    [[nodiscard]] std::string text() const {
        return std::to_string(passed) + " passed, " + std::to_string(failed) + " failed, " +
               std::to_string(unanswered) + " without enough data";
    }
};

/// Fails the build: a failure anywhere, or a gate over all rows that the data cannot answer. A
/// small slice is no reason to stop.
bool stops(const judged& one) {
    return one.result.verdict == gate_verdict::fail ||
           (one.result.verdict == gate_verdict::not_enough_data && one.slice.empty());
}

std::string as_text(const std::vector<judged>& all) {
    std::string out;
    for (const judged& one : all) {
        std::string word(to_string(one.result.verdict));
        word.resize(17, ' ');
        out += word + one.name() + ": " + one.result.sentence() + "\n";
    }
    return out + "\n" + tally(all).text() + "\n";
}

std::string as_json(const std::vector<judged>& all, const std::string& data) {
    detail::json_writer out;
    out.begin_object().member("schema", "leeway.gate/1").member("file", data);
    out.member("passed", std::none_of(all.begin(), all.end(), stops)).key("gates").begin_array();
    for (const judged& one : all) {
        out.begin_object().member("gate", one.gate).member("slice", one.slice);
        out.member("verdict", to_string(one.result.verdict)).key("figure");
        detail::write_estimate(out, one.figure);
        if (one.compared) {
            out.key("candidate");
            detail::write_estimate(out, one.compared->first);
            out.key("baseline");
            detail::write_estimate(out, one.compared->second);
            out.member("test", one.compared->test);
        }
        out.member("sentence", one.result.sentence()).end_object();
    }
    out.end_array().end_object();
    return std::move(out).take() + "\n";
}

std::string as_markdown(const std::vector<judged>& all, const std::string& data) {
    const auto cell = [](std::string text) {
        for (std::size_t at = 0; (at = text.find('|', at)) != text.npos; at += 2) {
            text.insert(at, "\\");
        }
        std::replace(text.begin(), text.end(), '\n', ' ');
        return text;
    };
    const bool fine = std::none_of(all.begin(), all.end(), stops);
    std::string out = "### Quality gates: " + std::string(fine ? "passed" : "failed") + "\n\n" +
                      cell(data) + ": " + tally(all).text() + "\n\n" +
                      "| verdict | gate | slice | figure |\n|---|---|---|---|\n";
    for (const judged& one : all) {
        const std::string verdict(to_string(one.result.verdict));
        out += "| " + (stops(one) ? "**" + verdict + "**" : verdict) + " | " + cell(one.gate) +
               " | " + cell(one.slice) + " | " + cell(one.result.sentence()) + " |\n";
    }
    return out;
}

std::string as_junit(const std::vector<judged>& all, const std::string& data) {
    const auto escaped = [](const std::string& text) {
        std::string out;
        for (const char c : text) {
            switch (c) {
                case '&':
                    out += "&amp;";
                    break;
                case '<':
                    out += "&lt;";
                    break;
                case '>':
                    out += "&gt;";
                    break;
                case '"':
                    out += "&quot;";
                    break;
                default:
                    // XML 1.0 has no other control characters, not even escaped.
                    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
            }
        }
        return out;
    };
    const auto stopped = static_cast<std::size_t>(std::count_if(all.begin(), all.end(), stops));
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"leeway gate\"" +
        (" tests=\"" + std::to_string(all.size())) + "\" failures=\"" + std::to_string(stopped) +
        "\" errors=\"0\">\n";
    for (const judged& one : all) {
        out +=
            "  <testcase classname=\"" + escaped(data) + "\" name=\"" + escaped(one.name()) + "\"";
        const std::string sentence = escaped(one.result.sentence());
        if (stops(one)) {
            out += ">\n    <failure type=\"" + std::string(to_string(one.result.verdict)) +
                   "\" message=\"" + sentence + "\"/>\n  </testcase>\n";
        } else if (one.result.verdict == gate_verdict::not_enough_data) {
            out += ">\n    <skipped message=\"" + sentence + "\"/>\n  </testcase>\n";
        } else {
            out += ">\n    <system-out>" + sentence + "</system-out>\n  </testcase>\n";
        }
    }
    return out + "</testsuite>\n";
}

void write(const std::string& path, const std::string& text) {
    if (path.empty()) return;
    std::ofstream out(path, std::ios::binary);
    out << text;
    out.flush();
    if (!out) throw failure("cannot write " + path);
}

}  // namespace

int hold_gates(const gate_options& options) {
    const gates_file file = read_gates(options.gates);
    const std::vector<judged> all = judge(file, options.file);
    write(options.junit, as_junit(all, options.file));
    write(options.markdown, as_markdown(all, options.file));
    print(options.format == output_format::json ? as_json(all, options.file) : as_text(all));
    return std::any_of(all.begin(), all.end(), stops) ? exit_alarm : exit_fine;
}

}  // namespace leeway::cli
