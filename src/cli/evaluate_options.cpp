// What evaluate may be asked, and which options go together.
#include <string>
#include <string_view>
#include <vector>

#include "cli/evaluate_parameters.hpp"
#include "cli/options.hpp"
#include "cli/thresholds.hpp"

namespace leeway::cli {

namespace {

/// The ranks of --at.
std::vector<std::size_t> cutoffs_of(const std::vector<std::string>& words) {
    std::vector<std::size_t> ranks;
    for (const std::string& word : words) {
        std::size_t rank = 0;
        if (!CLI::detail::lexical_cast(word, rank) || rank == 0) {
            throw CLI::ValidationError("--at", "'" + word + "' is not a number of at least 1");
        }
        ranks.push_back(rank);
    }
    return ranks;
}

/// What goes beyond the figures of a task.
void add_evaluate_more(CLI::App& command, evaluate_options& options) {
    evaluate_more& more = options.more;
    command
        .add_option("--group", more.group,
                    "Binary: compare the groups that this column names: parity, equal opportunity "
                    "and their kind")
        ->type_name("COL");
    command
        .add_option("--calibrator", more.calibrator,
                    "Binary: scores go through this saved calibrator first (leeway calibrate)")
        ->type_name("CAL");
    command.add_flag("--thorough", more.thorough,
                     "Binary: also the figures that fit a model to the rows or sort them anew "
                     "(calibration_slope ...). Multiclass, multilabel: also correlations, kappa, "
                     "informedness and their kind of each class or label. Ranking: also average "
                     "precision and reciprocal rank at each rank of --at");
    command.add_flag("--margins", more.margins,
                     "Binary, multiclass: scores are signed distances or logits and no "
                     "probabilities; binary ones then decide at 0");
    command
        .add_option("--costs", more.costs,
                    "Binary, multiclass: what each decision costs, a row a label and a number a "
                    "prediction (0,1;5,0), or a CSV file of them with names")
        ->type_name("A,B;C,D");
    command
        .add_option("--best-threshold", more.best_threshold,
                    "Binary: also the threshold with the largest f1, youden or mcc, or the least "
                    "cost:FP:FN of false positives and negatives, on these rows")
        ->check([](const std::string& word) {
            return names_threshold_figure(word)
                       ? std::string()
                       : "'" + word + "' is not f1, youden, mcc or cost:FP:FN";
        })
        ->type_name("WORD");
    CLI::Option* out = command.add_option("--out", more.curve_out, "Where to write the curve")
                           ->type_name("FILE.csv");
    command
        .add_option(
            "--curve", more.curve,
            "Binary: write the points of this curve as CSV: roc, pr, det, gain (or capture), "
            "lift, counts (at every threshold) or reliability")
        ->check(
            CLI::IsMember({"roc", "pr", "det", "gain", "capture", "lift", "counts", "reliability"})
                .description(""))
        ->needs(out)
        ->type_name("WORD");
    out->needs(command.get_option("--curve"));
}

/// Options of one task that another takes too.
bool also_takes(const evaluate_options& options, std::string_view name) {
    if (options.task == evaluation_task::multiclass || options.task == evaluation_task::survival) {
        return name == "--at";
    }
    return options.task == evaluation_task::multilabel &&
           (name == "--without-relevant" || (name == "--threshold" && options.prediction.empty()));
}

/// What needs more of the rows than sums of them.
void check_bounded(const CLI::App& command, evaluation_task task) {
    const std::pair<const char*, const char*> without[] = {
        {"--best-threshold", "it needs every score in order"},
        {"--curve", "it needs every score in order"},
        {"--bins", "bins of equal mass need every score in order"},
        {"--group", "the groups must be known before the first row"},
        {"--threads", "the rows are read and counted by one"},
    };
    for (const auto& [name, reason] : without) {
        if (command.count(name) > 0) {
            throw CLI::ValidationError(name, std::string("does not go with --bounded: ") + reason);
        }
    }
    if (task == evaluation_task::forecast || task == evaluation_task::survival) {
        throw CLI::ValidationError(
            "--bounded",
            task == evaluation_task::forecast
                ? "does not go with --task forecast, whose point forecasts are ranked"
                : "does not go with --task survival, which compares all pairs of rows");
    }
}

void check_evaluate_more(const CLI::App& command, evaluate_options& options) {
    const bool binary = options.task == evaluation_task::binary;
    const bool multiclass = options.task == evaluation_task::multiclass;
    if (options.task == evaluation_task::multilabel) {
        if (command.count("--slice") > 0) {
            throw CLI::ValidationError("--slice", "does not go with --task multilabel");
        }
    } else if (command.count("--prediction") > 0 && command.count("--score") > 0) {
        throw CLI::ExcludesError("--prediction", "--score");
    }
    if (options.bounded) {
        check_bounded(command, options.task);
    }
    for (const char* name : {"--group", "--calibrator", "--best-threshold", "--curve"}) {
        if (!binary && command.count(name) > 0) {
            throw CLI::ValidationError(name, "needs --task binary");
        }
    }
    for (const char* name : {"--margins", "--costs"}) {
        if (!binary && !multiclass && command.count(name) > 0) {
            throw CLI::ValidationError(name, "needs --task binary or multiclass");
        }
    }
    if (multiclass && command.count("--at") > 0) options.more.top = cutoffs_of(options.at);
    if (options.more.margins) {
        if (command.count("--calibrator") > 0) {
            throw CLI::ValidationError("--margins",
                                       "does not go with --calibrator, which makes probabilities");
        }
        if (options.more.curve == "reliability") {
            throw CLI::ValidationError("--margins", "does not go with --curve reliability");
        }
        if (command.count("--threshold") == 0) options.threshold = 0;
    }
    for (const char* name : {"--calibrator", "--margins", "--best-threshold", "--curve"}) {
        if (options.scores.empty() && command.count(name) > 0) {
            throw CLI::ValidationError(name, "needs --score");
        }
    }
}

const CLI::Validator level_inside(
    [](std::string& text) {
        double value = 0;
        return CLI::detail::lexical_cast(text, value) && value > 0 && value < 1
                   ? std::string()
                   : "'" + text + "' is not a number between 0 and 1, both excluded";
    },
    "");

void add_forecast_options(CLI::App& command, forecast_options& options) {
    const auto add_column = [&](const char* name, std::string& into, const char* help) {
        return command.add_option(name, into, help)->type_name("COL");
    };
    CLI::Option* lower = add_column("--lower", options.lower, "Forecast: an interval's lower end");
    CLI::Option* upper = add_column("--upper", options.upper, "Forecast: its upper end");
    lower->needs(upper);
    upper->needs(lower);
    command
        .add_option("--level", options.level, "Forecast: the share that the intervals should hold")
        ->check(level_inside)
        ->type_name("LEVEL")
        ->capture_default_str();
    command
        .add_option("--quantiles", options.quantiles,
                    "Forecast: quantiles, each with its level: 0.1=q10,0.5=q50,0.9=q90")
        ->allow_extra_args(false)
        ->type_name("LEVEL=COL,...");
    add_list(command, "--ensemble", options.ensemble,
             "Forecast: the members of an ensemble, a column each");
    CLI::Option* mean =
        add_column("--mean", options.mean, "Forecast: a normal distribution's mean");
    CLI::Option* deviation =
        add_column("--sd", options.deviation, "Forecast: its standard deviation");
    mean->needs(deviation);
    deviation->needs(mean);
    CLI::Option* train = command
                             .add_option("--train", options.train,
                                         "Forecast: the file with the series that the model was "
                                         "trained on, for the scaled errors of --score")
                             ->type_name("FILE");
    CLI::Option* column = add_column("--train-column", options.train_column,
                                     "Forecast: the column of that series, in order of time");
    train->needs(column);
    column->needs(train);
    command
        .add_option("--season", options.season,
                    "Forecast: steps in a season of that series; 1: the naive forecast")
        ->check(CLI::PositiveNumber)
        ->needs(train)
        ->type_name("S")
        ->capture_default_str();
}

void add_survival_options(CLI::App& command, survival_options& options) {
    command.add_option("--time", options.time, "Survival: the time of the event, or of censoring")
        ->type_name("COL");
    command.add_option("--event", options.event, "Survival: 1 where there was one, 0 if censored")
        ->type_name("COL");
}

void add_regression_options(CLI::App& command, regression_options& options) {
    const auto add_numbers = [&](const char* name, std::vector<double>& into, const char* help) {
        return command.add_option(name, into, help)->delimiter(',')->allow_extra_args(false);
    };
    add_numbers("--tweedie", options.tweedie,
                "Regression: also mean deviance and D2 of these powers, at most 0 or at least 1")
        ->check(finite_number)
        ->type_name("P,...");
    add_numbers("--pinball", options.pinball,
                "Regression: also mean pinball loss and D2 of these quantiles")
        ->check(level_inside)
        ->type_name("LEVEL,...");
    add_numbers("--huber", options.huber, "Regression: also the Huber loss of these deltas")
        ->check(finite_positive)
        ->type_name("DELTA,...");
    command
        .add_option("--features", options.features,
                    "Regression: how many the model was fitted with, for the adjusted R squared")
        ->check(CLI::Range(0, 1'000'000'000))
        ->type_name("P");
}

/// Which task an option belongs to, where it is one only.
void require_task_of_options(const CLI::App& command, evaluation_task task) {
    struct owner {
        evaluation_task task;
        const char* word;
        std::vector<const char*> options;
    };
    const std::vector<owner> owners{{evaluation_task::forecast,
                                     "forecast",
                                     {"--lower", "--upper", "--level", "--quantiles", "--ensemble",
                                      "--mean", "--sd", "--train", "--train-column", "--season"}},
                                    {evaluation_task::survival, "survival", {"--time", "--event"}},
                                    {evaluation_task::regression,
                                     "regression",
                                     {"--tweedie", "--pinball", "--huber", "--features"}}};
    for (const owner& one : owners) {
        for (const char* name : one.options) {
            if (one.task == task || command.count(name) == 0) continue;
            throw CLI::ValidationError(name, std::string("needs --task ") + one.word);
        }
    }
}

/// The options of tasks that are not a label and a score: whether enough was said.
void require_forecast(const CLI::App& command) {
    const auto given = [&](const char* name) { return command.count(name) > 0; };
    const bool point = given("--score") || given("--prediction");
    if (!point && !given("--lower") && !given("--quantiles") && !given("--ensemble") &&
        !given("--mean")) {
        throw CLI::RequiredError(
            "--lower and --upper, --quantiles, --ensemble, --mean and --sd, or --score");
    }
    if (given("--train") && !point) {
        throw CLI::ValidationError("--train", "needs --score: scaled errors are of points");
    }
    if (given("--level") && !given("--lower")) {
        throw CLI::ValidationError("--level", "needs --lower and --upper");
    }
}

void require_survival(const CLI::App& command) {
    for (const char* name : {"--time", "--event"}) {
        if (command.count(name) == 0) throw CLI::RequiredError(name);
    }
    if (command.count("--score") == 0 && command.count("--at") == 0) {
        throw CLI::RequiredError("--score or --at");
    }
    for (const char* name : {"--label", "--prediction"}) {
        if (command.count(name) > 0) {
            throw CLI::ValidationError(name, "does not go with --task survival");
        }
    }
}

}  // namespace

void add_evaluate(CLI::App& app, evaluate_options& options, action& chosen) {
    CLI::App& command =
        *app.add_subcommand("evaluate",
                            "Every metric of a file of labels and predictions, each "
                            "with its interval");
    command.add_option("FILE", options.file, input_help)->required();
    add_choice<evaluation_task>(command, "--task", options.task,
                                {{"binary", evaluation_task::binary},
                                 {"multiclass", evaluation_task::multiclass},
                                 {"multilabel", evaluation_task::multilabel},
                                 {"regression", evaluation_task::regression},
                                 {"ranking", evaluation_task::ranking},
                                 {"forecast", evaluation_task::forecast},
                                 {"survival", evaluation_task::survival}},
                                "binary, multiclass, multilabel, regression, ranking, forecast or "
                                "survival")
        ->required();
    command
        .add_option("--label", options.label,
                    "The column of true classes or target values. Multilabel: a column of 0 and 1 "
                    "a label; regression: or a column an output")
        ->type_name("COL");
    add_list(command, "--score", options.scores,
             "Binary: the positive class's probability or score. Multiclass: a column a class, "
             "matched by name (setosa, p_setosa), or where no name matches in the classes' sorted "
             "order. Regression: the prediction. Forecast: the point forecast. Survival: the risk");
    CLI::Option* score = command.get_option("--score");
    command
        .add_option("--prediction", options.prediction,
                    "The column of predicted classes or values. Multilabel: a column a label")
        ->type_name("COL");
    command
        .add_option("--positive", options.positive,
                    "The positive class; needed unless labels are 0 and 1")
        ->type_name("VALUE");
    command
        .add_option("--threshold", options.threshold,
                    "Binary: a score at or above it predicts the positive class")
        ->check(finite_number)
        ->type_name("T")
        ->capture_default_str();
    command
        .add_option("--weight", options.weight,
                    "The column of row weights. Ranking: of the "
                    "queries, the same in all rows of one")
        ->type_name("COL");
    command
        .add_option("--slice", options.slice, "Also evaluate each value of this column by itself")
        ->type_name("COL");
    command
        .add_option("--query", options.query,
                    "Ranking: rows with one value of this column are the items of one query")
        ->type_name("COL");
    command
        .add_option("--at", options.at,
                    "Ranking: the ranks at which lists are cut (5,10). Multiclass: the k of top-k "
                    "accuracy (2,3,5). Survival: times, each with the column of the predicted "
                    "probability of an event up to it: 12=r12,24=r24; one time alone: that "
                    "probability is --score")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->type_name("K,... or TIME=COL,...");
    add_choice<undefined_query>(command, "--without-relevant", options.without_relevant,
                                {{"skip", undefined_query::skip},
                                 {"zero", undefined_query::zero},
                                 {"one", undefined_query::one}},
                                "Ranking: what a query without a relevant item counts as: skip "
                                "(the default; counted), zero or one");
    add_forecast_options(command, options.forecast);
    add_survival_options(command, options.survival);
    add_regression_options(command, options.regression);
    add_evaluate_more(command, options);
    add_parameters(command, options.more);
    command.add_flag("--bounded", options.bounded,
                     "Read the file once, in memory that does not grow with its rows: figures that "
                     "need all rows come as bands that hold the exact ones, or are left out");
    command
        .add_option("--classes", options.classes,
                    "Multiclass with --bounded: the classes, in order, where the --score columns' "
                    "names do not tell them")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->type_name("A,B,...");
    add_format(command, options.format);
    command.callback([&options, &command, &chosen, score] {
        check_evaluate_more(command, options);
        check_parameters(command, options);
        const bool ranking = options.task == evaluation_task::ranking;
        const bool forecast = options.task == evaluation_task::forecast;
        const bool survival = options.task == evaluation_task::survival;
        require_task_of_options(command, options.task);
        options.regression.features_given = command.count("--features") > 0;
        if (!survival && options.label.empty()) throw CLI::RequiredError("--label");
        if (forecast) require_forecast(command);
        if (survival) require_survival(command);
        for (const char* name : {"--query", "--at", "--without-relevant"}) {
            if (!ranking && command.count(name) > 0 && !also_takes(options, name)) {
                throw CLI::ValidationError(name, "needs --task ranking");
            }
        }
        if (command.count("--classes") > 0 &&
            !(options.bounded && options.task == evaluation_task::multiclass)) {
            throw CLI::ValidationError("--classes", "needs --task multiclass and --bounded");
        }
        if (ranking) {
            if (command.count("--at") > 0) options.cutoffs = cutoffs_of(options.at);
            if (options.query.empty()) throw CLI::RequiredError("--query");
            if (command.count("--prediction") > 0)
                throw CLI::ValidationError("--prediction", "does not go with --task ranking");
        }
        options.positive_given = command.count("--positive") > 0;
        if (!forecast && !survival && score->count() == 0 && options.prediction.empty()) {
            throw CLI::RequiredError("--score or --prediction");
        }
        if (options.task != evaluation_task::binary) {
            for (const char* name : {"--positive", "--threshold"}) {
                if (command.count(name) > 0 && !also_takes(options, name)) {
                    throw CLI::ValidationError(name, "needs --task binary");
                }
            }
        } else if (command.count("--threshold") > 0 && !options.prediction.empty()) {
            throw CLI::ValidationError("--threshold", "needs --score: predictions are decided");
        }
        chosen = [&options] { return evaluate(options); };
    });
}

}  // namespace leeway::cli
