// How far up the labels of a row are, for rows with several labels.
#pragma once

#include "leeway/accumulators/label_ranking_measures.hpp"
#include "leeway/accumulators/mean_query_score.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_queries.hpp"

namespace leeway::inline v0 {

/// Label ranking average precision: mean over rows of the mean over the row's labels of (its
/// labels scored as high or higher) / (labels scored as high or higher); in (0, 1], higher is
/// better.
///
/// A row of a multilabel task is one ranked_query: its labels are the items, relevance 1 for
/// those that the row has. A tied label counts as above, as in scikit-learn. Undefined (empty)
/// without rows, and (zero denominator) when no row has a label; what such a row means is the
/// state's rule, and its count is in the state: undefined_query::one gives scikit-learn's
/// figure. Interval: large-sample over rows (mean_of_queries.hpp). Cost: O(1) to read. Thread
/// rule: a pure function.
///
/// Source: G. Tsoumakas, I. Katakis, I. Vlahavas, "Mining Multi-label Data", in: Data Mining
/// and Knowledge Discovery Handbook (2010), section 7.
struct label_ranking_average_precision {
    using state_type = mean_query_score<per_query::label_average_precision>;
    static constexpr info_card info{"label_ranking_average_precision",
                                    "1",
                                    0,
                                    1,
                                    orientation::higher_is_better,
                                    "no row has a label"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] constexpr per_query::label_average_precision measure() const noexcept {
        return {};
    }
    /// The state to fill for this metric.
    [[nodiscard]] state_type empty_state(undefined_query rule = undefined_query::skip) const {
        return state_type(measure(), rule);
    }
    [[nodiscard]] estimate operator()(const state_type& queries) const {
        return mean_of_queries(queries, measure(), confidence, info);
    }
};

}  // namespace leeway::inline v0
