// The file that says what a model must reach: {"task": "binary", "label": "y", "score": "p",
// "gates": [{"metric": "roc_auc", "at_least": 0.8}]}. docs/command_line.md has every member.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/model_pair.hpp"
#include "leeway/core/result.hpp"
#include "leeway/evaluation/gate.hpp"

namespace leeway::cli {

/// What the figure must reach beside the baseline's, which makes a leeway::baseline_gate.
struct baseline_claim {
    bool better{false};  ///< better by the margin, and not: worse by no more than it
    double margin{0};
    double least_weight{0};
    bool by_value{false};
};

/// Of which class, label, output or group of the report the figure is; of none by itself by
/// default.
struct figure_part {
    std::string kind{};  ///< "class", "label", "output" or "group", as in evaluate's JSON
    std::string name{};

    [[nodiscard]] bool of_group() const { return kind == "group"; }
    /// "recall", "recall of class fraud".
    [[nodiscard]] std::string text(const std::string& metric) const {
        return kind.empty() ? metric : metric + " of " + kind + " " + name;
    }
};

/// One condition on one figure, over all rows or over each value of a column.
struct gate_spec {
    std::string where;                               ///< "gates.json: gates[0]"
    std::string metric;                              ///< a key of the report
    figure_part part;                                ///< of one class, group, ...
    std::optional<gate> condition;                   ///< either this
    std::optional<baseline_claim> against_baseline;  ///< or this
    std::string slice;                               ///< column; empty: all rows
};

struct gates_file {
    std::string name;
    evaluate_options rows;  ///< which columns: as for evaluate, without the file
    confidence_level confidence{confidence_95};
    double false_discovery{0.1};  ///< over the slices of one gate
    model_columns baseline;       ///< of the model that the gates against a baseline name
    std::size_t replicates{500};  ///< of the bootstrap, for those of them that need it
    std::vector<gate_spec> gates;
};

/// A failure that names the file and the member when anything is missing, unknown or out of range.
[[nodiscard]] gates_file read_gates(const std::string& path);

}  // namespace leeway::cli
