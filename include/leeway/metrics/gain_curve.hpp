// What choosing the rows with the highest scores brings, as plain data.
#pragma once

#include <span>
#include <vector>

#include "leeway/core/version.hpp"
#include "leeway/metrics/score_cells.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

/// The share of all rows at or above the threshold, and the share of the positives among them.
struct gain_point {
    double threshold;
    double selected;
    double captured;

    friend constexpr bool operator==(const gain_point&, const gain_point&) = default;
};

/// The same with lift, captured / selected: how many times richer in positives the selection is.
struct lift_point {
    double threshold;
    double selected;
    double lift;

    friend constexpr bool operator==(const lift_point&, const lift_point&) = default;
};

namespace detail {

[[nodiscard]] inline std::vector<gain_point> gain_points(std::span<const score_point> points) {
    std::vector<gain_point> curve;
    const auto [lowest, positives, negatives] = points.back();
    if (!(positives > 0)) return curve;
    curve.reserve(points.size());
    for (const score_point& at : points) {
        curve.push_back({at.threshold, (at.positives + at.negatives) / (positives + negatives),
                         at.positives / positives});
    }
    return curve;
}

[[nodiscard]] inline std::vector<lift_point> lift_points(std::span<const score_point> points) {
    std::vector<lift_point> curve;
    const auto [lowest, positives, negatives] = points.back();
    if (!(positives > 0)) return curve;
    const double rate = positives / (positives + negatives);
    curve.reserve(points.size() - 1);
    for (const score_point& at : points.subspan(1)) {
        const double selected = at.positives + at.negatives;
        curve.push_back(
            {at.threshold, selected / (positives + negatives), at.positives / selected / rate});
    }
    return curve;
}

}  // namespace detail

/// Cumulative gain (the capture curve, or cumulative accuracy profile) from (0, 0) at threshold
/// infinity to (1, 1) at the lowest score; empty without positives. Rows of one score share a
/// point.
///
/// Of score_cells (or a score_table) it is the curve of the scores rounded to their cells: every
/// point lies on the exact curve, except that its threshold is the cell's edge and not a score.
/// Cost: O(points). Thread rule: a pure function.
[[nodiscard]] inline std::vector<gain_point> gain_curve(const score_curve& curve) {
    return detail::gain_points(curve.points());
}
[[nodiscard]] inline std::vector<gain_point> gain_curve(const score_cells& cells) {
    return detail::gain_points(cells.points());
}

/// Lift from the highest score to the lowest, where it is 1; empty without positives. There is no
/// point at threshold infinity, where it is 0/0. Otherwise as gain_curve.
[[nodiscard]] inline std::vector<lift_point> lift_curve(const score_curve& curve) {
    return detail::lift_points(curve.points());
}
[[nodiscard]] inline std::vector<lift_point> lift_curve(const score_cells& cells) {
    return detail::lift_points(cells.points());
}

}  // namespace leeway::inline v0
