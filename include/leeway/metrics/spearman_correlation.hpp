// How well predictions put the targets in order: the correlation of ranks.
#pragma once

#include <cstddef>
#include <vector>

#include "leeway/accumulators/comoments.hpp"
#include "leeway/accumulators/paired_values.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/fisher_interval.hpp"
#include "leeway/metrics/interval.hpp"
#include "leeway/metrics/pearson_correlation.hpp"
#include "leeway/metrics/weighted_order.hpp"

namespace leeway::inline v0 {

/// Spearman's correlation, Pearson's of the ranks of target and prediction, equals sharing their
/// average rank; in [-1, 1], higher is better. Any increasing map of the predictions leaves it as
/// it is. Of weighted rows the ranks are of weight (mid_ranks), so weight k is k copies.
///
/// Undefined as pearson_correlation is. Interval: Fisher's z with Bonett and Wright's variance (1 +
/// r^2 / 2) / (n - 3), n Kish's effective rows when weighted; none up to 3 rows, at -1 and 1. Cost:
/// O(n log n). Thread rule: a pure function.
/// Source: C. Spearman, "The proof and measurement of association between two things", Am. J.
/// Psychol. 15 (1904); D. Bonett, T. Wright, "Sample size requirements for estimating Pearson,
/// Kendall and Spearman correlations", Psychometrika 65 (2000).
struct spearman_correlation {
    using state_type = paired_values;
    static constexpr info_card info{"spearman_correlation",
                                    "1",
                                    -1,
                                    1,
                                    orientation::higher_is_better,
                                    "target or prediction is constant, or there is one row"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const paired_values& state) const {
        std::vector<double> targets = mid_ranks(state.targets(), state.weights());
        std::vector<double> predictions = mid_ranks(state.predictions(), state.weights());
        // Ranks are of weight: near 1 their squares neither overflow nor vanish.
        const double weight = state.total_weight().value();
        const double scale = weight > 0 ? detail::power_near_one(weight) : 1;
        for (double& rank : targets) rank *= scale;
        for (double& rank : predictions) rank *= scale;
        comoments ranks;
        ranks.update({.target = targets, .prediction = predictions, .weight = state.weights()});
        const estimate plain = pearson_correlation{confidence}(ranks);
        if (!plain) return plain;
        const double r = plain.value();
        const double rows = effective_rows(ranks.weight(), ranks.sum_of_squared_weights());
        return fisher_interval(r, (1 + r * r / 2) / (rows - 3), plain.weight(), confidence);
    }
};

}  // namespace leeway::inline v0
