// How far up the first relevant item is.
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

/// Mean reciprocal rank at k: mean over queries of 1 / rank of the first relevant item, 0 when
/// it is not among the first k; in [0, 1], higher is better.
///
/// Items of equal score have no order: the figure is its mean over all orders of them.
/// Undefined (empty) without queries, and (zero denominator) when no query has a relevant item;
/// what such a query means is the state's rule, and its count is in the state. Interval: large-
/// sample over queries (mean_of_queries.hpp). Cost: O(1) to read. Thread rule: a pure function.
///
/// Source: E. M. Voorhees, "The TREC-8 Question Answering Track Report", TREC (1999).
struct mean_reciprocal_rank {
    using state_type = mean_query_score<per_query::reciprocal_rank>;
    static constexpr info_card info{
        "mean_reciprocal_rank",        "1", 0, 1, orientation::higher_is_better,
        "no query has a relevant item"};

    std::size_t k{0};  ///< 0: all ranks
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const { return key_at(info.name, k); }
    [[nodiscard]] constexpr per_query::reciprocal_rank measure() const noexcept { return {k}; }
    /// The state to fill for this metric.
    [[nodiscard]] state_type empty_state(undefined_query rule = undefined_query::skip) const {
        return state_type(measure(), rule);
    }
    [[nodiscard]] estimate operator()(const state_type& queries) const {
        return mean_of_queries(queries, measure(), confidence, info);
    }
};

}  // namespace leeway::inline v0
