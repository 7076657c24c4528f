// What a decision costs on average, when mistakes are not all alike.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/class_ratio.hpp"
#include "leeway/metrics/class_table.hpp"

namespace leeway::inline v0 {

/// Expected cost, sum w cost[label][prediction] / sum w, in the unit of the costs; between the
/// least and the largest of them, lower is better. Negative costs are gains.
///
///     leeway::expected_cost({{0, 1},     // label 0: a false alarm costs 1
///                            {5, 0}})    // label 1: a miss costs 5
///
/// Undefined when empty. Costs that are not a square of finite numbers raise, and so does a state
/// of another number of classes. Interval: the delta method (class_table.hpp), clipped to the range
/// of the costs of the classes that were met, over Kish's effective rows when weighted. Cost:
/// O(classes^2). Thread rule: a pure function. Source: C. Elkan, "The foundations of cost-sensitive
/// learning", IJCAI (2001), section 1.
struct expected_cost {
    using state_type = confusion_matrix;
    static constexpr info_card info{.name = "expected_cost",
                                    .unit = "cost",
                                    .better = orientation::lower_is_better,
                                    .undefined_when = ""};

    explicit expected_cost(std::vector<std::vector<double>> cost) : cost_(std::move(cost)) {
        const std::size_t classes = cost_.size();
        if (classes < 1) raise_invalid(info.name, "cost.size()", classes, "a row a class");
        for (const auto& row : cost_) {
            if (row.size() != classes) {
                raise_invalid(info.name, "cost[label].size()", row.size(),
                              "a prediction a class, " + detail::shown(classes));
            }
            for (const double one : row) {
                if (!std::isfinite(one)) raise_invalid(info.name, "cost", one, "a finite number");
            }
        }
    }

    confidence_level confidence{confidence_95};

    [[nodiscard]] const std::vector<std::vector<double>>& cost() const noexcept { return cost_; }

    [[nodiscard]] estimate operator()(const confusion_matrix& counts) const {
        if (counts.classes() != cost_.size()) {
            raise_invalid(info.name, "classes", counts.classes(),
                          "those of the costs, " + detail::shown(cost_.size()));
        }
        const double weight = counts.total();
        if (!(weight > 0)) return undefined::empty;
        const class_table table = class_table::seen(counts);
        const std::size_t k = table.classes();
        const auto cost = [&](std::size_t i, std::size_t j) {
            return cost_[table.number(i)][table.number(j)];
        };
        compensated_sum sum;
        info_card range = info;
        range.lowest = range.highest = cost(0, 0);
        for (std::size_t i = 0; i < k; ++i) {
            for (std::size_t j = 0; j < k; ++j) {
                sum.add(cost(i, j) * (table(i, j) / weight));
                range.lowest = std::min(range.lowest, cost(i, j));
                range.highest = std::max(range.highest, cost(i, j));
            }
        }
        const double value = std::clamp(sum.value(), range.lowest, range.highest);
        const auto figure = [&](const class_table& at, std::span<double> gradient) {
            double rows = 0;
            double mean = 0;
            for (const double cell : at.cells()) rows += cell;
            for (std::size_t i = 0; i < k; ++i) {
                for (std::size_t j = 0; j < k; ++j) mean += cost(i, j) * (at(i, j) / rows);
            }
            for (std::size_t i = 0; i < k; ++i) {
                for (std::size_t j = 0; j < k; ++j) {
                    gradient[i * k + j] = (cost(i, j) - mean) / rows;
                }
            }
            return mean;
        };
        return delta_interval(value, table, effective_rows_per_weight(counts), weight, confidence,
                              range, figure);
    }

  private:
    std::vector<std::vector<double>> cost_;
};

}  // namespace leeway::inline v0
