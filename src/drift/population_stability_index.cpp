#include "leeway/drift/population_stability_index.hpp"

#include <algorithm>
#include <memory>

#include "leeway/core/distributions.hpp"

namespace leeway::inline v0 {

drift_result population_stability_index::operator()(const binned_counts& reference,
                                                    const binned_counts& current) const {
    const sides s = compare(reference, current);
    drift_result drift;
    drift.n_reference = s.n;
    drift.n_current = s.m;
    if (s.n == 0 || s.m == 0) {
        drift.reason = undefined::empty;
        return drift;
    }
    // Delta method: with g_b = dPSI/dq_b = ln(q_b/p_b) + 1 - p_b/q_b, and h_b = dPSI/dp_b the same
    // with p and q exchanged, the variance is Var_q(g)/m + Var_p(h)/n.
    compensated_sum sum;
    double mean_g = 0;
    double mean_h = 0;
    double square_g = 0;
    double square_h = 0;
    for (std::size_t bin = 0; bin < reference.counts().size(); ++bin) {
        if (reference[bin] == 0 && current[bin] == 0) continue;
        const double p = s.p(reference[bin]);
        const double q = s.q(current[bin]);
        const double log_ratio = std::log(q / p);
        sum.add((q - p) * log_ratio);
        const double g = log_ratio + 1 - p / q;
        const double h = -log_ratio + 1 - q / p;
        mean_g += q * g;
        mean_h += p * h;
        square_g += q * g * g;
        square_h += p * h * h;
    }
    const double noise = 1 / s.n + 1 / s.m;
    const double degrees = s.bins - 1;
    const double from_drift = std::max(0.0, square_g - mean_g * mean_g) / s.m +
                              std::max(0.0, square_h - mean_h * mean_h) / s.n;
    drift.statistic = sum.value();
    drift.expected_without_drift = degrees * noise;
    // from_drift is 4 noise PSI to first order, and the observed PSI holds the bias degrees * noise
    // on top of the true one. Off with that, on with the variance without drift.
    const double without_drift = 2 * degrees * noise * noise;
    drift.standard_error = std::sqrt(std::max(from_drift - without_drift, without_drift));
    drift.p_value = degrees > 0 ? chi_squared_survival(drift.statistic / noise, degrees) : 1.0;
    return drift;
}

drift_result population_stability_index::operator()(std::span<const double> reference,
                                                    std::span<const double> current) const {
    const auto bins = std::make_shared<const binning>(numeric_binning(reference, options));
    binned_counts before(bins);
    binned_counts now(bins);
    before.update(reference);
    now.update(current);
    return (*this)(before, now);
}

}  // namespace leeway::inline v0
