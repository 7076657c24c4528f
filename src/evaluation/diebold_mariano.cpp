#include "leeway/evaluation/diebold_mariano.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "leeway/core/distributions.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/sample.hpp"

namespace leeway::inline v0 {

namespace {

constexpr std::string_view where = "diebold_mariano";

void require_finite(std::string_view column, std::span<const double> losses) {
    for (std::size_t t = 0; t < losses.size(); ++t) {
        if (!std::isfinite(losses[t])) {
            raise_invalid(where, std::string(column) + '[' + detail::shown(t) + ']', losses[t],
                          "a finite number");
        }
    }
}

/// c_k = sum d_t d_(t+k) / n of centred differences.
double autocovariance(const std::vector<double>& centred, std::size_t lag) {
    compensated_sum sum;
    for (std::size_t t = 0; t + lag < centred.size(); ++t) sum.add(centred[t] * centred[t + lag]);
    return sum.value() / static_cast<double>(centred.size());
}

}  // namespace

diebold_mariano_result diebold_mariano(std::span<const double> first_losses,
                                       std::span<const double> second_losses, std::size_t horizon,
                                       confidence_level confidence) {
    if (horizon == 0) raise_invalid(where, "horizon", horizon, "at least 1");
    require_length(where, "second_losses", second_losses.size(), first_losses.size());
    require_finite("first_losses", first_losses);
    require_finite("second_losses", second_losses);

    diebold_mariano_result result;
    result.n = first_losses.size();
    result.horizon = horizon;
    const auto undefined_for = [&](undefined reason) {
        result.reason = reason;
        return result;
    };
    if (result.n == 0) return undefined_for(undefined::empty);
    const double n = static_cast<double>(result.n);
    compensated_sum sum;
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    double largest = 0;
    std::vector<double> d(result.n);
    for (std::size_t t = 0; t < d.size(); ++t) {
        d[t] = first_losses[t] - second_losses[t];
        largest = std::max({largest, std::fabs(first_losses[t]), std::fabs(second_losses[t])});
        sum.add(d[t]);
        low = std::min(low, d[t]);
        high = std::max(high, d[t]);
    }
    const double mean = sum.value() / n;
    if (!std::isfinite(mean)) {
        result.difference = estimate(undefined::out_of_range, n);
        return undefined_for(undefined::out_of_range);
    }
    const auto no_test = [&](undefined reason, undefined of_interval) {
        result.difference = estimate::without_interval(mean, of_interval, n);
        return undefined_for(reason);
    };
    if (result.n <= horizon) return no_test(undefined::too_little_data, undefined::too_little_data);
    if (high - low <= detail::rounding_of(largest))
        return no_test(undefined::zero_denominator, undefined::no_variation);
    result.difference = estimate::of(mean, n);

    for (double& value : d) value -= mean;
    std::vector<double> covariance;
    for (std::size_t k = 0; k < horizon; ++k) covariance.push_back(autocovariance(d, k));
    double plain = covariance[0];
    double damped = covariance[0];
    for (std::size_t k = 1; k < horizon; ++k) {
        plain += 2 * covariance[k];
        damped += 2 * (1 - static_cast<double>(k) / static_cast<double>(horizon)) * covariance[k];
    }
    // A sum that cancelled down to the rounding of its terms says no more than one below zero.
    result.bartlett = !(plain > 1e-14 * covariance[0]);
    result.long_run_variance = result.bartlett ? damped : plain;
    if (!std::isfinite(result.long_run_variance)) return undefined_for(undefined::out_of_range);
    if (!(result.long_run_variance > 0))
        return no_test(undefined::zero_denominator, undefined::no_variation);

    const double h = static_cast<double>(horizon);
    const double factor = std::sqrt((n + 1 - 2 * h + h * (h - 1) / n) / n);
    const double error = std::sqrt(result.long_run_variance / n) / factor;
    result.statistic = mean / error;
    result.p_value = student_t_two_sided(result.statistic, n - 1);
    const double half = student_t_quantile(0.5 + confidence.level / 2, n - 1) * error;
    result.difference = estimate::within(mean, mean - half, mean + half, confidence.level, n);
    return result;
}

}  // namespace leeway::inline v0
