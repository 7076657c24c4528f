// The gain of a ranking, discounted by rank.
#pragma once

#include <cstddef>
#include <limits>
#include <string>

#include "leeway/accumulators/mean_query_score.hpp"
#include "leeway/accumulators/query_measures.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_queries.hpp"

namespace leeway::inline v0 {

/// Discounted cumulative gain at k: mean over queries of sum over ranks i <= k of gain_i /
/// log2(i + 1); from 0, in the unit of the gain, higher is better.
///
/// The gain of an item is its relevance g, or 2^g - 1 (key "dcg_exponential"). Items of equal
/// score have no order: the figure is its mean over all orders of them. Undefined (empty)
/// without queries, and (zero denominator) when no query has a relevant item; what such a query
/// means is the state's rule, and its count is in the state. Interval: large-sample over
/// queries (mean_of_queries.hpp). Cost: O(1) to read. Thread rule: a pure function.
///
/// Source: K. Jarvelin, J. Kekalainen, "Cumulated gain-based evaluation of IR techniques", ACM
/// TOIS 20 (2002).
struct dcg {
    using state_type = mean_query_score<per_query::dcg>;
    static constexpr info_card info{"dcg",
                                    "gain",
                                    0,
                                    std::numeric_limits<double>::infinity(),
                                    orientation::higher_is_better,
                                    "no query has a relevant item"};

    std::size_t k{0};  ///< 0: all ranks
    relevance_gain gain{relevance_gain::linear};
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const {
        std::string name(info.name);
        if (gain == relevance_gain::exponential) name += "_exponential";
        return key_at(name, k);
    }
    [[nodiscard]] constexpr per_query::dcg measure() const noexcept { return {k, gain}; }
    /// The state to fill for this metric.
    [[nodiscard]] state_type empty_state(undefined_query rule = undefined_query::skip) const {
        return state_type(measure(), rule);
    }
    [[nodiscard]] estimate operator()(const state_type& queries) const {
        return mean_of_queries(queries, measure(), confidence, info);
    }
};

}  // namespace leeway::inline v0
