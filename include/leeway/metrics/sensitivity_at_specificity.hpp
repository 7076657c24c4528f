// The share of positives found while most negatives are left alone.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

#include "leeway/accumulators/score_table.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/distribution_margin.hpp"
#include "leeway/metrics/score_cells.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

/// Sensitivity at specificity: the largest share of positives at or above a threshold that leaves
/// at least the share `specificity` of the negatives below it; in [0, 1], higher is better. Nothing
/// is interpolated: the thresholds are the distinct scores, and one above them all, so it is never
/// infeasible.
///
/// Undefined: empty, or one class. A specificity outside [0, 1] raises.
///
/// Of a score_curve or scored_outcomes: exact. Interval: with e and f the margins within which the
/// observed distributions of positives and negatives lie everywhere (distribution_margin.hpp), from
/// the sensitivity at specificity + f less e, or 0, to that at specificity - f plus e. The
/// threshold's own luck is in it; it never covers too little and is wide.
///
/// Of score_cells or a score_table: *certified*: from the last edge that keeps the specificity to
/// the last cell that could. The value is the middle, the ends always hold, confidence is 1.
/// of_sample() (bounded_figure.hpp): the ends above, each read from the side of its cell that
/// holds.
///
/// Key: "sensitivity_at_specificity_0.9". Cost: O(log points). Thread rule: a pure function.
/// Source: M. S. Pepe, "The Statistical Evaluation of Medical Tests" (2003), chapter 4.
struct sensitivity_at_specificity {
    using state_type = score_table;
    static constexpr info_card info{
        "sensitivity_at_specificity", "1", 0, 1, orientation::higher_is_better,
        "there is only one class"};

    double specificity{0.9};
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const {
        return std::string(info.name) + "_" + detail::shown(specificity);
    }

    [[nodiscard]] estimate operator()(const score_curve& curve) const {
        require_share();
        const double weight = curve.total();
        if (const auto flaw = detail::curve_flaw(curve, true)) return {*flaw, weight};
        const double e = distribution_margin(curve.effective_positives(), 2, confidence);
        const double f = distribution_margin(curve.effective_negatives(), 2, confidence);
        const double value = found(curve, specificity);
        const double lower = specificity + f <= 1 ? found(curve, specificity + f) - e : 0;
        const double upper = found(curve, specificity - f) + e;
        return estimate::within(value, std::max(lower, 0.0), std::min(upper, 1.0), confidence.level,
                                weight);
    }

    [[nodiscard]] estimate operator()(const score_cells& cells) const {
        require_share();
        const double weight = cells.total();
        if (const auto flaw = detail::curve_flaw(cells, true)) return {*flaw, weight};
        const double lower = least(cells, specificity);
        const double upper = most(cells, specificity);
        return estimate::within(lower + (upper - lower) / 2, lower, upper, 1, weight);
    }

    [[nodiscard]] estimate of_sample(const score_cells& cells) const {
        const estimate band = (*this)(cells);
        if (!band) return band;
        const double e = distribution_margin(cells.positives(), 2, confidence);
        const double f = distribution_margin(cells.negatives(), 2, confidence);
        const double lower = specificity + f <= 1 ? least(cells, specificity + f) - e : 0;
        const double upper = most(cells, specificity - f) + e;
        return estimate::within(band.value(), std::max(lower, 0.0), std::min(upper, 1.0),
                                confidence.level, band.weight());
    }

  private:
    /// What the exact curve has at least, and at most, at a specificity.
    [[nodiscard]] static double least(const score_cells& cells, double share) {
        return std::max(found(cells, std::min(share + cells.slack(), 1.0)) - cells.slack(), 0.0);
    }
    [[nodiscard]] static double most(const score_cells& cells, double share) {
        const auto points = cells.points();
        // The cell after the last point that keeps it may hold positives above its negatives.
        const std::size_t next =
            std::min(last_that_keeps(cells, share - cells.slack()) + 1, points.size() - 1);
        return std::min(points[next].positives / cells.positives() + cells.slack(), 1.0);
    }

    template <class Curve>
    [[nodiscard]] static std::size_t last_that_keeps(const Curve& curve, double share) {
        const auto points = curve.points();
        const double n = curve.negatives();
        const auto after = std::partition_point(
            points.begin() + 1, points.end(),
            [&](const score_point& point) { return (n - point.negatives) / n >= share; });
        return static_cast<std::size_t>(after - points.begin()) - 1;
    }
    template <class Curve>
    [[nodiscard]] static double found(const Curve& curve, double share) {
        return curve.points()[last_that_keeps(curve, share)].positives / curve.positives();
    }

    void require_share() const {
        if (!(specificity >= 0 && specificity <= 1))
            raise_invalid(info.name, "specificity", specificity, "0 to 1");
    }
};

}  // namespace leeway::inline v0
