// How many pairs of labels of a row are in the wrong order.
#pragma once

#include "leeway/accumulators/label_ranking_measures.hpp"
#include "leeway/accumulators/mean_query_score.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_queries.hpp"

namespace leeway::inline v0 {

/// Label ranking loss: mean over rows of the share of pairs (label of the row, other label)
/// that are in the wrong order; in [0, 1], lower is better.
///
/// A tied pair is half wrong, so that the loss of a row is 1 - its ROC AUC; scikit-learn counts
/// it as wrong. A row of a multilabel task is one ranked_query: its labels are the items,
/// relevance 1 for those that the row has. Undefined (empty) without rows, and (zero
/// denominator) when every row has no label or all of them; what such a row means is the
/// state's rule, and its count is in the state: without ties undefined_query::zero gives
/// scikit-learn's figure. Interval: large-sample over rows (mean_of_queries.hpp). Cost: O(1) to
/// read. Thread rule: a pure function.
///
/// Source: G. Tsoumakas, I. Katakis, I. Vlahavas, "Mining Multi-label Data", in: Data Mining
/// and Knowledge Discovery Handbook (2010), section 7.
struct label_ranking_loss {
    using state_type = mean_query_score<per_query::label_misordering>;
    static constexpr info_card info{"label_ranking_loss",
                                    "1",
                                    0,
                                    1,
                                    orientation::lower_is_better,
                                    "every row has no label or all of them"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] constexpr per_query::label_misordering measure() const noexcept { return {}; }
    /// The state to fill for this metric.
    [[nodiscard]] state_type empty_state(undefined_query rule = undefined_query::skip) const {
        return state_type(measure(), rule);
    }
    [[nodiscard]] estimate operator()(const state_type& queries) const {
        return mean_of_queries(queries, measure(), confidence, info);
    }
};

}  // namespace leeway::inline v0
