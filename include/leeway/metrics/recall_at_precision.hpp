// The share of positives found while most of what is found is right.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
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

/// Recall at precision: the largest recall of a threshold whose precision is at least `precision`;
/// in [0, 1], higher is better. Nothing is interpolated: the thresholds are the distinct scores.
///
/// Undefined: empty; one class without positives; not comparable when no threshold has the
/// precision (0 would claim that one has). A precision outside [0, 1] raises.
///
/// Of a score_curve or scored_outcomes: exact. Interval: it jumps with single rows near the top of
/// the order, so it is bounded: from the largest recall that a threshold has for sure with a
/// precision that is high enough for sure, or 0, to the largest that one could have with a
/// precision that could be (precision_bounds.hpp). It never covers too little and is wide.
///
/// Of score_cells or a score_table: *certified*: from the last edge that has the precision to the
/// last cell that could have it with its positives first. Where no edge has it but a cell could,
/// lower is 0. The value is the middle, the ends always hold, confidence is 1. of_sample()
/// (bounded_figure.hpp): the bounds above, from the edges and from the best that each cell could
/// be.
///
/// Key: "recall_at_precision_0.9". Cost: O(points). Thread rule: a pure function. Source: C. D.
/// Manning, P. Raghavan, H. Schuetze, "Introduction to Information Retrieval" (2008), chapter 8.
struct recall_at_precision {
    using state_type = score_table;
    static constexpr info_card info{"recall_at_precision",
                                    "1",
                                    0,
                                    1,
                                    orientation::higher_is_better,
                                    "no threshold has the precision, or there is no positive"};

    double precision{0.9};
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const {
        return std::string(info.name) + "_" + detail::shown(precision);
    }

    [[nodiscard]] estimate operator()(const score_curve& curve) const {
        require_share();
        const double weight = curve.total();
        if (const auto flaw = detail::curve_flaw(curve, false)) return {*flaw, weight};
        const auto points = curve.points();
        const score_point* has = last_point(points.subspan(1), [this](const score_point& at) {
            return at.positives / (at.positives + at.negatives) >= precision;
        });
        if (!has) return {undefined::not_comparable, weight};
        const precision_bounds bounds(curve, confidence);
        const score_point* surely = last_point(
            points, [&](const score_point& at) { return bounds.least_precision(at) >= precision; });
        const score_point* could = last_point(
            points, [&](const score_point& at) { return bounds.most_precision(at) >= precision; });
        const double value = has->positives / curve.positives();
        const double lower = surely ? bounds.least_recall(*surely) : 0;
        const double upper = could ? bounds.most_recall(*could) : 0;
        return estimate::within(value, std::min(lower, value), std::max(upper, value),
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
        double lower = -1;
        double upper = -1;
        for (std::size_t i = points.size(); --i > 0 && lower < 0;) {
            const auto [threshold, tp, fp] = points[i];
            const double before = points[i - 1].negatives;
            const bool could =
                tp + before > 0 ? tp / (tp + before) >= precision - slack : precision == 0;
            if (upper < 0 && could) upper = tp / cells.positives();
            if (tp / (tp + fp) >= std::min(precision + slack, 1.0)) lower = tp / cells.positives();
        }
        if (upper < 0) return {undefined::not_comparable, weight};
        lower = std::max(lower - slack, 0.0);
        upper = std::min(upper + slack, 1.0);
        return estimate::within(lower + (upper - lower) / 2, lower, upper, 1, weight);
    }

    [[nodiscard]] estimate of_sample(const score_cells& cells) const {
        const estimate band = (*this)(cells);
        if (!band) return band;
        const auto points = cells.points();
        const precision_bounds bounds(cells, confidence);
        double lower = 0;
        double upper = 0;
        for (std::size_t i = 1; i < points.size(); ++i) {
            if (bounds.least_precision(points[i]) >= precision)
                lower = std::max(lower, bounds.least_recall(points[i]));
            // The best that a threshold in the cell can be: all of its positives, no negative.
            const score_point best{points[i].threshold, points[i].positives,
                                   points[i - 1].negatives};
            if (bounds.most_precision(best) >= precision)
                upper = std::max(upper, bounds.most_recall(best));
        }
        return estimate::within(band.value(), std::min(lower, band.lower()),
                                std::max(upper, band.upper()), confidence.level, band.weight());
    }

  private:
    /// The last point with has(point), which is that of the largest recall, or none. More positives
    /// or fewer negatives must never make it false: so when a point fails, those above it that have
    /// too many negatives even for its positives fail too, and are passed over in growing steps.
    template <class Has>
    [[nodiscard]] static const score_point* last_point(std::span<const score_point> points,
                                                       const Has& has) {
        for (std::size_t end = points.size(); end > 0;) {
            const score_point at = points[end - 1];
            if (has(at)) return &points[end - 1];
            const auto may = [&](const score_point& above) {
                return has(score_point{above.threshold, at.positives, above.negatives});
            };
            std::size_t step = 1;
            while (step < end && !may(points[end - 1 - step])) step *= 2;
            // From the last step that was still too short.
            const auto candidates = points.first(end - 1 - step / 2);
            const auto known =
                candidates.begin() + static_cast<std::ptrdiff_t>(end - std::min(step, end));
            end = static_cast<std::size_t>(std::partition_point(known, candidates.end(), may) -
                                           candidates.begin());
        }
        return nullptr;
    }

    void require_share() const {
        if (!(precision >= 0 && precision <= 1))
            raise_invalid(info.name, "precision", precision, "0 to 1");
    }
};

}  // namespace leeway::inline v0
