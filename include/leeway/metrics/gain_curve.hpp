// What choosing the rows with the highest scores brings, as plain data.
#pragma once

#include <algorithm>
#include <cstddef>
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

/// What the gain can be at a share of the rows, whatever the scores inside the cells were.
struct gain_bound {
    double selected;
    double lower;
    double upper;

    friend constexpr bool operator==(const gain_bound&, const gain_bound&) = default;
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
/// Between its points the exact curve lies within gain_bounds; at one share of the rows, gain_at
/// and lift_at have it with its interval. Cost: O(points). Thread rule: a pure function.
[[nodiscard]] inline std::vector<gain_point> gain_curve(const score_curve& curve) {
    return detail::gain_points(curve.points());
}
[[nodiscard]] inline std::vector<gain_point> gain_curve(const score_cells& cells) {
    return detail::gain_points(cells.points());
}

/// Lower and upper bounds of the gain curve, from (0, 0, 0) to (1, 1, 1), to be joined by straight
/// lines: *certified*, the exact curve never leaves them. Each cell has its edges, where both are
/// the exact point but for rounding, the share at which its positives have all been met when they
/// come first, and that from which on they are met when they come last. Bounds of the lift are
/// these over the share. Empty without positives. Cost: O(cells). Thread rule: a pure function.
[[nodiscard]] inline std::vector<gain_bound> gain_bounds(const score_cells& cells) {
    std::vector<gain_bound> bounds;
    const double positives = cells.positives();
    const double total = cells.total();
    if (!(positives > 0)) return bounds;
    const auto points = cells.points();
    bounds.reserve(3 * points.size() - 2);
    // As in gain_at: what the rounding of the share moves, the curve rising by total / positives.
    const double slack = cells.slack() * (1 + total / positives);
    const auto put = [&](double selected, double lower, double upper) {
        bounds.push_back({selected / total, std::max(lower / positives - slack, 0.0),
                          std::min(upper / positives + slack, 1.0)});
    };
    put(0, 0, 0);
    for (std::size_t i = 1; i < points.size(); ++i) {
        const score_point& before = points[i - 1];
        const score_point& here = points[i];
        const double selected = before.positives + before.negatives;
        const double p = here.positives - before.positives;
        const double n = here.negatives - before.negatives;
        if (p > 0 && n > 0) {
            // At the earlier corner the other bound is still, or already, on its way.
            const double few = std::min(p, n);
            put(selected + few, before.positives, before.positives + few);
            if (p != n) put(selected + std::max(p, n), here.positives - few, here.positives);
        }
        put(here.positives + here.negatives, here.positives, here.positives);
    }
    return bounds;
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
