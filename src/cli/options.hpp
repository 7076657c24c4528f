// What the options of several commands are made of.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/csv.hpp"

namespace leeway::cli {

using action = std::function<int()>;

inline constexpr const char* input_help =
    "A CSV file with a header line (RFC 4180); - reads standard input. Empty, NA, N/A, NaN, null, "
    "None and ? are missing.";

/// One of a few words.
template <class Value>
CLI::Option* add_choice(CLI::App& command, const std::string& name, Value& into,
                        const std::map<std::string, Value>& words, const std::string& help) {
    std::vector<std::string> known;
    for (const auto& [word, value] : words) known.push_back(word);
    return command
        .add_option_function<std::string>(
            name, [&into, words](const std::string& word) { into = words.at(word); }, help)
        ->check(CLI::IsMember(known).description(""))
        ->type_name("WORD");
}

inline void add_format(CLI::App& command, output_format& format) {
    add_choice<output_format>(command, "--format", format,
                              {{"text", output_format::text}, {"json", output_format::json}},
                              "text, for people (the default), or json, for programs");
}

/// One value an occurrence, so that a list does not swallow the file behind it.
inline void add_list(CLI::App& command, const std::string& name, std::vector<std::string>& into,
                     const std::string& help) {
    command.add_option(name, into, help)->allow_extra_args(false)->type_name("COL,...");
}

inline void add_rows(CLI::App& command, csv::row_range& rows) {
    command
        .add_option_function<std::string>(
            "--rows",
            [&rows](const std::string& text) {
                const auto range = csv::row_range::parse(text);
                if (!range) {
                    throw CLI::ValidationError(
                        "--rows", "'" + text + "' is not A:B with A < B (either may be left out)");
                }
                rows = *range;
            },
            "Only rows A to B - 1; the first row below the header is 0. Either may be left out")
        ->type_name("A:B");
}

inline void add_fail_on(CLI::App& command, bool& fail_on_alarm, const std::string& what) {
    add_choice<bool>(command, "--fail-on", fail_on_alarm, {{"alarm", true}},
                     "alarm: exit with 1 when " + what);
}

inline const CLI::Validator finite_positive(
    [](std::string& text) {
        double value = 0;
        return CLI::detail::lexical_cast(text, value) && value > 0 && value < 1e300
                   ? std::string()
                   : "'" + text + "' is not a finite number above 0";
    },
    "> 0");

inline const CLI::Validator finite_number(
    [](std::string& text) {
        double value = 0;
        return CLI::detail::lexical_cast(text, value) && value > -1e300 && value < 1e300
                   ? std::string()
                   : "'" + text + "' is not a finite number";
    },
    "");

inline const CLI::Validator distance(
    [](std::string& text) {
        double value = 0;
        return CLI::detail::lexical_cast(text, value) && value >= 0 && value < 1e300
                   ? std::string()
                   : "'" + text + "' is not a finite number of at least 0";
    },
    ">= 0");

/// The options of evaluate, the command of most of them, are in a file of their own.
void add_evaluate(CLI::App& app, evaluate_options& options, action& chosen);

}  // namespace leeway::cli
