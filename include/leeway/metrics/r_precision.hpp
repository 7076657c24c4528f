// The precision at as many ranks as there are relevant items.
#pragma once

#include "leeway/accumulators/mean_query_score.hpp"
#include "leeway/accumulators/query_measures.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_queries.hpp"

namespace leeway::inline v0 {

/// R-precision: mean over queries of (relevant items among the first R) / R, where R is the
/// number of relevant items of the query; in [0, 1], higher is better. Precision and recall are
/// equal there.
///
/// Items of equal score have no order: the figure is its mean over all orders of them.
/// Undefined (empty) without queries, and (zero denominator) when no query has a relevant item;
/// what such a query means is the state's rule, and its count is in the state. Interval: large-
/// sample over queries (mean_of_queries.hpp). Cost: O(1) to read. Thread rule: a pure function.
///
/// Source: C. Buckley, E. M. Voorhees, "Evaluating evaluation measure stability", SIGIR (2000).
struct r_precision {
    using state_type = mean_query_score<per_query::r_precision>;
    static constexpr info_card info{
        "r_precision", "1", 0, 1, orientation::higher_is_better, "no query has a relevant item"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] constexpr per_query::r_precision measure() const noexcept { return {}; }
    /// The state to fill for this metric.
    [[nodiscard]] state_type empty_state(undefined_query rule = undefined_query::skip) const {
        return state_type(measure(), rule);
    }
    [[nodiscard]] estimate operator()(const state_type& queries) const {
        return mean_of_queries(queries, measure(), confidence, info);
    }
};

}  // namespace leeway::inline v0
