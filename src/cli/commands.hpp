// What each command is asked for, and the functions that do it. main.cpp fills these from the
// command line.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "cli/csv.hpp"
#include "cli/evaluate_more.hpp"
#include "leeway/accumulators/mean_query_score.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/result.hpp"

namespace leeway::cli {

/// Exit codes: nothing wrong; an alarm where --fail-on asked, or a gate; usage or input that cannot
/// be used.
enum exit_code : int { exit_fine = 0, exit_alarm = 1, exit_unusable = 2 };

/// Ends the command with exit_unusable; the sentence goes to standard error.
class failure : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
    explicit failure(const error& problem) : std::runtime_error(problem.message()) {}
};

/// The value, or a failure with the error's message.
template <class T>
[[nodiscard]] T take(result<T> made) {
    if (!made) throw failure(made.error());
    return *std::move(made);
}

enum class output_format { text, json };
enum class evaluation_task {
    binary,
    multiclass,
    multilabel,
    regression,
    ranking,
    forecast,
    survival
};

/// What only --task forecast takes.
struct forecast_options {
    std::string lower, upper;
    double level{0.9};                   ///< of the intervals
    std::vector<std::string> quantiles;  ///< as given: "0.1=q10,0.9=q90"
    std::vector<std::string> ensemble;   ///< as given: each may be a comma-separated list
    std::string mean, deviation;
    std::string train;         ///< file with the training series, for the scaled errors
    std::string train_column;  ///< its column
    std::size_t season{1};
};

/// What only --task survival takes.
struct survival_options {
    std::string time, event;
};

/// What only --task regression takes.
struct regression_options {
    std::vector<double> tweedie;  ///< powers
    std::vector<double> pinball;  ///< levels
    std::vector<double> huber;    ///< deltas
    std::size_t features{0};      ///< of the model, for the adjusted R squared
    bool features_given{false};
};

struct evaluate_options {
    std::string file;
    evaluation_task task{evaluation_task::binary};
    std::string label;
    std::vector<std::string> scores;  ///< as given: each may be a comma-separated list
    std::string prediction;
    std::string positive;
    bool positive_given{false};
    double threshold{0.5};
    std::string weight;
    std::string slice;
    std::string query;  ///< ranking: rows of one value are the items of one query
    std::vector<std::size_t> cutoffs{5, 10};
    std::vector<std::string> at;  ///< as given: ranks, or "5=r5,10=r10"
    undefined_query without_relevant{undefined_query::skip};
    evaluate_more more;
    bool bounded{false};               ///< stream the file once, in memory that does not grow
    std::vector<std::string> classes;  ///< bounded multiclass: names, before the first row
    forecast_options forecast{};
    survival_options survival{};
    regression_options regression{};
    output_format format{output_format::text};
};

struct compare_options {
    std::string file;
    evaluate_options rows;  ///< task, label, positive, threshold, weight, thorough
    std::string score_a, score_b;
    std::string prediction_a, prediction_b;
    std::size_t replicates{500};       ///< of the bootstrap; 0: none
    std::vector<std::string> metrics;  ///< as given: keys, or all; empty: the usual ones
    confidence_level confidence{confidence_95};
    output_format format{output_format::text};
};

struct gate_options {
    std::string gates;
    std::string file;
    std::string junit;
    std::string markdown;
    output_format format{output_format::text};
};

struct training_options {
    std::string file;
    std::string out;
    std::string label;
    std::string score;
    std::vector<std::string> categorical;
    std::vector<std::string> exclude;
    csv::row_range rows{};
    output_format format{output_format::text};
};

struct drift_options {
    std::string reference;
    std::string current;
    std::vector<std::string> categorical;
    std::vector<std::string> exclude;
    double leeway{0.1};
    double confidence{0.99};
    bool fail_on_alarm{false};
    output_format format{output_format::text};
};

struct watch_options {
    std::string reference;
    std::string stream;
    std::string label;
    std::string score;
    double false_alarm_every{1e6};
    double leeway{0};
    csv::row_range rows{};
    bool fail_on_alarm{false};
    output_format format{output_format::text};
};

[[nodiscard]] int evaluate(const evaluate_options& options);
/// Of a multilabel task; evaluate() hands it over.
[[nodiscard]] int evaluate_labels(const evaluate_options& options);
[[nodiscard]] int compare(const compare_options& options);
[[nodiscard]] int hold_gates(const gate_options& options);
[[nodiscard]] int make_reference(const training_options& options);
[[nodiscard]] int drift(const drift_options& options);
[[nodiscard]] int watch(const watch_options& options);

/// Writes to standard output; a failure when it cannot.
void print(const std::string& text);
/// The same, at once: for lines that somebody waits for.
void print_now(const std::string& text);
/// "leeway: warning: sentence" to standard error.
void warn(const std::string& sentence);

}  // namespace leeway::cli
