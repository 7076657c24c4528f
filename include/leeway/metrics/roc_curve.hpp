// True against false positives at every threshold, as plain data.
#pragma once

#include <span>
#include <vector>

#include "leeway/core/version.hpp"
#include "leeway/metrics/score_cells.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

/// Both rates of the rows whose score is at or above the threshold.
struct roc_point {
    double threshold;
    double false_positive_rate;
    double true_positive_rate;

    friend constexpr bool operator==(const roc_point&, const roc_point&) = default;
};

namespace detail {

[[nodiscard]] inline std::vector<roc_point> roc_points(std::span<const score_point> points) {
    std::vector<roc_point> curve;
    const auto [lowest, positives, negatives] = points.back();
    if (!(positives > 0 && negatives > 0)) return curve;
    curve.reserve(points.size());
    for (const score_point& at : points) {
        curve.push_back({at.threshold, at.negatives / negatives, at.positives / positives});
    }
    return curve;
}

}  // namespace detail

/// The ROC curve from (0, 0) at threshold infinity to (1, 1) at the lowest score, a point for each
/// distinct score; empty when a class is missing. Collinear points are kept.
///
/// Of score_cells (or a score_table) it is the curve of the scores rounded to their cells: every
/// point lies on the exact curve, except that its threshold is the cell's edge and not a score.
/// Cost: O(points). Thread rule: a pure function.
[[nodiscard]] inline std::vector<roc_point> roc_curve(const score_curve& curve) {
    return detail::roc_points(curve.points());
}
[[nodiscard]] inline std::vector<roc_point> roc_curve(const score_cells& cells) {
    return detail::roc_points(cells.points());
}

}  // namespace leeway::inline v0
