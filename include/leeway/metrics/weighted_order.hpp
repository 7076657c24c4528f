// Values with weights in order: quantiles and ranks by one definition.
#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "leeway/core/numeric.hpp"
#include "leeway/core/radix_sort.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// A value and how much it counts.
struct weighted_point {
    double value{0};
    double weight{1};
};

/// Values sorted, with the weight up to each.
///
/// With F(x) the share of the weight at or below x, the quantiles of level p are all x between the
/// smallest value with F >= p and the smallest with F > p; they are the same value unless F is
/// exactly p somewhere. middle() is the mean of the two: for the median of unit weights the
/// textbook's mean of the two central values. Weight k counts as k copies, and a common factor in
/// all weights changes nothing. Cost: O(n log n) once, O(log n) a quantile.
class weighted_order {
  public:
    /// No value may be NaN; weights are positive and finite.
    explicit weighted_order(std::vector<weighted_point> points) : points_(std::move(points)) {
        std::vector<weighted_point> scratch(points_.size());
        radix_sort(std::span(points_), std::span(scratch),
                   [](const weighted_point& point) { return point.value; });
        compensated_sum sum;
        reached_.reserve(points_.size());
        for (const weighted_point& point : points_) {
            sum.add(point.weight);
            reached_.push_back(sum.value());
        }
    }

    [[nodiscard]] std::size_t size() const noexcept { return points_.size(); }
    [[nodiscard]] std::span<const weighted_point> points() const noexcept { return points_; }
    [[nodiscard]] double weight() const noexcept {
        return reached_.empty() ? 0.0 : reached_.back();
    }

    /// The smallest value x with F(x) >= p, 0 <= p <= 1; there must be one row or more.
    [[nodiscard]] double at_least(double p) const noexcept {
        const detail::double_double rank = detail::two_product(p, weight());
        return find([&](double reached) { return reached - rank.high >= rank.low; });
    }
    /// The smallest value x with F(x) > p; the largest value for p = 1.
    [[nodiscard]] double above(double p) const noexcept {
        const detail::double_double rank = detail::two_product(p, weight());
        return find([&](double reached) { return reached - rank.high > rank.low; });
    }
    /// Half way between the two; infinite only when one of them is.
    [[nodiscard]] double middle(double p) const noexcept {
        const double low = at_least(p);
        const double high = above(p);
        return low == high ? low : 0.5 * low + 0.5 * high;
    }

  private:
    template <class Condition>
    [[nodiscard]] double find(Condition holds) const noexcept {
        std::size_t first = 0;
        std::size_t last = reached_.size() - 1;
        while (first < last) {
            const std::size_t at = first + (last - first) / 2;
            if (holds(reached_[at])) {
                last = at;
            } else {
                first = at + 1;
            }
        }
        return points_[first].value;
    }

    std::vector<weighted_point> points_;
    std::vector<double> reached_;
};

/// The mid-rank of each value: the weight below it and half the weight of its equals. For unit
/// weights that is the usual average rank less 1/2. O(n log n).
[[nodiscard]] inline std::vector<double> mid_ranks(std::span<const double> values,
                                                   std::span<const double> weights) {
    struct item {
        double value;
        std::size_t row;
    };
    std::vector<item> items;
    items.reserve(values.size());
    for (std::size_t row = 0; row < values.size(); ++row) items.push_back({values[row], row});
    std::vector<item> scratch(items.size());
    radix_sort(std::span(items), std::span(scratch), [](const item& i) { return i.value; });
    std::vector<double> ranks(values.size());
    compensated_sum below;
    for (std::size_t begin = 0; begin < items.size();) {
        compensated_sum block;
        std::size_t end = begin;
        for (; end < items.size() && items[end].value == items[begin].value; ++end) {
            block.add(weights.empty() ? 1.0 : weights[items[end].row]);
        }
        const double rank = below.value() + 0.5 * block.value();
        for (; begin < end; ++begin) ranks[items[begin].row] = rank;
        below.merge(block);
    }
    return ranks;
}

}  // namespace leeway::inline v0
