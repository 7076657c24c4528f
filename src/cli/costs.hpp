// The costs of decisions, from the command line or a file.
#pragma once

#include <string>
#include <vector>

#include "leeway/metrics/expected_cost.hpp"

namespace leeway::cli {

/// "0,1;5,0": a row a label, a number a prediction, in the order of the classes; else a CSV file:
/// the first column names the label, the others are headed by the predicted classes, in any order.
/// A failure unless there is one cost for each pair.
[[nodiscard]] expected_cost read_costs(const std::string& text,
                                       const std::vector<std::string>& classes);

}  // namespace leeway::cli
