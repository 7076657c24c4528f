// Every metric of a task, read from its outcomes.
#pragma once

#include <vector>

#include "leeway/core/result.hpp"
#include "leeway/monitor/outcome_totals.hpp"
#include "leeway/monitor/reference.hpp"

namespace leeway::inline v0::detail {

/// In the order in which they are shown; none without a task. The probability metrics are left out
/// where scores are not probabilities.
[[nodiscard]] std::vector<reference_metric> read_metrics(const outcome_totals& outcomes,
                                                         confidence_level confidence);

}  // namespace leeway::inline v0::detail
