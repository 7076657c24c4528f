// The figures that a task is asked for beyond its usual ones.
#pragma once

#include <string>
#include <type_traits>
#include <utility>

#include "evaluation/evaluate_parts.hpp"
#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/report.hpp"
#include "leeway/evaluation/task.hpp"
#include "leeway/metrics/adaptive_expected_calibration_error.hpp"
#include "leeway/metrics/adaptive_maximum_calibration_error.hpp"
#include "leeway/metrics/adaptive_root_mean_squared_calibration_error.hpp"
#include "leeway/metrics/f_beta.hpp"
#include "leeway/metrics/partial_roc_auc.hpp"
#include "leeway/metrics/precision_at_recall.hpp"
#include "leeway/metrics/recall_at_precision.hpp"
#include "leeway/metrics/sensitivity_at_specificity.hpp"
#include "leeway/metrics/threshold_at_recall.hpp"

namespace leeway::inline v0::detail {

/// The errors over bins of equal width; their keys say how many bins.
void add_calibration_errors(report::content& figures, const calibration_bins& bins);

/// see(metric) for each of them that needs no bins.
template <class See>
void for_each_more_metric(const more_binary_figures& also, const confidence_level& confidence,
                          See see) {
    const auto show = [&](auto metric) {
        metric.confidence = confidence;
        see(std::as_const(metric));
    };
    for (const double beta : also.betas) show(f_beta{beta});
    for (const double precision : also.precisions) show(recall_at_precision{precision});
    for (const double recall : also.recalls) {
        show(precision_at_recall{recall});
        show(threshold_at_recall{recall});
    }
    for (const double share : also.specificities) show(sensitivity_at_specificity{share});
    for (const double rate : also.false_positive_rates) show(partial_roc_auc{rate});
}

/// Those of more_binary_figures that can be read from one of the states; none is there twice.
template <class... States>
void add_more_figures(report::content& figures, const more_binary_figures& also,
                      const States&... states) {
    const auto read = figures_from(figures.entries, states...);
    const auto add = [&](const auto& metric) {
        if (!has_figure(figures, key_of(metric))) read(metric);
    };
    for_each_more_metric(also, figures.confidence, add);
    for (const std::size_t bins : also.bins) {
        const auto add_bins = [&](const auto& state) {
            if constexpr (std::is_same_v<std::remove_cvref_t<decltype(state)>, scored_outcomes>) {
                calibration_bins filled(bins);
                filled.update(
                    probability_outcome::columns{state.labels(), state.scores(), state.weights()});
                add_calibration_errors(figures, filled);
            }
        };
        (add_bins(states), ...);
        add(adaptive_expected_calibration_error{bins, figures.confidence});
        add(adaptive_maximum_calibration_error{bins, figures.confidence});
        add(adaptive_root_mean_squared_calibration_error{bins, figures.confidence});
    }
}

/// A bounded evaluation's task asks for nothing more: result() does.
template <class More>
void require_nothing_more(const More& also) {
    if (also == More{}) return;
    raise(
        "bounded_evaluation: the task's `also` is evaluate()'s, expected none; give it to "
        "result()");
}

}  // namespace leeway::inline v0::detail
