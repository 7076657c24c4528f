// Every metric of a task, in the order in which reports show them.
#pragma once

#include <utility>

#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "leeway/metrics/accuracy_parity.hpp"
#include "leeway/metrics/adaptive_expected_calibration_error.hpp"
#include "leeway/metrics/average_precision.hpp"
#include "leeway/metrics/balanced_accuracy.hpp"
#include "leeway/metrics/brier_reliability.hpp"
#include "leeway/metrics/brier_resolution.hpp"
#include "leeway/metrics/brier_score.hpp"
#include "leeway/metrics/brier_uncertainty.hpp"
#include "leeway/metrics/calibration_in_the_large.hpp"
#include "leeway/metrics/calibration_intercept.hpp"
#include "leeway/metrics/calibration_ratio.hpp"
#include "leeway/metrics/calibration_slope.hpp"
#include "leeway/metrics/cohen_kappa.hpp"
#include "leeway/metrics/concordance_correlation.hpp"
#include "leeway/metrics/coverage_error.hpp"
#include "leeway/metrics/d2_absolute_error_score.hpp"
#include "leeway/metrics/d2_brier_score.hpp"
#include "leeway/metrics/d2_log_loss.hpp"
#include "leeway/metrics/debiased_expected_calibration_error.hpp"
#include "leeway/metrics/debiased_root_mean_squared_calibration_error.hpp"
#include "leeway/metrics/demographic_parity.hpp"
#include "leeway/metrics/diagnostic_odds_ratio.hpp"
#include "leeway/metrics/equal_error_rate.hpp"
#include "leeway/metrics/equal_opportunity.hpp"
#include "leeway/metrics/equalised_odds.hpp"
#include "leeway/metrics/exact_match.hpp"
#include "leeway/metrics/expected_calibration_error.hpp"
#include "leeway/metrics/explained_variance.hpp"
#include "leeway/metrics/f_beta.hpp"
#include "leeway/metrics/false_discovery_rate.hpp"
#include "leeway/metrics/false_negative_rate.hpp"
#include "leeway/metrics/false_omission_rate.hpp"
#include "leeway/metrics/false_positive_rate.hpp"
#include "leeway/metrics/fowlkes_mallows.hpp"
#include "leeway/metrics/gain_at.hpp"
#include "leeway/metrics/geometric_mean.hpp"
#include "leeway/metrics/gini.hpp"
#include "leeway/metrics/group_calibration_gap.hpp"
#include "leeway/metrics/hamming_loss.hpp"
#include "leeway/metrics/hinge_loss.hpp"
#include "leeway/metrics/huber_loss.hpp"
#include "leeway/metrics/informedness.hpp"
#include "leeway/metrics/jaccard.hpp"
#include "leeway/metrics/kendall_tau.hpp"
#include "leeway/metrics/ks_separation.hpp"
#include "leeway/metrics/label_ranking_average_precision.hpp"
#include "leeway/metrics/label_ranking_loss.hpp"
#include "leeway/metrics/lift_at.hpp"
#include "leeway/metrics/log_cosh_loss.hpp"
#include "leeway/metrics/log_loss.hpp"
#include "leeway/metrics/markedness.hpp"
#include "leeway/metrics/matthews_correlation.hpp"
#include "leeway/metrics/max_error.hpp"
#include "leeway/metrics/maximum_calibration_error.hpp"
#include "leeway/metrics/mean_absolute_error.hpp"
#include "leeway/metrics/mean_absolute_percentage_error.hpp"
#include "leeway/metrics/mean_error.hpp"
#include "leeway/metrics/mean_gamma_deviance.hpp"
#include "leeway/metrics/mean_poisson_deviance.hpp"
#include "leeway/metrics/mean_squared_error.hpp"
#include "leeway/metrics/mean_squared_log_error.hpp"
#include "leeway/metrics/median_absolute_error.hpp"
#include "leeway/metrics/negative_likelihood_ratio.hpp"
#include "leeway/metrics/negative_predictive_value.hpp"
#include "leeway/metrics/partial_roc_auc.hpp"
#include "leeway/metrics/pearson_correlation.hpp"
#include "leeway/metrics/positive_likelihood_ratio.hpp"
#include "leeway/metrics/pr_auc_interpolated.hpp"
#include "leeway/metrics/pr_auc_trapezoid.hpp"
#include "leeway/metrics/precision.hpp"
#include "leeway/metrics/precision_at_recall.hpp"
#include "leeway/metrics/predicted_positive_rate.hpp"
#include "leeway/metrics/predictive_parity.hpp"
#include "leeway/metrics/prevalence.hpp"
#include "leeway/metrics/r_squared.hpp"
#include "leeway/metrics/ranked_probability_score.hpp"
#include "leeway/metrics/recall.hpp"
#include "leeway/metrics/recall_at_precision.hpp"
#include "leeway/metrics/residual_standard_deviation.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "leeway/metrics/roc_auc_one_vs_one.hpp"
#include "leeway/metrics/root_mean_squared_calibration_error.hpp"
#include "leeway/metrics/root_mean_squared_error.hpp"
#include "leeway/metrics/root_mean_squared_log_error.hpp"
#include "leeway/metrics/sensitivity_at_specificity.hpp"
#include "leeway/metrics/spearman_correlation.hpp"
#include "leeway/metrics/specificity.hpp"
#include "leeway/metrics/spiegelhalter_z.hpp"
#include "leeway/metrics/symmetric_mean_absolute_percentage_error.hpp"
#include "leeway/metrics/threshold_at_recall.hpp"
#include "leeway/metrics/top_k_accuracy.hpp"
#include "leeway/metrics/weighted_mean_absolute_percentage_error.hpp"

