// Precision against recall at every threshold, as plain data.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "leeway/core/version.hpp"
#include "leeway/metrics/score_cells.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

/// Recall and precision of the rows whose score is at or above the threshold.
struct precision_recall_point {
    double threshold;
    double recall;
    double precision;

    friend constexpr bool operator==(const precision_recall_point&,
                                     const precision_recall_point&) = default;
};

namespace detail {

[[nodiscard]] inline std::vector<precision_recall_point> precision_recall_points(
    std::span<const score_point> points) {
    std::vector<precision_recall_point> curve;
    const double positives = points.back().positives;
    if (!(positives > 0)) return curve;
    curve.reserve(points.size() - 1);
    for (const score_point& at : points.subspan(1)) {
        curve.push_back(
            {at.threshold, at.positives / positives, at.positives / (at.positives + at.negatives)});
    }
    return curve;
}

}  // namespace detail

/// The precision-recall curve from the highest score to the lowest, a point for each distinct
/// score; empty without positives. There is no point at threshold infinity, where precision is 0/0:
/// the (0, 1) that is sometimes put there belongs to no threshold.
///
/// Of score_cells (or a score_table) it is the curve of the scores rounded to their cells: every
/// point lies on the exact curve, except that its threshold is the cell's edge and not a score.
/// Cost: O(points). Thread rule: a pure function.
[[nodiscard]] inline std::vector<precision_recall_point> precision_recall_curve(
    const score_curve& curve) {
    return detail::precision_recall_points(curve.points());
}
[[nodiscard]] inline std::vector<precision_recall_point> precision_recall_curve(
    const score_cells& cells) {
    return detail::precision_recall_points(cells.points());
}

}  // namespace leeway::inline v0
