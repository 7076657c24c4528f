// The area under the precision-recall curve, its points joined as thresholds would join them.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

#include "leeway/accumulators/score_table.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_precision.hpp"
#include "leeway/metrics/mean_precision_interval.hpp"
#include "leeway/metrics/measured_curve.hpp"
#include "leeway/metrics/point_sums.hpp"
#include "leeway/metrics/score_cells.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

/// Area under the precision-recall curve by Davis and Goadrich's interpolation: between two points
/// false positives grow in line with true ones, which is what choosing between the two thresholds
/// by lot gives; in [0, 1], higher is better, the share of positives for a constant score.
///
/// It is the continuous form (the integral over recall), so a row of weight 2 is the row twice.
/// Average precision does not interpolate and is lower where ties are many and higher where single
/// positives jump; a straight line between the points, pr_auc_trapezoid, claims precision that no
/// threshold has. Undefined: empty, or one class without positives.
///
/// Of a score_curve or scored_outcomes: exact. Interval: that of average_precision about this value
/// (mean_precision_interval.hpp), none below 10 effective positives and at 0 or 1; with few
/// different scores, where the two figures are not the same, it is approximate.
///
/// Of score_cells or a score_table: *certified*: within a cell the precision at a recall lies
/// between that with all of its negatives first and with none. The value is the middle, the ends
/// always hold, confidence is 1. of_sample() (bounded_figure.hpp): the band and the interval above
/// together.
///
/// Cost: O(points), a logarithm each. Thread rule: a pure function. Sources: J. Davis, M. Goadrich,
/// "The relationship between precision-recall and ROC curves", ICML (2006); J. Keilwagen, I.
/// Grosse, J. Grau, "Area under precision-recall curves for weighted and unweighted data", PLOS ONE
/// 9 (2014).
struct pr_auc_interpolated {
    using state_type = score_table;
    static constexpr info_card info{"pr_auc_interpolated", "1", 0, 1, orientation::higher_is_better,
                                    "there is no positive"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const score_curve& curve) const { return of(curve, curve); }
    [[nodiscard]] estimate operator()(const measured_curve& curve) const {
        return of(curve.curve(), curve);
    }

    [[nodiscard]] estimate operator()(const scored_outcomes& rows) const {
        return (*this)(score_curve::turns_of(rows));
    }

    [[nodiscard]] estimate operator()(const score_cells& cells) const {
        const double weight = cells.total();
        if (const auto flaw = detail::curve_flaw(cells, false)) return {*flaw, weight};
        const auto points = cells.points();
        compensated_sum low;
        compensated_sum high;
        for (std::size_t i = 1; i < points.size(); ++i) {
            const auto [above, t, f] = points[i - 1];
            const double p = points[i].positives - t;
            if (!(p > 0)) continue;
            low.add(p * mean_precision(t, t + points[i].negatives, p, p));
            high.add(p * mean_precision(t, t + f, p, p));
        }
        const double rounding = cells.slack() + detail::sum_rounding;
        const double lower = std::max(low.value() / cells.positives() - rounding, 0.0);
        const double upper = std::min(high.value() / cells.positives() + rounding, 1.0);
        return estimate::within(lower + (upper - lower) / 2, lower, upper, 1, weight);
    }

    [[nodiscard]] estimate of_sample(const score_cells& cells) const {
        return bounded_precision_interval(cells, (*this)(cells), confidence);
    }

  private:
    template <class Curve>
    [[nodiscard]] estimate of(const score_curve& curve, const Curve& given) const {
        if (const auto flaw = detail::curve_flaw(curve, false)) return {*flaw, curve.total()};
        const auto points = curve.points();
        compensated_sum area;
        detail::for_each_chunk_of_steps(
            points, [&](const detail::chunk_of_steps& chunk, std::size_t first) {
                const auto [sum, far] = chunk.sums([](auto t, auto f, auto tp, auto fp) {
                    const auto p = tp - t;
                    const auto rows = p + (fp - f);
                    return std::array{p * mean_precision_near(t, t + f, p, rows),
                                      one_where_at_least(rows, (t + f) * most_near_rows)};
                });
                if (far == 0) {
                    area.add(sum);
                    return;
                }
                for (std::size_t i = first + 1; i <= first + chunk.points; ++i) {
                    const auto [above, t, f] = points[i - 1];
                    const double p = points[i].positives - t;
                    if (!(p > 0)) continue;
                    area.add(p * mean_precision(t, t + f, p, p + (points[i].negatives - f)));
                }
            });
        return mean_precision_interval(given, std::min(area.value() / curve.positives(), 1.0),
                                       confidence);
    }
};

}  // namespace leeway::inline v0
