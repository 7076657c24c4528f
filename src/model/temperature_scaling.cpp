#include "leeway/model/temperature_scaling.hpp"

#include <cmath>

#include "calibration_rows.hpp"

namespace leeway::inline v0 {

temperature_scaling temperature_scaling::fit(std::span<const double> scores,
                                             std::span<const double> labels,
                                             std::span<const double> weights) {
    auto rows = detail::calibration_rows("temperature_scaling::fit", scores, labels, weights, true);
    double total = 0;
    for (auto& row : rows) {
        row.score = detail::logit(row.score);
        total += row.weight;
    }
    for (auto& row : rows) row.weight /= total;

    // The loss is convex in the inverse temperature: its slope there, and the slope of that.
    struct slopes {
        double first{0}, second{0};
    };
    const auto at = [&rows](double inverse) {
        slopes sum;
        for (const auto& row : rows) {
            const double p = detail::logistic(inverse * row.score);
            sum.first += row.weight * (p - row.label) * row.score;
            sum.second += row.weight * p * (1 - p) * row.score * row.score;
        }
        return sum;
    };
    temperature_scaling made;
    made.rows_used_ = rows.size();
    double low = 1e-3, high = 1e3;
    if (at(low).first >= 0) {
        made.temperature_ = 1 / low;
        return made;
    }
    if (at(high).first <= 0) {
        made.temperature_ = 1 / high;
        return made;
    }
    double inverse = 1;
    for (int step = 0; step < 200 && !made.converged_; ++step) {
        const slopes here = at(inverse);
        (here.first > 0 ? high : low) = inverse;
        double next = inverse - here.first / here.second;
        // Newton where it stays between the ends, halving where it does not.
        if (!(next > low && next < high)) next = std::sqrt(low * high);
        made.converged_ = here.first == 0 || std::fabs(next - inverse) <= 1e-14 * inverse ||
                          high - low <= 1e-15 * high;
        inverse = here.first == 0 ? inverse : next;
    }
    made.temperature_ = 1 / inverse;
    return made;
}

double temperature_scaling::operator()(double score) const noexcept {
    if (std::isnan(score)) return score;
    return detail::logistic(detail::logit(score) / temperature_);
}

}  // namespace leeway::inline v0
