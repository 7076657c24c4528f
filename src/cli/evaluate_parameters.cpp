#include "cli/evaluate_parameters.hpp"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::cli {

namespace {

using tasks = std::initializer_list<evaluation_task>;

const CLI::Validator share(
    [](std::string& text) {
        double value = 0;
        return CLI::detail::lexical_cast(text, value) && value >= 0 && value <= 1
                   ? std::string()
                   : "'" + text + "' is not a number of 0 to 1";
    },
    "");

const CLI::Validator share_above_0(
    [](std::string& text) {
        double value = 0;
        return CLI::detail::lexical_cast(text, value) && value > 0 && value <= 1
                   ? std::string()
                   : "'" + text + "' is not a number above 0 and at most 1";
    },
    "");

/// "needs --task binary or multiclass".
void require_task(const CLI::App& command, const evaluate_options& options, std::string_view name,
                  tasks of, const char* words) {
    if (command.count(std::string(name)) == 0) return;
    if (std::find(of.begin(), of.end(), options.task) != of.end()) return;
    throw CLI::ValidationError(std::string(name), std::string("needs --task ") + words);
}

}  // namespace

void add_parameters(CLI::App& command, evaluate_more& more) {
    const auto add = [&]<class Number>(const char* name, std::vector<Number>& into,
                                       const CLI::Validator& check, const char* type,
                                       const char* help) {
        command.add_option(name, into, help)
            ->delimiter(',')
            ->allow_extra_args(false)
            ->check(check)
            ->type_name(type);
    };
    add("--beta", more.also.betas, distance, "B,...",
        "Binary, multiclass, multilabel: also F-beta of these");
    add("--at-precision", more.also.precisions, share, "P,...",
        "Binary: also the recall at these precisions");
    add("--at-recall", more.also.recalls, share_above_0, "R,...",
        "Binary: also the precision, and the threshold, at these recalls");
    add("--at-specificity", more.also.specificities, share, "S,...",
        "Binary: also the sensitivity at these specificities");
    add("--max-fpr", more.also.false_positive_rates, share_above_0, "F,...",
        "Binary: also the partial ROC AUC up to these false positive rates");
    add("--bins", more.also.bins, CLI::Range(1, 65536).description(""), "N,...",
        "Binary, multiclass: also the calibration errors over so many bins");
    command
        .add_option_function<std::string>(
            "--gain",
            [&more](const std::string& word) { more.exponential_gain = word == "exponential"; },
            "Ranking: exponential: also ndcg and dcg of the gain 2^g - 1; linear: that of g alone "
            "(the default)")
        ->check(CLI::IsMember({"linear", "exponential"}).description(""))
        ->type_name("WORD");
    command
        .add_option("--threads", more.threads,
                    "Binary, with --score: threads to share the work; the rows are read by one")
        ->check(CLI::Range(1, 256).description(""))
        ->type_name("N")
        ->capture_default_str();
}

void check_parameters(const CLI::App& command, const evaluate_options& options) {
    using task = evaluation_task;
    for (const char* name :
         {"--at-precision", "--at-recall", "--at-specificity", "--max-fpr", "--threads"}) {
        require_task(command, options, name, {task::binary}, "binary");
    }
    require_task(command, options, "--bins", {task::binary, task::multiclass},
                 "binary or multiclass");
    require_task(command, options, "--beta", {task::binary, task::multiclass, task::multilabel},
                 "binary, multiclass or multilabel");
    require_task(command, options, "--thorough",
                 {task::binary, task::multiclass, task::multilabel, task::ranking},
                 "binary, multiclass, multilabel or ranking");
    require_task(command, options, "--gain", {task::ranking}, "ranking");
    for (const char* name : {"--at-precision", "--at-recall", "--at-specificity", "--max-fpr",
                             "--bins", "--threads"}) {
        if (command.count(name) > 0 && options.scores.empty())
            throw CLI::ValidationError(name, "needs --score");
    }
    if (command.count("--bins") > 0 && options.more.margins) {
        throw CLI::ValidationError("--bins",
                                   "does not go with --margins, which are no probabilities");
    }
}

}  // namespace leeway::cli
