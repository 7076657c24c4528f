// The correlation of truth and prediction.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/class_table.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

namespace detail {

/// r = (c s - sum_k p_k t_k) / sqrt((s^2 - sum p_k^2)(s^2 - sum t_k^2)) and its gradient: s all
/// weight, c the right, t_k and p_k the weight of class k in truth and prediction. NaN when a
/// factor of the root is zero.
[[nodiscard]] inline double matthews(const class_table& table, std::span<double> gradient) {
    const std::size_t k = table.classes();
    std::vector<double> truth(k, 0.0);
    std::vector<double> predicted(k, 0.0);
    double all = 0;
    double right = 0;
    for (std::size_t i = 0; i < k; ++i) {
        right += table(i, i);
        for (std::size_t j = 0; j < k; ++j) {
            truth[i] += table(i, j);
            predicted[j] += table(i, j);
        }
        all += truth[i];
    }
    // s^2 - sum t_k^2 = sum t_k (s - t_k), and s - t_k as a sum of what it is: no cancellation, so
    // the factor is zero exactly when one class has all the weight.
    const auto spread = [](const std::vector<double>& total) {
        double sum = 0;
        for (std::size_t c = 0; c < total.size(); ++c) {
            double others = 0;
            for (std::size_t d = 0; d < total.size(); ++d) others += d == c ? 0.0 : total[d];
            sum += total[c] * others;
        }
        return sum;
    };
    const double truth_spread = spread(truth);
    const double predicted_spread = spread(predicted);
    // The products reach 1e20 where their difference may be small: keep their low halves.
    compensated_sum covariance;
    const auto add_product = [&](double a, double b) {
        covariance.add(a * b);
        covariance.add(std::fma(a, b, -(a * b)));
    };
    add_product(right, all);
    for (std::size_t c = 0; c < k; ++c) add_product(-predicted[c], truth[c]);
    const double root = std::sqrt(truth_spread) * std::sqrt(predicted_spread);
    const double r = covariance.value() / root;
    if (gradient.empty()) return r;
    for (std::size_t i = 0; i < k; ++i) {
        for (std::size_t j = 0; j < k; ++j) {
            const double slope = right + (i == j ? all : 0.0) - predicted[i] - truth[j];
            gradient[i * k + j] = slope / root - r * ((all - predicted[j]) / predicted_spread +
                                                      (all - truth[i]) / truth_spread);
        }
    }
    return r;
}

}  // namespace detail

/// Matthews' correlation coefficient (for two classes the phi coefficient; for more, Gorodkin's
/// R_K); in [-1, 1], higher is better; 0 for a prediction independent of the truth.
///
/// Undefined (zero denominator) when truth or prediction has a single class, where scikit-learn
/// says 0; undefined (empty) on nothing. Counts of any size are safe: products are doubles with
/// their rounding error carried. Interval: the delta method (class_table.hpp), over Kish's
/// effective rows when weighted. Cost: O(classes^2). Thread rule: a pure function. Source: J.
/// Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient",
/// Computational Biology and Chemistry 28 (2004).
struct matthews_correlation {
    using state_type = confusion_matrix;
    static constexpr info_card info{"matthews_correlation",
                                    "1",
                                    -1,
                                    1,
                                    orientation::higher_is_better,
                                    "truth or prediction has a single class"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const confusion_matrix& counts) const {
        const double weight = counts.total();
        if (!(weight > 0)) return undefined::empty;
        class_table table = class_table::seen(counts);
        // By a power of two, which costs no digit: squares of any weight then stay finite.
        const double scale = std::ldexp(1.0, -std::ilogb(weight));
        for (double& cell : table.cells()) cell *= scale;
        const double r = detail::matthews(table, {});
        if (!std::isfinite(r)) return estimate(undefined::zero_denominator, weight);
        const double rows = effective_rows(weight, counts.sum_of_squared_weights());
        return delta_interval(std::clamp(r, -1.0, 1.0), table, rows / (weight * scale), weight,
                              confidence, info, detail::matthews);
    }
};

}  // namespace leeway::inline v0
