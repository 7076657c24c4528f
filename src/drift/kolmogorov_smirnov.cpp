#include "leeway/drift/kolmogorov_smirnov.hpp"

#include "leeway/core/distributions.hpp"

namespace leeway::inline v0 {

namespace {

/// Of the proportion below / rows, smoothed so that a proportion of 0 or 1 is not taken for
/// certain.
double variance_of_share(double below, double rows) {
    const double smoothed = (below + 0.5) / (rows + 1);
    return smoothed * (1 - smoothed) / rows;
}

}  // namespace

drift_result kolmogorov_smirnov::operator()(std::span<const double> reference,
                                            std::span<const double> current) const {
    const cumulative_gap gap = cumulative_gap::of(reference, current);
    const auto n = static_cast<double>(gap.n);
    const auto m = static_cast<double>(gap.m);
    drift_result drift;
    drift.n_reference = n;
    drift.n_current = m;
    if (gap.n == 0 || gap.m == 0) {
        drift.reason = undefined::empty;
        return drift;
    }
    drift.statistic = gap.share();
    drift.p_value = kolmogorov_smirnov_survival(drift.statistic, gap.n, gap.m);
    // Equal samples have no point of the maximum: the largest error there is, at the medians.
    const double i = gap.largest > 0 ? static_cast<double>(gap.i) : n / 2;
    const double j = gap.largest > 0 ? static_cast<double>(gap.j) : m / 2;
    drift.standard_error = std::sqrt(variance_of_share(i, n) + variance_of_share(j, m));
    return drift;
}

}  // namespace leeway::inline v0
