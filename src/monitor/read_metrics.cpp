#include "read_metrics.hpp"

#include <string>
#include <type_traits>

#include "leeway/core/concepts.hpp"
#include "leeway/metrics/task_metrics.hpp"

namespace leeway::inline v0::detail {

namespace {

template <class... States>
auto reader(std::vector<reference_metric>& to, const States&... states) {
    return [&](const auto& metric) {
        if constexpr (ReadableFrom<std::remove_cvref_t<decltype(metric)>, States...>) {
            to.push_back({key_of(metric), std::string(metric.info.unit), metric.info.better,
                          read_from(metric, states...)});
        }
    };
}

}  // namespace

std::vector<reference_metric> read_metrics(const outcome_totals& outcomes,
                                           confidence_level confidence) {
    std::vector<reference_metric> read;
    if (const binary_outcomes* binary = outcomes.binary()) {
        const auto& decisions = binary->get<confusion_matrix>();
        const auto& scores = binary->get<score_table>();
        if (scores.layout() == log_linear_layout::probabilities()) {
            for_each_binary_headline(
                confidence, reader(read, decisions, scores, binary->get<calibration_bins>(),
                                   binary->get<mean_loss<loss::brier>>(),
                                   binary->get<mean_loss<loss::logarithmic>>()));
        } else {
            for_each_binary_headline(confidence, reader(read, decisions, scores));
        }
    }
    if (const regression_outcomes* regression = outcomes.regression()) {
        for_each_regression_headline(confidence,
                                     reader(read, regression->get<mean_loss<loss::squared_error>>(),
                                            regression->get<mean_loss<loss::absolute_error>>(),
                                            regression->get<regression_moments>()));
    }
    return read;
}

}  // namespace leeway::inline v0::detail
