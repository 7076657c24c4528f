// The executable: what may be asked, in words. Each command's work is in the file of its name.
#include <cstdio>
#include <exception>
#include <new>

#include "cli/calibrate.hpp"
#include "cli/calibrators.hpp"
#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "leeway/core/version.hpp"

namespace leeway::cli {

void print(const std::string& text) {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) {
        throw failure("standard output cannot be written");
    }
}

void warn(const std::string& sentence) {
    std::fprintf(stderr, "leeway: warning: %s\n", sentence.c_str());
}

void print_now(const std::string& text) {
    print(text);
    if (std::fflush(stdout) != 0) throw failure("standard output cannot be written");
}

namespace {

void add_calibrate(CLI::App& app, calibrate_options& options, action& chosen) {
    CLI::App& command = *app.add_subcommand(
        "calibrate",
        "Fit a calibrator to a binary model's scores, save it, and say what it does to rows that "
        "it was not fitted on");
    command.add_option("FILE", options.rows.file, input_help)->required();
    command.add_option("--label", options.rows.label, "The column of true classes")
        ->required()
        ->type_name("COL");
    command.add_option("--score", options.rows.scores, "The column of scores")
        ->required()
        ->expected(1)
        ->type_name("COL");
    std::vector<std::string> names{"all"};
    for (const auto& method : calibration_methods()) names.emplace_back(method.name);
    command
        .add_option("--method", options.method,
                    "isotonic, platt (of scores as they are), platt_logit, temperature or beta (of "
                    "probabilities); all: the one of the lowest log loss out of fold")
        ->required()
        ->check(CLI::IsMember(names).description(""))
        ->type_name("WORD");
    command.add_option("--out", options.out, "Where to write the calibrator")
        ->required()
        ->type_name("CAL");
    command
        .add_option("--positive", options.rows.positive,
                    "The positive class; needed unless labels are 0 and 1")
        ->type_name("VALUE");
    command.add_option("--weight", options.rows.weight, "The column of row weights")
        ->type_name("COL");
    command.add_option("--folds", options.folds, "Parts, each judged by a fit to the others")
        ->check(CLI::Range(std::size_t{2}, std::size_t{1000}))
        ->type_name("K")
        ->capture_default_str();
    command
        .add_option_function<std::uint64_t>(
            "--seed", [&options](std::uint64_t seed) { options.seed = seed; },
            "Shuffle the rows before they are cut into folds")
        ->type_name("S");
    add_format(command, options.format);
    command.callback([&options, &command, &chosen] {
        options.rows.positive_given = command.count("--positive") > 0;
        chosen = [&options] { return calibrate(options); };
    });
}

void add_compare(CLI::App& app, compare_options& options, action& chosen) {
    CLI::App& command = *app.add_subcommand(
        "compare", "Two models on the same rows: every difference with interval and p-value");
    command.add_option("FILE", options.file, input_help)->required();
    add_choice<evaluation_task>(command, "--task", options.rows.task,
                                {{"binary", evaluation_task::binary},
                                 {"multiclass", evaluation_task::multiclass},
                                 {"regression", evaluation_task::regression}},
                                "binary (the default), multiclass (by predictions) or regression");
    command
        .add_option("--label", options.rows.label, "The column of true classes or target values")
        ->required()
        ->type_name("COL");
    const auto add_column = [&](const char* name, std::string& into, const char* help) {
        command.add_option(name, into, help)->type_name("COL");
    };
    add_column("--score-a", options.score_a, "Scores of the positive class, or predicted values");
    add_column("--score-b", options.score_b, "The same of the second model");
    add_column("--prediction-a", options.prediction_a, "Predicted classes or values");
    add_column("--prediction-b", options.prediction_b, "The same of the second model");
    command
        .add_option("--positive", options.rows.positive,
                    "The positive class; needed unless labels are 0 and 1")
        ->type_name("VALUE");
    command
        .add_option("--threshold", options.rows.threshold,
                    "Binary: a score at or above it predicts the positive class")
        ->check(finite_number)
        ->type_name("T")
        ->capture_default_str();
    command
        .add_option("--bootstrap", options.replicates,
                    "Replicates of the paired bootstrap, for figures without a closed form; 0: "
                    "leave those out")
        ->check(CLI::Range(std::size_t{0}, std::size_t{100'000}))
        ->type_name("B")
        ->capture_default_str();
    command
        .add_option("--metric", options.metrics,
                    "The figures to compare, by their keys, or all; without it the usual ones")
        ->allow_extra_args(false)
        ->type_name("KEY,...");
    command.add_option("--weight", options.rows.weight, "The column of row weights")
        ->type_name("COL");
    command
        .add_option_function<double>(
            "--confidence",
            [&options](double level) {
                if (!(level >= 0.01 && level < 1)) {
                    throw CLI::ValidationError("--confidence",
                                               "is not a number of at least 0.01 and below 1");
                }
                options.confidence = confidence_level::of(level);
            },
            "Of every interval (0.95)")
        ->type_name("LEVEL");
    command.add_flag("--thorough", options.rows.more.thorough,
                     "Binary: also variants of the figures of decisions (f_beta_2 ...)");
    add_format(command, options.format);
    command.callback([&options, &command, &chosen] {
        options.rows.positive_given = command.count("--positive") > 0;
        const bool scores = !options.score_a.empty() && !options.score_b.empty();
        const bool predictions = !options.prediction_a.empty() && !options.prediction_b.empty();
        const bool one_kind = options.score_a.empty() == options.score_b.empty() &&
                              options.prediction_a.empty() == options.prediction_b.empty();
        if (!one_kind || scores == predictions) {
            throw CLI::RequiredError(
                "--score-a and --score-b, or --prediction-a and --prediction-b");
        }
        if (options.rows.task == evaluation_task::multiclass && scores) {
            throw CLI::ValidationError("--score-a",
                                       "does not go with --task multiclass: compare predictions");
        }
        if (options.rows.task != evaluation_task::binary && options.rows.more.thorough) {
            throw CLI::ValidationError("--thorough", "needs --task binary");
        }
        chosen = [&options] { return compare(options); };
    });
}

void add_gate(CLI::App& app, gate_options& options, action& chosen) {
    CLI::App& command = *app.add_subcommand(
        "gate", "Hold a file of labels and predictions against the limits of a JSON file");
    command
        .add_option("GATES", options.gates,
                    "A JSON file: columns as for evaluate, and a list of gates")
        ->required()
        ->type_name("GATES.json");
    command.add_option("FILE", options.file, input_help)->required();
    command.add_option("--junit", options.junit, "Also write the verdicts as JUnit XML")
        ->type_name("PATH");
    command.add_option("--markdown", options.markdown, "Also write them as a Markdown table")
        ->type_name("PATH");
    add_format(command, options.format);
    command.callback([&options, &chosen] { chosen = [&options] { return hold_gates(options); }; });
}

void add_reference(CLI::App& app, training_options& options, action& chosen) {
    CLI::App& command = *app.add_subcommand(
        "reference", "Freeze what training data looks like, for drift and watch");
    command.add_option("FILE", options.file, input_help)->required();
    command.add_option("--out", options.out, "Where to write the reference")
        ->required()
        ->type_name("REF");
    command.add_option("--label", options.label, "The column of labels or target values")
        ->type_name("COL");
    command.add_option("--score", options.score, "The column of the model's scores or predictions")
        ->type_name("COL");
    add_list(command, "--categorical", options.categorical,
             "Columns of numbers that are categories; columns of text are categorical anyway");
    add_list(command, "--exclude", options.exclude, "Columns to leave out");
    add_rows(command, options.rows);
    add_format(command, options.format);
    command.callback([&] {
        if (!options.label.empty() && options.score.empty()) {
            throw CLI::ValidationError("--label", "needs --score: labels serve the model's errors");
        }
        chosen = [&options] { return make_reference(options); };
    });
}

void add_drift(CLI::App& app, drift_options& options, action& chosen) {
    CLI::App& command =
        *app.add_subcommand("drift", "How far each column of a file has moved from a reference");
    command
        .add_option("REFERENCE", options.reference,
                    "A CSV file (- for standard input) or a saved reference")
        ->required();
    command.add_option("CURRENT", options.current, "The same, to compare with it")->required();
    add_list(command, "--categorical", options.categorical,
             "Columns of numbers that are categories; columns of text are categorical anyway");
    add_list(command, "--exclude", options.exclude, "Columns to leave out");
    command
        .add_option("--leeway", options.leeway,
                    "The population stability index that is tolerated; by usage .1 is a moderate "
                    "and .25 a large shift")
        ->check(distance)
        ->type_name("PSI")
        ->capture_default_str();
    command.add_option("--confidence", options.confidence, "How sure a verdict must be")
        ->check(CLI::Range(0.5, 0.999999))
        ->type_name("LEVEL")
        ->capture_default_str();
    add_fail_on(command, options.fail_on_alarm, "a column is beyond the leeway");
    add_format(command, options.format);
    command.callback([&] {
        if (options.reference == "-" && options.current == "-") {
            throw CLI::ValidationError("CURRENT", "only one of the two can be standard input");
        }
        chosen = [&options] { return drift(options); };
    });
}

void add_watch(CLI::App& app, watch_options& options, action& chosen) {
    CLI::App& command = *app.add_subcommand(
        "watch",
        "Follow a stream row by row and alarm when it drifts from a reference, at a "
        "stated rate of false alarms");
    command.add_option("REFERENCE", options.reference, "A saved reference (leeway reference)")
        ->required();
    command.add_option("STREAM", options.stream, input_help)->required();
    command.add_option("--label", options.label, "The column of labels, known at once")
        ->type_name("COL");
    command.add_option("--score", options.score, "The column of the model's scores or predictions")
        ->type_name("COL");
    command
        .add_option("--false-alarm-every", options.false_alarm_every,
                    "Without drift the mean number of rows to the first alarm is at least this")
        ->check(finite_positive)
        ->type_name("A")
        ->capture_default_str();
    command
        .add_option("--leeway", options.leeway,
                    "Drift up to this population stability index raises no alarm")
        ->check(distance)
        ->type_name("PSI")
        ->capture_default_str();
    add_rows(command, options.rows);
    add_fail_on(command, options.fail_on_alarm, "there was an alarm");
    add_format(command, options.format);
    command.callback([&] {
        if (!options.label.empty() && options.score.empty()) {
            throw CLI::ValidationError("--label", "needs --score: labels serve the model's errors");
        }
        chosen = [&options] { return watch(options); };
    });
}

int run(int argc, char** argv) {
    CLI::App app{"Evaluates models and tells how far data has drifted.", "leeway"};
    app.set_version_flag("--version", "leeway " + std::string(version));
    app.require_subcommand(1);
    app.footer(
        "Exit codes: 0 nothing wrong, 1 an alarm where --fail-on asked or a gate that did not "
        "pass, 2 usage or input that cannot be used.");
    action chosen;
    evaluate_options evaluate_with;
    calibrate_options calibrate_with;
    compare_options compare_with;
    gate_options gate_with;
    training_options reference_with;
    drift_options drift_with;
    watch_options watch_with;
    add_evaluate(app, evaluate_with, chosen);
    add_calibrate(app, calibrate_with, chosen);
    add_compare(app, compare_with, chosen);
    add_gate(app, gate_with, chosen);
    add_reference(app, reference_with, chosen);
    add_drift(app, drift_with, chosen);
    add_watch(app, watch_with, chosen);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        return app.exit(problem) == 0 ? exit_fine : exit_unusable;
    }
    const int code = chosen();
    print_now("");
    return code;
}

}  // namespace

}  // namespace leeway::cli

int main(int argc, char** argv) {
    using namespace leeway::cli;
    const auto refuse = [](const char* sentence) {
        std::fflush(stdout);
        std::fprintf(stderr, "leeway: %s\n", sentence);
        return static_cast<int>(exit_unusable);
    };
    try {
        return run(argc, argv);
    } catch (const std::bad_alloc&) {
        return refuse("out of memory");
    } catch (const std::exception& problem) {
        return refuse(problem.what());
    }
}
