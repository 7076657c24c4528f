// How far a score keeps the two classes apart.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "leeway/accumulators/score_table.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/distribution_margin.hpp"
#include "leeway/metrics/score_cells.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

/// The two-class Kolmogorov-Smirnov statistic, max over thresholds of |share of positives at or
/// above - share of negatives at or above|; in [0, 1], higher is better, 0 for scores that know
/// nothing. The field calls it KS; the name tells it from the drift test kolmogorov_smirnov. It is
/// the largest distance of the ROC curve from the diagonal, the maximum of Youden's index, and
/// blind to the direction of the score.
///
/// Undefined: empty, or one class.
///
/// Of a score_curve or scored_outcomes: exact. Interval: +- the sum of the margins within which
/// both observed distributions lie everywhere (distribution_margin.hpp): it never covers too
/// little, the maximum being chosen on the same rows included, and is wide.
///
/// Of score_cells or a score_table: *certified*. The difference is exact at every edge, and inside
/// a cell at most what it is when one class comes first. The value is the middle, the ends always
/// hold, confidence is 1.
///
/// Cost: O(points). Thread rule: a pure function. Source: D. J. Hand, "Construction and Assessment
/// of Classification Rules" (1997), chapter 7.
struct ks_separation {
    using state_type = score_table;
    static constexpr info_card info{
        "ks_separation", "1", 0, 1, orientation::higher_is_better, "there is only one class"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const score_curve& curve) const {
        const double weight = curve.total();
        if (const auto flaw = detail::curve_flaw(curve, true)) return {*flaw, weight};
        const double value = at_points(curve);
        const double margin = distribution_margin(curve.effective_positives(), 2, confidence) +
                              distribution_margin(curve.effective_negatives(), 2, confidence);
        return estimate::within(value, std::max(value - margin, 0.0), std::min(value + margin, 1.0),
                                confidence.level, weight);
    }

    [[nodiscard]] estimate operator()(const scored_outcomes& rows) const {
        return (*this)(score_curve::turns_of(rows));
    }

    [[nodiscard]] estimate operator()(const score_cells& cells) const {
        const double weight = cells.total();
        if (const auto flaw = detail::curve_flaw(cells, true)) return {*flaw, weight};
        const double p = cells.positives();
        const double n = cells.negatives();
        const auto points = cells.points();
        double most = 0;
        for (std::size_t i = 1; i < points.size(); ++i) {
            const score_point& above = points[i - 1];
            const score_point& below = points[i];
            most = std::max({most, below.positives / p - above.negatives / n,
                             below.negatives / n - above.positives / p});
        }
        const double lower = std::max(at_points(cells) - cells.slack(), 0.0);
        const double upper = std::min(most + cells.slack(), 1.0);
        return estimate::within(lower + (upper - lower) / 2, lower, upper, 1, weight);
    }

    [[nodiscard]] estimate of_sample(const score_cells& cells) const {
        const estimate band = (*this)(cells);
        if (!band) return band;
        const double margin = distribution_margin(cells.positives(), 2, confidence) +
                              distribution_margin(cells.negatives(), 2, confidence);
        return estimate::within(band.value(), std::max(band.lower() - margin, 0.0),
                                std::min(band.upper() + margin, 1.0), confidence.level,
                                band.weight());
    }

  private:
    template <class Curve>
    [[nodiscard]] static double at_points(const Curve& curve) {
        const double p = curve.positives();
        const double n = curve.negatives();
        double most = 0;
        for (const score_point& point : curve.points()) {
            most = std::max(most, std::fabs(point.positives / p - point.negatives / n));
        }
        return most;
    }
};

}  // namespace leeway::inline v0
