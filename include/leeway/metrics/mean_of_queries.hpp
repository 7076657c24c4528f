// The mean over queries of a ranking measure with its large-sample interval: the form that all
// ranking metrics share.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "leeway/accumulators/mean_query_score.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/fields.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"
#include "leeway/metrics/mean_of_loss.hpp"

namespace leeway::inline v0 {

/// Weighted mean over the queries in the state. Undefined (empty) without queries, and (zero
/// denominator) when the measure was undefined on all of them and they were skipped. Raises when
/// the state was filled with another measure than the metric reads, or another k.
///
/// Interval: large-sample over queries (mean_of_loss.hpp): it speaks of queries like these, not of
/// the items of one, and is short for a few tens of queries or fewer. Where it would claim
/// certainty, since every query had the same figure, a metric in [0, 1] has Wilson's interval, and
/// one without an upper end none (constant_interval). A metric that is a share of queries (`share`)
/// has Wilson's in any case.
template <QueryMeasure Measure>
[[nodiscard]] estimate mean_of_queries(const mean_query_score<Measure>& state,
                                       const Measure& measure, confidence_level confidence,
                                       const info_card& info, bool share = false) {
    if (!(state.measure() == measure)) {
        raise(std::string(info.name) + ": the state was filled with " +
              to_debug_string(state.measure()) + ", the metric reads " + to_debug_string(measure));
    }
    if (state.rows() == 0 && state.undefined_queries() > 0) return undefined::zero_denominator;
    const auto& scores = state.scores();
    const bool bounded = info.lowest == 0 && info.highest == 1;
    if (state.rows() > 0 && bounded && share) {
        const double weight = scores.weight();
        return wilson_interval(std::min(1.0, scores.mean()),
                               effective_rows(weight, scores.sum_of_squared_weights()), weight,
                               confidence);
    }
    return mean_of_loss(scores, confidence, info);
}

/// "ndcg_at_10", or "ndcg" when k is 0, which stands for all ranks.
[[nodiscard]] inline std::string key_at(std::string_view name, std::size_t k) {
    std::string key(name);
    if (k != 0) key.append("_at_").append(std::to_string(k));
    return key;
}

}  // namespace leeway::inline v0
