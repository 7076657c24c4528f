// What each command is asked for, and the functions that do it. main.cpp fills these from the
// command line.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "cli/csv.hpp"
#include "leeway/accumulators/mean_query_score.hpp"
#include "leeway/core/error.hpp"

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
enum class evaluation_task { binary, multiclass, regression, ranking };

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
    undefined_query without_relevant{undefined_query::skip};
    output_format format{output_format::text};
};

struct compare_options {
    std::string file;
    evaluate_options rows;  ///< task, label, positive, threshold
    std::string score_a, score_b;
    std::string prediction_a, prediction_b;
    std::size_t replicates{500};  ///< of the bootstrap; 0: none
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
[[nodiscard]] int compare(const compare_options& options);
[[nodiscard]] int hold_gates(const gate_options& options);
[[nodiscard]] int make_reference(const training_options& options);
[[nodiscard]] int drift(const drift_options& options);
[[nodiscard]] int watch(const watch_options& options);

/// Writes to standard output; a failure when it cannot.
void print(const std::string& text);
/// The same, at once: for lines that somebody waits for.
void print_now(const std::string& text);

}  // namespace leeway::cli
