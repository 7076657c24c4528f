#include "leeway/evaluation/gate.hpp"

#include <cstddef>
#include <cstdint>
#include <exception>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/calibrators.hpp"
#include "cli/columns.hpp"
#include "cli/commands.hpp"
#include "cli/figure_reader.hpp"
#include "cli/gate_baseline.hpp"
#include "cli/gate_report.hpp"
#include "cli/gate_slices.hpp"
#include "cli/gates_file.hpp"
#include "cli/groups.hpp"
#include "cli/outcomes.hpp"
#include "cli/output_file.hpp"
#include "cli/progress.hpp"
#include "cli/slice_evidence.hpp"
#include "evaluation/figure_text.hpp"

namespace leeway::cli {

namespace {

figure_name name_of(const gate_spec& spec) {
    return {spec.metric, spec.part.name};
}

std::vector<std::string> keys_of(const std::vector<report::entry>& entries) {
    std::vector<std::string> keys;
    for (const auto& entry : entries) keys.push_back(entry.key);
    return keys;
}

/// The figure of a gate; a failure that names the gate where the report has none.
const estimate& figure_of(const report& figures, const gate_spec& spec) {
    if (const estimate* found = find_figure(figures, name_of(spec))) return *found;
    const std::string no_figure =
        std::string(figures.task()) + " report has no figure '" + spec.metric + "'";
    const auto& [kind, name] = spec.part;
    if (kind.empty()) {
        throw failure(spec.where + ".metric: a " + no_figure +
                      there_are(spec.metric, keys_of(figures.entries())));
    }
    std::vector<std::string> names;
    for (const auto& one : figures.classes()) {
        names.push_back(one.name);
        if (one.name != name) continue;
        throw failure(spec.where + ".metric: a " + kind + " of a " + no_figure +
                      there_are(spec.metric, keys_of(one.entries)));
    }
    throw failure(spec.where + "." + kind + ": there is no " + kind + " '" + name + "'" +
                  there_are(name, names));
}

std::vector<judged> judge_own_slices(const outcomes& rows, const std::vector<report>& figures,
                                     const gates_file& file, const gate_spec& spec) {
    const bool least = spec.condition->direction() == gate::side::at_least;
    const std::string limit = detail::figure_text(spec.condition->limit());
    const std::string gate = spec.part.text(spec.metric) + (least ? " at least " : " at most ") +
                             limit + " (no slice shown to miss)";
    std::vector<sliced_figure> slices;
    for (std::uint32_t slice = 0; slice < figures.size(); ++slice) {
        const estimate& figure = figure_of(figures[slice], spec);
        judged one{gate, slice_text(rows, spec.slice, slice), figure, (*spec.condition)(figure)};
        sliced_figure made{std::move(one)};
        if (made.alone.result.verdict != gate_verdict::not_enough_data) {
            made.evidence = evidence_against(rows, slice, name_of(spec), figure, *spec.condition,
                                             file.confidence);
        }
        slices.push_back(std::move(made));
    }
    return judge_slices(file, spec,
                        {"shown to miss " + limit, "shown to meet " + limit,
                         "not shown to miss " + limit + ", nor to meet it"},
                        std::move(slices));
}

std::vector<report> evaluate_slices(const outcomes& rows, const confidence_level& confidence) {
    std::vector<report> figures;
    for (std::uint32_t slice = 0; slice < slices_of(rows); ++slice) {
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
        outcomes& rows = read.emplace(spec.slice, read_outcomes(options, shown)).first->second;
        if (!options.more.calibrator.empty()) apply_calibrator(options.more.calibrator, rows);
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
    baseline_judge against_baseline(file, data);
    answers.paired = against_baseline.counts();
    const std::map<std::string, outcomes> read = read_rows(file, data);
    const std::optional<own_figures> own = figures_of_all(file, data, read);
    if (own) answers.rows = row_counts(own->model);
    std::map<std::string, std::vector<report>> of_slices;  // likewise
    for (const gate_spec& spec : file.gates) {
        if (spec.against_baseline) {
            for (judged& one : against_baseline(spec)) answers.all.push_back(std::move(one));
            continue;
        }
        const bool of_groups = spec.part.of_group() || (spec.part.kind.empty() && own->groups &&
                                                        own->groups->contains(spec.metric));
        if (spec.slice.empty()) {
            judged one{spec.part.text(spec.metric) + " " + spec.condition->description(),
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
        for (judged& one : judge_own_slices(rows, figures, file, spec)) {
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
    refuse_overwriting_data(options, file.rows.more.calibrator);
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
