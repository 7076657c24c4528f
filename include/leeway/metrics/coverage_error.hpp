// How many labels must be taken from the top to have all of a row.
#pragma once

#include <limits>

#include "leeway/accumulators/label_ranking_measures.hpp"
#include "leeway/accumulators/mean_query_score.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_queries.hpp"

namespace leeway::inline v0 {

/// Coverage error: mean over rows of the number of labels that must be taken from the top, ties
/// included, to have all labels of the row; from 1 (at best the mean number of labels of a
/// row), lower is better.
///
/// A row of a multilabel task is one ranked_query: its labels are the items, relevance 1 for
/// those that the row has. Undefined (empty) without rows, and (zero denominator) when no row
/// has a label; what such a row means is the state's rule, and its count is in the state:
/// undefined_query::zero gives scikit-learn's figure. Interval: large-sample over rows
/// (mean_of_queries.hpp). Cost: O(1) to read. Thread rule: a pure function.
///
/// Source: G. Tsoumakas, I. Katakis, I. Vlahavas, "Mining Multi-label Data", in: Data Mining
/// and Knowledge Discovery Handbook (2010), section 7.
struct coverage_error {
    using state_type = mean_query_score<per_query::label_coverage>;
    static constexpr info_card info{"coverage_error",
                                    "labels",
                                    0,
                                    std::numeric_limits<double>::infinity(),
                                    orientation::lower_is_better,
                                    "no row has a label"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] constexpr per_query::label_coverage measure() const noexcept { return {}; }
    /// The state to fill for this metric.
    [[nodiscard]] state_type empty_state(undefined_query rule = undefined_query::skip) const {
        return state_type(measure(), rule);
    }
    [[nodiscard]] estimate operator()(const state_type& queries) const {
        return mean_of_queries(queries, measure(), confidence, info);
    }
};

}  // namespace leeway::inline v0
