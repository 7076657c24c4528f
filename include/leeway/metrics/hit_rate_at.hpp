// How often a relevant item is among the first k.
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

/// Hit rate at k: share of the queries with a relevant item among the first k; in [0, 1],
/// higher is better.
///
/// Items of equal score have no order: the figure is its mean over all orders of them.
/// Undefined (empty) without queries, and (zero denominator) when no query has a relevant item;
/// what such a query means is the state's rule, and its count is in the state. Interval: Wilson's,
/// of a share of queries. Cost: O(1) to read. Thread rule: a pure function.
struct hit_rate_at {
    using state_type = mean_query_score<per_query::hit>;
    static constexpr info_card info{
        "hit_rate_at", "1", 0, 1, orientation::higher_is_better, "no query has a relevant item"};

    std::size_t k{10};  ///< at least 1
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const { return key_at("hit_rate", k); }
    [[nodiscard]] constexpr per_query::hit measure() const noexcept { return {k}; }
    /// The state to fill for this metric.
    [[nodiscard]] state_type empty_state(undefined_query rule = undefined_query::skip) const {
        return state_type(measure(), rule);
    }
    [[nodiscard]] estimate operator()(const state_type& queries) const {
        return mean_of_queries(queries, measure(), confidence, info, true);
    }
};

}  // namespace leeway::inline v0
