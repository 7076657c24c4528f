#include "evaluation/more_figures.hpp"

#include "leeway/metrics/debiased_expected_calibration_error.hpp"
#include "leeway/metrics/debiased_root_mean_squared_calibration_error.hpp"
#include "leeway/metrics/expected_calibration_error.hpp"
#include "leeway/metrics/maximum_calibration_error.hpp"
#include "leeway/metrics/root_mean_squared_calibration_error.hpp"

namespace leeway::inline v0::detail {

void add_calibration_errors(report::content& figures, const calibration_bins& bins) {
    const std::string over = "_" + std::to_string(bins.bins().size());
    const auto add = [&](auto metric) {
        metric.confidence = figures.confidence;
        const std::string key = key_of(metric) + over;
        if (!has_figure(figures, key)) figures.entries.push_back({key, metric(bins)});
    };
    add(expected_calibration_error{});
    add(maximum_calibration_error{});
    add(root_mean_squared_calibration_error{});
    add(debiased_expected_calibration_error{});
    add(debiased_root_mean_squared_calibration_error{});
}

}  // namespace leeway::inline v0::detail
