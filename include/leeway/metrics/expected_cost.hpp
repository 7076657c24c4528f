// What a decision costs on average, when mistakes are not all alike.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/hash.hpp"
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
/// Reported as expected_cost_NAME for a name that is given; else two classes have their costs for
/// one, expected_cost_0_1_5_0 above, and more classes eight hexadecimal digits made of them, so
/// that different costs have different keys.
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

    /// Of one class, which costs nothing: to be loaded into.
    expected_cost() = default;
    explicit expected_cost(const std::vector<std::vector<double>>& cost, std::string name = {})
        : classes_(cost.size()), name_(std::move(name)) {
        if (classes_ < 1) raise_invalid(info.name, "cost.size()", classes_, "a row a class");
        cost_.clear();
        for (const auto& row : cost) {
            if (row.size() != classes_) {
                raise_invalid(info.name, "cost[label].size()", row.size(),
                              "a prediction a class, " + detail::shown(classes_));
            }
            for (const double one : row) {
                if (!std::isfinite(one)) raise_invalid(info.name, "cost", one, "a finite number");
                cost_.push_back(one);
            }
        }
    }

    confidence_level confidence{confidence_95};

    [[nodiscard]] std::size_t classes() const noexcept { return classes_; }
    /// Of deciding `prediction` where the truth is `label`; both below classes().
    [[nodiscard]] double cost(std::size_t label, std::size_t prediction) const {
        return cost_[label * classes_ + prediction];
    }

    [[nodiscard]] std::string key() const {
        std::string all(info.name);
        if (!name_.empty()) return all + "_" + name_;
        std::string cells;
        for (const double one : cost_) cells += "_" + detail::shown(one + 0.0);  // no minus zero
        if (classes_ <= 2) return all + cells;
        const std::uint64_t hash = fnv1a(cells);
        all += "_";
        for (int shift = 60; shift >= 32; shift -= 4) {
            all += "0123456789abcdef"[(hash >> shift) & 15];
        }
        return all;
    }

    [[nodiscard]] estimate operator()(const confusion_matrix& counts) const {
        if (counts.classes() != classes_) {
            raise_invalid(info.name, "classes", counts.classes(),
                          "those of the costs, " + detail::shown(classes_));
        }
        const double weight = counts.total();
        if (!(weight > 0)) return undefined::empty;
        const class_table table = class_table::seen(counts);
        const std::size_t k = table.classes();
        // In units of a power of two near the largest, so that no square of a cost overflows.
        double largest = 0;
        for (const double one : cost_) largest = std::max(largest, std::fabs(one));
        const double unit = largest > 0 ? 1 / detail::power_near_one(largest) : 1;
        const auto cost_of = [&](std::size_t i, std::size_t j) {
            return cost(table.number(i), table.number(j)) / unit;
        };
        compensated_sum sum;
        info_card range = info;
        range.lowest = range.highest = cost_of(0, 0);
        for (std::size_t i = 0; i < k; ++i) {
            for (std::size_t j = 0; j < k; ++j) {
                sum.add(cost_of(i, j) * (table(i, j) / weight));
                range.lowest = std::min(range.lowest, cost_of(i, j));
                range.highest = std::max(range.highest, cost_of(i, j));
            }
        }
        const double value = std::clamp(sum.value(), range.lowest, range.highest);
        const auto figure = [&](const class_table& at, std::span<double> gradient) {
            double rows = 0;
            double mean = 0;
            for (const double cell : at.cells()) rows += cell;
            for (std::size_t i = 0; i < k; ++i) {
                for (std::size_t j = 0; j < k; ++j) mean += cost_of(i, j) * (at(i, j) / rows);
            }
            for (std::size_t i = 0; i < k; ++i) {
                for (std::size_t j = 0; j < k; ++j) {
                    gradient[i * k + j] = (cost_of(i, j) - mean) / rows;
                }
            }
            return mean;
        };
        const estimate scaled = delta_interval(value, table, effective_rows_per_weight(counts),
                                               weight, confidence, range, figure);
        return estimate::within(value * unit, scaled.lower() * unit, scaled.upper() * unit,
                                confidence.level, weight);
    }

    friend bool operator==(const expected_cost&, const expected_cost&) = default;

    [[nodiscard]] std::string defect() const {
        if (classes_ < 1 || cost_.size() / classes_ != classes_ || cost_.size() % classes_ != 0) {
            return "expected_cost: costs that are no square";
        }
        const bool sound =
            std::all_of(cost_.begin(), cost_.end(), [](double one) { return std::isfinite(one); });
        return sound ? "" : "expected_cost: a cost is not finite";
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("classes", self.classes_);
        visit("cost", self.cost_);
        visit("name", self.name_);
        visit("confidence", self.confidence);
    }

  private:
    std::size_t classes_{1};
    std::vector<double> cost_{0.0};  // row-major, a label a row
    std::string name_;
};

}  // namespace leeway::inline v0
