// How many rows of each class are found, no class being neglected.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/class_ratio.hpp"
#include "leeway/metrics/class_table.hpp"

namespace leeway::inline v0 {

namespace detail {

/// exp of the mean of log recall over the `used` classes, with its derivative by each cell: a row
/// of class i that is right counts (1 - recall_i) / right_i, a wrong one -1 / total_i, times the
/// figure over the number of classes. 0 when a recall is.
[[nodiscard]] inline double geometric_mean_of_recalls(const std::vector<bool>& used,
                                                      const class_table& table,
                                                      std::span<double> gradient) {
    const std::size_t k = table.classes();
    std::vector<double> total(k, 0.0);
    double classes = 0;
    double logarithms = 0;
    for (std::size_t i = 0; i < k; ++i) {
        if (!used[i]) continue;
        ++classes;
        for (std::size_t j = 0; j < k; ++j) total[i] += table(i, j);
        logarithms += std::log(table(i, i) / total[i]);
    }
    const double mean = std::exp(logarithms / classes);
    for (std::size_t i = 0; i < k && !gradient.empty(); ++i) {
        for (std::size_t j = 0; j < k; ++j) {
            const double right = i == j ? 1 / table(i, i) : 0.0;
            gradient[i * k + j] = used[i] ? mean / classes * (right - 1 / total[i]) : 0.0;
        }
    }
    return mean;
}

}  // namespace detail

/// Geometric mean of recall over the C classes present in the truth, (prod recall_c)^(1/C); in [0,
/// 1], higher is better; 0 as soon as one class is never found. At most balanced accuracy.
///
/// Undefined when empty. A class that was predicted but is not in the truth is left out. Interval:
/// the delta method (class_table.hpp), over Kish's effective rows when weighted. Cost:
/// O(classes^2). Thread rule: a pure function. Source: M. Kubat, S. Matwin, "Addressing the curse
/// of imbalanced training sets: one-sided selection", ICML (1997), for two classes.
struct geometric_mean {
    using state_type = confusion_matrix;
    static constexpr info_card info{"geometric_mean", "1", 0, 1, orientation::higher_is_better, ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const confusion_matrix& counts) const {
        const double weight = counts.total();
        if (!(weight > 0)) return undefined::empty;
        const class_table table = class_table::seen(counts);
        std::vector<bool> used(table.classes(), false);
        for (std::size_t i = 0; i < table.classes(); ++i) {
            for (std::size_t j = 0; j < table.classes(); ++j) used[i] = used[i] || table(i, j) > 0;
        }
        const auto figure = [&used](const class_table& at, std::span<double> gradient) {
            return detail::geometric_mean_of_recalls(used, at, gradient);
        };
        return delta_interval(figure(table, {}), table, effective_rows_per_weight(counts), weight,
                              confidence, info, figure);
    }
};

}  // namespace leeway::inline v0
