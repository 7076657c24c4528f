// Figures of evaluate that have a parameter: which are asked for, and of which tasks.
#pragma once

#include "cli/options.hpp"

namespace leeway::cli {

void add_parameters(CLI::App& command, evaluate_more& more);

/// A CLI::Error where an option does not go with the task or with the columns.
void check_parameters(const CLI::App& command, const evaluate_options& options);

}  // namespace leeway::cli
