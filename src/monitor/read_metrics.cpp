#include "read_metrics.hpp"

#include "leeway/core/concepts.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "leeway/metrics/balanced_accuracy.hpp"
#include "leeway/metrics/brier_score.hpp"
#include "leeway/metrics/expected_calibration_error.hpp"
#include "leeway/metrics/f_beta.hpp"
#include "leeway/metrics/log_loss.hpp"
#include "leeway/metrics/matthews_correlation.hpp"
#include "leeway/metrics/mean_absolute_error.hpp"
#include "leeway/metrics/mean_squared_error.hpp"
#include "leeway/metrics/precision.hpp"
#include "leeway/metrics/r_squared.hpp"
#include "leeway/metrics/recall.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "leeway/metrics/root_mean_squared_error.hpp"
#include "leeway/metrics/specificity.hpp"

namespace leeway::inline v0::detail {

std::vector<reference_metric> read_metrics(const outcome_totals& outcomes,
                                           confidence_level confidence) {
    std::vector<reference_metric> read;
    const auto add = [&](auto metric, const auto& state) {
        if constexpr (requires { metric.confidence; }) metric.confidence = confidence;
        read.push_back(
            {key_of(metric), std::string(metric.info.unit), metric.info.better, metric(state)});
    };
    if (const binary_outcomes* binary = outcomes.binary()) {
        add(accuracy{}, binary->decisions);
        add(precision{}, binary->decisions);
        add(recall{}, binary->decisions);
        add(f_beta{}, binary->decisions);
        add(specificity{}, binary->decisions);
        add(balanced_accuracy{}, binary->decisions);
        add(matthews_correlation{}, binary->decisions);
        add(roc_auc{}, binary->scores);
        if (binary->scores.layout() == log_linear_layout::probabilities()) {
            add(log_loss{}, binary->logarithmic);
            add(brier_score{}, binary->brier);
            add(expected_calibration_error{}, binary->calibration);
        }
    }
    if (const regression_outcomes* regression = outcomes.regression()) {
        add(mean_squared_error{}, regression->squared);
        add(root_mean_squared_error{}, regression->squared);
        add(mean_absolute_error{}, regression->absolute);
        add(r_squared{}, regression->moments);
    }
    return read;
}

}  // namespace leeway::inline v0::detail
