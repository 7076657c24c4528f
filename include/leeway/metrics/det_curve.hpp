// The two error rates against each other, as plain data.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "leeway/core/version.hpp"
#include "leeway/metrics/score_cells.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

/// Both error rates when rows whose score is at or above the threshold are taken for positive.
struct det_point {
    double threshold;
    double false_positive_rate;
    double false_negative_rate;

    friend constexpr bool operator==(const det_point&, const det_point&) = default;
};

namespace detail {

[[nodiscard]] inline std::vector<det_point> det_points(std::span<const score_point> points) {
    std::vector<det_point> curve;
    const auto [lowest, positives, negatives] = points.back();
    if (!(positives > 0 && negatives > 0)) return curve;
    std::size_t first = 0;
    while (points[first + 1].negatives == 0) ++first;
    for (std::size_t i = first; i < points.size(); ++i) {
        curve.push_back({points[i].threshold, points[i].negatives / negatives,
                         (positives - points[i].positives) / positives});
        if (points[i].positives == positives) break;  // the first that misses none
    }
    return curve;
}

}  // namespace detail

/// The detection error trade-off from the last threshold without a false positive to the first one
/// without a false negative; empty when a class is missing. Where even the highest score lets a
/// negative through, it begins at threshold infinity with (0, 1). The axes are usually drawn on the
/// scale of normal quantiles (normal_quantile).
///
/// Of score_cells (or a score_table) it is the curve of the scores rounded to their cells: every
/// point lies on the exact curve, except that its threshold is the cell's edge and not a score.
/// Cost: O(points). Thread rule: a pure function. Source: A. Martin et al., "The DET curve in
/// assessment of detection task performance", Eurospeech (1997).
[[nodiscard]] inline std::vector<det_point> det_curve(const score_curve& curve) {
    return detail::det_points(curve.points());
}
[[nodiscard]] inline std::vector<det_point> det_curve(const score_cells& cells) {
    return detail::det_points(cells.points());
}

}  // namespace leeway::inline v0
