// The area under the precision-recall points joined by straight lines, for comparison with others.
#pragma once

#include <algorithm>
#include <cstddef>

#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_precision_interval.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

/// Area under the precision-recall points joined by straight lines, from (0, 1): what
/// auc(recall, precision) gives elsewhere; in [0, 1], higher is better.
///
/// It is here so that figures found elsewhere can be reproduced. Between two points it claims
/// precision that no threshold has, and a score that is constant gets (1 + rate) / 2; use
/// average_precision or pr_auc_interpolated. Undefined: empty, or one class without positives. Of a
/// score_curve or scored_outcomes: exact. Interval: that of average_precision about this value
/// (mean_precision_interval.hpp), none below 10 effective positives and at 0 or 1; with few
/// different scores, where the two figures are not the same, it is approximate. Cost: O(points).
/// Thread rule: a pure function. Source of the warning: J. Davis, M. Goadrich, "The relationship
/// between precision-recall and ROC curves", ICML (2006).
struct pr_auc_trapezoid {
    using state_type = scored_outcomes;
    static constexpr info_card info{"pr_auc_trapezoid",    "1", 0, 1, orientation::higher_is_better,
                                    "there is no positive"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const score_curve& curve) const {
        const double weight = curve.total();
        if (const auto flaw = detail::curve_flaw(curve, false)) return {*flaw, weight};
        const auto points = curve.points();
        detail::sum_by_blocks twice;
        double before = 1;
        for (std::size_t i = 1; i < points.size(); ++i) {
            const auto [threshold, tp, fp] = points[i];
            const double precision = tp / (tp + fp);
            twice.add((tp - points[i - 1].positives) * (before + precision));
            before = precision;
        }
        return mean_precision_interval(curve, std::min(twice.value() / curve.positives() / 2, 1.0),
                                       confidence);
    }
    [[nodiscard]] estimate operator()(const scored_outcomes& rows) const {
        return (*this)(score_curve::turns_of(rows));
    }
};

}  // namespace leeway::inline v0
