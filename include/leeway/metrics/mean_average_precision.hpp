// The precision at each relevant item, averaged over them and over queries.
#pragma once

#include <cstddef>
#include <string>

#include "leeway/accumulators/mean_query_score.hpp"
#include "leeway/accumulators/query_measures.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_queries.hpp"

namespace leeway::inline v0 {

/// Mean average precision at k: mean over queries of (sum of the precision at each relevant
/// item within the first k ranks) / min(k, relevant items of the query); in [0, 1], higher is
/// better.
///
/// Items of equal score have no order: the figure is its mean over all orders of them.
/// Undefined (empty) without queries, and (zero denominator) when no query has a relevant item;
/// what such a query means is the state's rule, and its count is in the state. Interval: large-
/// sample over queries (mean_of_queries.hpp). Cost: O(1) to read. Thread rule: a pure function.
///
/// Source: C. Buckley, E. M. Voorhees, "Evaluating evaluation measure stability", SIGIR (2000).
struct mean_average_precision {
    using state_type = mean_query_score<per_query::average_precision>;
    static constexpr info_card info{
        "mean_average_precision",      "1", 0, 1, orientation::higher_is_better,
        "no query has a relevant item"};

    std::size_t k{0};  ///< 0: all ranks
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const { return key_at(info.name, k); }
    [[nodiscard]] constexpr per_query::average_precision measure() const noexcept { return {k}; }
    /// The state to fill for this metric.
    [[nodiscard]] state_type empty_state(undefined_query rule = undefined_query::skip) const {
        return state_type(measure(), rule);
    }
    [[nodiscard]] estimate operator()(const state_type& queries) const {
        return mean_of_queries(queries, measure(), confidence, info);
    }
};

}  // namespace leeway::inline v0
