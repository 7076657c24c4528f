// What the gates decided, as text, JSON, Markdown and JUnit XML.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/model_comparison.hpp"
#include "cli/row_counts.hpp"
#include "leeway/core/result.hpp"
#include "leeway/evaluation/gate.hpp"

namespace leeway::cli {

/// What the rows of a slice show of a limit; a slice passes unless it is shown to miss.
enum class shown_limit { met, neither, missed };

/// One gate over all rows, or over one slice.
struct judged {
    std::string gate;   ///< "roc_auc at least 0.8000 (lower bound)"
    std::string slice;  ///< "region = north"; empty: all rows
    estimate figure;    ///< against a baseline: the difference
    gate_result result;
    std::optional<paired_figure> compared{};  ///< against a baseline: both models' figures
    bool same_predictions{false};             ///< both models' are, on every row
    std::optional<shown_limit> shown{};       ///< of a slice that was judged
    bool beside_judged{false};  ///< a slice with too little data, among others that have enough

    [[nodiscard]] std::string name() const { return slice.empty() ? gate : gate + ", " + slice; }
    /// Fails the build: a failure, or a gate that the data cannot answer. One small slice among
    /// others is no reason to stop.
    [[nodiscard]] bool stops() const {
        return result.verdict == gate_verdict::fail ||
               (result.verdict == gate_verdict::not_enough_data && !beside_judged);
    }
};

struct gate_answers {
    std::string file;
    std::vector<judged> all{};
    std::optional<row_counts> rows{};    ///< of the gates on the model's own figures
    std::optional<row_counts> paired{};  ///< of those against a baseline: rows that both have

    [[nodiscard]] bool passed() const;
};

[[nodiscard]] std::string gates_text(const gate_answers& answers);
[[nodiscard]] std::string gates_json(const gate_answers& answers);
[[nodiscard]] std::string gates_markdown(const gate_answers& answers);
[[nodiscard]] std::string gates_junit(const gate_answers& answers);

/// The same where nothing could be judged, and why: a build server then sees an error and no file
/// of an earlier run.
[[nodiscard]] std::string unjudged_markdown(const std::string& file, const std::string& why);
[[nodiscard]] std::string unjudged_junit(const std::string& file, const std::string& why);

}  // namespace leeway::cli
