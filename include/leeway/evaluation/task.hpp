// What is being evaluated: the few facts that the numbers alone do not tell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "leeway/accumulators/mean_query_score.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Labels 0 and 1; 1 is the positive class. A row is predicted positive when score >= threshold.
struct binary_task {
    double threshold{0.5};  ///< finite; not used when decisions are given instead of scores
    confidence_level confidence{confidence_95};
};

/// Labels 0 .. classes - 1, each row of one class. Where only probabilities are given, a row's
/// prediction is the class of the largest; of equal ones the lowest index.
struct multiclass_task {
    std::int32_t classes{0};           ///< at least 2
    std::vector<std::string> names{};  ///< one a class, for reports; empty: the index in digits
    confidence_level confidence{confidence_95};
};

/// A real target and its prediction.
struct regression_task {
    confidence_level confidence{confidence_95};
};

/// Queries with a list of scored items each, of known relevance.
struct ranking_task {
    std::vector<std::size_t> cutoffs{5, 10};  ///< figures "at k": each at least 1
    /// What a query without a relevant item counts as. Left out, it is in report::skipped().
    undefined_query without_relevant{undefined_query::skip};
    confidence_level confidence{confidence_95};
};

}  // namespace leeway::inline v0