namespace leeway::inline v0 {

namespace detail {

template <class See, class... Metrics>
void see_each(const confidence_level& confidence, See& see, Metrics... metrics) {
    const auto see_one = [&](auto metric) {
        if constexpr (requires { metric.confidence; }) metric.confidence = confidence;
        see(std::as_const(metric));
    };
    (see_one(std::move(metrics)), ...);
}

}  // namespace detail

// One list a task, for evaluate(), the monitor and the command line alike. A holder of states shows
// the metrics that can read one of them (ReadableFrom), so a metric that joins a list is in every
// report that can have it. The headline is what a snapshot carries and a report begins with.

/// see(metric) for the figures of a binary task that everybody asks for.
template <class See>
void for_each_binary_headline(const confidence_level& confidence, See see) {
    detail::see_each(confidence, see,
                     // of the decisions
                     accuracy{}, precision{}, recall{}, f_beta{}, specificity{},
                     balanced_accuracy{}, matthews_correlation{},
                     // of the order of the scores
                     roc_auc{},
                     // of the scores as probabilities
                     log_loss{}, brier_score{}, expected_calibration_error{});
}

/// see(metric) for each metric of labels 0 and 1 with decisions, scores or probabilities, but those
/// of for_each_costly_binary_metric.
template <class See>
void for_each_binary_metric(const confidence_level& confidence, See see) {
    for_each_binary_headline(confidence, see);
    // of the decisions
    detail::see_each(confidence, see, negative_predictive_value{}, false_positive_rate{},
                     false_negative_rate{}, false_discovery_rate{}, false_omission_rate{},
                     jaccard{}, fowlkes_mallows{}, geometric_mean{}, informedness{}, markedness{},
                     cohen_kappa{}, hamming_loss{}, positive_likelihood_ratio{},
                     negative_likelihood_ratio{}, diagnostic_odds_ratio{}, prevalence{},
                     predicted_positive_rate{});
    // of the order of the scores
    detail::see_each(confidence, see, average_precision{}, pr_auc_interpolated{}, partial_roc_auc{},
                     gini{}, ks_separation{}, equal_error_rate{}, recall_at_precision{},
                     precision_at_recall{}, sensitivity_at_specificity{}, threshold_at_recall{},
                     gain_at{}, lift_at{});
    // of the scores as margins
    detail::see_each(confidence, see, hinge_loss{});
    // of the scores as probabilities
    detail::see_each(confidence, see, d2_log_loss{}, d2_brier_score{}, brier_reliability{},
                     brier_resolution{}, brier_uncertainty{}, maximum_calibration_error{},
                     root_mean_squared_calibration_error{}, debiased_expected_calibration_error{},
                     debiased_root_mean_squared_calibration_error{}, calibration_ratio{},
                     spiegelhalter_z{});
}

/// see(metric) for those that fit a model to the rows or sort them anew, which cost more than all
/// others together, and for variants of what is in the list above.
template <class See>
void for_each_costly_binary_metric(const confidence_level& confidence, See see) {
    detail::see_each(confidence, see, calibration_slope{}, calibration_intercept{},
                     calibration_in_the_large{}, adaptive_expected_calibration_error{},
                     pr_auc_trapezoid{}, f_beta{0.5}, f_beta{2},
                     balanced_accuracy{.adjusted = true});
}

/// see(metric) for each metric of classes 0 .. k - 1. Those that are ratios of one class
/// (ClassRatioMetric) and roc_auc are shown averaged and for each class by who reads the list.
template <class See>
void for_each_multiclass_metric(const confidence_level& confidence, See see) {
    detail::see_each(confidence, see, accuracy{}, balanced_accuracy{}, matthews_correlation{},
                     precision{}, recall{}, f_beta{}, specificity{}, roc_auc{}, log_loss{},
                     brier_score{}, expected_calibration_error{});
    // of the decisions; the weighted kappas read the classes as ordered
    detail::see_each(confidence, see, cohen_kappa{}, cohen_kappa{kappa_weighting::linear},
                     cohen_kappa{kappa_weighting::quadratic}, geometric_mean{}, hamming_loss{},
                     negative_predictive_value{}, false_positive_rate{}, false_negative_rate{},
                     false_discovery_rate{}, false_omission_rate{}, jaccard{});
    // of the scores; the ranked score reads the classes as ordered
    detail::see_each(confidence, see, hinge_loss{}, top_k_accuracy{2}, top_k_accuracy{3},
                     top_k_accuracy{5}, roc_auc_one_vs_one{}, d2_log_loss{}, d2_brier_score{},
                     ranked_probability_score{}, maximum_calibration_error{},
                     root_mean_squared_calibration_error{}, debiased_expected_calibration_error{});
}

/// see(metric) for each metric of two classes that is also asked of one class, or one label,
/// against the rest, and is no plain ratio of counts (those are in the lists of the tasks).
template <class See>
void for_each_one_against_the_rest_metric(const confidence_level& confidence, See see) {
    detail::see_each(confidence, see, matthews_correlation{}, cohen_kappa{}, balanced_accuracy{},
                     informedness{}, markedness{}, fowlkes_mallows{}, positive_likelihood_ratio{},
                     negative_likelihood_ratio{}, diagnostic_odds_ratio{});
}

/// see(metric) for each metric of rows that have several labels. Those that are ratios of one class
/// (ClassRatioMetric), roc_auc and average_precision are shown averaged and for each label by who
/// reads the list.
template <class See>
void for_each_multilabel_metric(const confidence_level& confidence, See see) {
    // of the decisions
    detail::see_each(confidence, see, precision{}, recall{}, f_beta{}, exact_match{},
                     hamming_loss{}, jaccard{}, specificity{}, negative_predictive_value{},
                     false_positive_rate{}, false_negative_rate{}, false_discovery_rate{},
                     false_omission_rate{});
    // of the scores, label by label and row by row
    detail::see_each(confidence, see, roc_auc{}, average_precision{},
                     label_ranking_average_precision{}, coverage_error{}, label_ranking_loss{});
}

/// see(metric) for each metric that compares groups of rows in a binary task.
template <class See>
void for_each_group_metric(const confidence_level& confidence, See see) {
    // of the decisions, as a difference and as a ratio
    detail::see_each(confidence, see, demographic_parity_difference{}, demographic_parity_ratio{},
                     equal_opportunity_difference{}, equal_opportunity_ratio{},
                     equalised_odds_difference{}, equalised_odds_ratio{},
                     predictive_parity_difference{}, predictive_parity_ratio{},
                     accuracy_parity_difference{}, accuracy_parity_ratio{});
    // of the scores as probabilities
    detail::see_each(confidence, see, group_calibration_gap{});
}

/// see(metric) for the figures of a regression that everybody asks for.
template <class See>
void for_each_regression_headline(const confidence_level& confidence, See see) {
    detail::see_each(confidence, see, mean_squared_error{}, root_mean_squared_error{},
                     mean_absolute_error{}, r_squared{});
}

/// see(metric) for each metric of a real target and its prediction.
template <class See>
void for_each_regression_metric(const confidence_level& confidence, See see) {
    for_each_regression_headline(confidence, see);
    detail::see_each(confidence, see, median_absolute_error{}, max_error{}, mean_error{},
                     residual_standard_deviation{}, explained_variance{}, pearson_correlation{},
                     concordance_correlation{}, spearman_correlation{}, kendall_tau{},
                     mean_absolute_percentage_error{}, symmetric_mean_absolute_percentage_error{},
                     weighted_mean_absolute_percentage_error{}, mean_squared_log_error{},
                     root_mean_squared_log_error{}, mean_poisson_deviance{}, mean_gamma_deviance{},
                     huber_loss{}, log_cosh_loss{}, d2_absolute_error_score{});
}

}  // namespace leeway::inline v0
