// Two models on the same rows, by any metric.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "leeway/accumulators/moments.hpp"
#include "leeway/compose/bootstrapped.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/comparison.hpp"

namespace leeway::inline v0 {

/// The paired bootstrap: how the difference of a metric between two models varies when the rows
/// that both were scored on are drawn again.
///
///     leeway::bootstrapped<leeway::confusion_matrix> first, second;  // one seed and B
///     ... first.update(row_key, outcome_of_first), second.update(row_key, outcome_of_second)
///     const auto answer = leeway::bootstrap_difference<leeway::f_beta>{}(first, second);
///
/// The difference with its interval is paired_difference's. statistic: the difference over the
/// standard deviation of its replicates (0 where that is 0). p = min(1, 2 (1 + the smaller of the
/// numbers of replicates at or below 0 and at or above 0) / (D + 1)) with D replicates in which
/// both figures are defined: never 0, and not below 2 / (D + 1), so B = 200 cannot say p < 0.01.
/// Where the rows were not the same or a figure is undefined, the difference says so; then, and
/// where it has no interval (paired_difference: replicates undefined, or all the same), there is no
/// statistic and no p. undefined_replicates counts those left out.
/// Cost: 2 B readings of the metric. Thread rule: a pure function.
/// Source: B. Efron, R. Tibshirani, "An Introduction to the Bootstrap" (1993), sections 15.4 and
/// 16.4.
template <Metric M>
struct bootstrap_difference {
    M metric{};
    confidence_level confidence{confidence_95};
    bootstrap_interval method{bootstrap_interval::percentile};

    template <class State>
    [[nodiscard]] comparison operator()(const bootstrapped<State>& first,
                                        const bootstrapped<State>& second) const {
        comparison answer;
        answer.difference = paired_difference(first, second, metric, confidence, method);
        answer.rows = answer.difference.weight();
        const replicate_figures drawn = paired_figures(first, second, metric);
        answer.undefined_replicates = drawn.undefined;
        if (!answer.difference || !answer.difference.has_interval()) return answer;
        std::size_t below = 0, above = 0;
        moments spread;
        for (const double difference : drawn.values) {
            below += difference <= 0;
            above += difference >= 0;
            spread.update(difference);
        }
        const double replicates = static_cast<double>(drawn.values.size());
        const double fewer = static_cast<double>(std::min(below, above));
        answer.p_value = std::min(1.0, 2 * (1 + fewer) / (replicates + 1));
        const estimate deviation = spread.standard_deviation();
        answer.statistic = deviation && deviation.value() > 0
                               ? answer.difference.value() / deviation.value()
                               : 0.0;
        return answer;
    }
};

}  // namespace leeway::inline v0
