// The file that says what a model must reach: {"task": "binary", "label": "y", "score": "p",
// "gates": [{"metric": "roc_auc", "at_least": 0.8}]}. docs/command_line.md has every member.
#pragma once

#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "leeway/core/result.hpp"
#include "leeway/evaluation/gate.hpp"

namespace leeway::cli {

/// One condition on one figure, over all rows or over each value of a column.
struct gate_spec {
    std::string metric;  ///< a key of the report
    gate condition;
    double least_weight{0};
    std::string slice;  ///< column; empty: all rows
};

struct gates_file {
    std::string name;
    evaluate_options rows;  ///< which columns: as for evaluate, without the file
    confidence_level confidence{confidence_95};
    double false_discovery{0.1};  ///< over the slices of one gate
    std::vector<gate_spec> gates;
};

/// A failure that names the file and the member when anything is missing, unknown or out of range.
[[nodiscard]] gates_file read_gates(const std::string& path);

}  // namespace leeway::cli
