// How right the found rows are while most positives are found.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

#include "leeway/accumulators/score_table.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/precision_bounds.hpp"
#include "leeway/metrics/score_cells.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

/// Precision at recall: the largest precision of a threshold whose recall is at least `recall`; in
/// [0, 1], higher is better, the share of positives for scores that know nothing. Nothing is
/// interpolated: the thresholds are the distinct scores, the lowest of which finds every positive,
/// so it is never infeasible.
///
/// Undefined: empty, or one class without positives. A recall outside [0, 1] raises.
///
/// Of a score_curve or scored_outcomes: exact. Interval: from the largest precision that a
/// threshold has for sure with a recall that is high enough for sure to the largest that one could
/// have with a recall that could be (precision_bounds.hpp). That the threshold was chosen on the
/// same rows to look best is in it; it never covers too little and is wide.
///
/// Of score_cells or a score_table: *certified*: from the best edge that has the recall to the best
/// that a cell could give with its positives first. The value is the middle, the ends always hold,
/// confidence is 1. of_sample() (bounded_figure.hpp): the bounds above, from the
/// edges and from the best that each cell could give.
///
/// Key: "precision_at_recall_0.9". Cost: O(points). Thread rule: a pure function. Source: C. D.
/// Manning, P. Raghavan, H. Schuetze, "Introduction to Information Retrieval" (2008), chapter 8.
struct precision_at_recall {
    using state_type = score_table;
    static constexpr info_card info{"precision_at_recall", "1", 0, 1, orientation::higher_is_better,
                                    "there is no positive"};

    double recall{0.9};
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const {
        return std::string(info.name) + "_" + detail::shown(recall);
    }

    [[nodiscard]] estimate operator()(const score_curve& curve) const {
        require_share();
        const double weight = curve.total();
        if (const auto flaw = detail::curve_flaw(curve, false)) return {*flaw, weight};
        const auto points = curve.points();
        double best = 0;
        for (std::size_t i = detail::first_with_recall(curve, recall); i < points.size(); ++i) {
            best =
                std::max(best, points[i].positives / (points[i].positives + points[i].negatives));
        }
        const precision_bounds bounds(curve, confidence);
        double lower = bounds.least_precision(points.back());  // where every row is found
        double upper = lower;
        const auto from = [&](auto has_recall) {  // which never falls from one point to the next
            const auto first =
                std::partition_point(points.begin(), points.end(),
                                     [&](const score_point& at) { return !has_recall(at); });
            return points.subspan(static_cast<std::size_t>(first - points.begin()));
        };
        const auto surely = [&](const score_point& at) {
            return bounds.least_recall(at) >= recall;
        };
        const auto could = [&](const score_point& at) { return bounds.most_recall(at) >= recall; };
        for (const score_point& at : from(surely))
            lower = std::max(lower, bounds.least_precision(at));
        for (const score_point& at : from(could))
            upper = std::max(upper, bounds.most_precision(at));
        return estimate::within(best, std::min(lower, best), std::max(upper, best),
                                confidence.level, weight);
    }

    [[nodiscard]] estimate operator()(const scored_outcomes& rows) const {
        return (*this)(score_curve::turns_of(rows));
    }

    [[nodiscard]] estimate operator()(const score_cells& cells) const {
        require_share();
        const double weight = cells.total();
        if (const auto flaw = detail::curve_flaw(cells, false)) return {*flaw, weight};
        const auto points = cells.points();
        const double slack = cells.slack();
        double lower = 0;
        double upper = 0;
        const std::size_t sure = detail::first_with_recall(cells, std::min(recall + slack, 1.0));
        for (std::size_t i = detail::first_with_recall(cells, recall - slack); i < points.size();
             ++i) {
            const auto [threshold, tp, fp] = points[i];
            if (!(tp > 0)) continue;
            upper = std::max(upper, tp / (tp + points[i - 1].negatives));
            if (i >= sure) lower = std::max(lower, tp / (tp + fp));
        }
        lower = std::max(lower - slack, 0.0);
        upper = std::min(upper + slack, 1.0);
        return estimate::within(lower + (upper - lower) / 2, lower, upper, 1, weight);
    }

    [[nodiscard]] estimate of_sample(const score_cells& cells) const {
        const estimate band = (*this)(cells);
        if (!band) return band;
        const auto points = cells.points();
        const precision_bounds bounds(cells, confidence);
        double lower = bounds.least_precision(points.back());  // where every row is found
        double upper = lower;
        for (std::size_t i = 1; i < points.size(); ++i) {
            if (bounds.least_recall(points[i]) >= recall)
                lower = std::max(lower, bounds.least_precision(points[i]));
            // The best that a threshold in the cell can be: all of its positives, no negative.
            const score_point best{points[i].threshold, points[i].positives,
                                   points[i - 1].negatives};
            if (bounds.most_recall(best) >= recall)
                upper = std::max(upper, bounds.most_precision(best));
        }
        return estimate::within(band.value(), std::min(lower, band.lower()),
                                std::max(upper, band.upper()), confidence.level, band.weight());
    }

  private:
    void require_share() const {
        if (!(recall >= 0 && recall <= 1)) raise_invalid(info.name, "recall", recall, "0 to 1");
    }
};

}  // namespace leeway::inline v0
