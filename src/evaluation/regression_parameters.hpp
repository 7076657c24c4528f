// The figures of a regression that depend on a power, a level or a number of features.
#pragma once

#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/report.hpp"
#include "leeway/evaluation/task.hpp"

namespace leeway::inline v0::detail {

/// Adds those that the task asks for; nothing where it asks for none.
void add_asked_for(const regression_task& task, const regression_outcome::columns& rows,
                   report::content& figures);

}  // namespace leeway::inline v0::detail
