// The threshold that finds most of the positives.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>

#include "leeway/accumulators/score_table.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/score_cells.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

/// Threshold at recall: the largest score s such that at least the share `recall` of the positives
/// scores s or more, in units of the score; neither high nor low is better. It is a quantile of the
/// positives' scores, so negatives do not enter.
///
/// Undefined: empty, or one class without positives. A recall outside (0, 1] raises.
///
/// Of a score_curve or scored_outcomes: exact, one of the scores. Interval: Woodruff's, the
/// thresholds at recall +- z sqrt(recall (1 - recall) / effective positives); none where that
/// leaves (0, 1). Short for a few tens of positives or fewer.
///
/// Of score_cells or a score_table: *certified*: the edges of the cell in which it lies, one of
/// them infinite in an outer cell. The value is the middle, or the finite end; the ends always
/// hold, confidence is 1. of_sample() (bounded_figure.hpp): the interval above, each end read
/// from the side of its cell that holds.
///
/// Key: "threshold_at_recall_0.9". Cost: O(log points). Thread rule: a pure function. Source: R. S.
/// Woodruff, "Confidence intervals for medians and other position measures", JASA 47 (1952).
struct threshold_at_recall {
    using state_type = score_table;
    static constexpr info_card info{"threshold_at_recall",
                                    "score",
                                    -std::numeric_limits<double>::infinity(),
                                    std::numeric_limits<double>::infinity(),
                                    orientation::neither,
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
        const auto at = [&](double share) {
            return curve.points()[detail::first_with_recall(curve, share)].threshold;
        };
        const double value = at(recall);
        const double half =
            confidence.critical * std::sqrt(recall * (1 - recall) / curve.effective_positives());
        if (!(half > 0 && recall - half > 0 && recall + half < 1))
            return estimate::without_interval(value, undefined::too_little_data, weight);
        return estimate::within(value, at(recall + half), at(recall - half), confidence.level,
                                weight);
    }

    [[nodiscard]] estimate operator()(const score_cells& cells) const {
        require_share();
        const double weight = cells.total();
        if (const auto flaw = detail::curve_flaw(cells, false)) return {*flaw, weight};
        const double lower = least(cells, recall);
        const double upper = most(cells, recall);
        const double value = std::isinf(lower)   ? upper
                             : std::isinf(upper) ? lower
                                                 : lower + (upper - lower) / 2;
        return estimate::within(value, lower, upper, 1, weight);
    }

    [[nodiscard]] estimate of_sample(const score_cells& cells) const {
        const estimate band = (*this)(cells);
        if (!band) return band;
        const double half =
            confidence.critical * std::sqrt(recall * (1 - recall) / cells.positives());
        if (!(half > 0 && recall - half > 0 && recall + half < 1))
            return estimate::without_interval(band.value(), undefined::too_little_data,
                                              band.weight());
        return estimate::within(band.value(), least(cells, recall + half),
                                most(cells, recall - half), confidence.level, band.weight());
    }

  private:
    /// Between what the exact threshold at a recall lies.
    [[nodiscard]] static double least(const score_cells& cells, double share) {
        const double sure = std::min(share + cells.slack(), 1.0);
        return cells.points()[detail::first_with_recall(cells, sure)].threshold;
    }
    [[nodiscard]] static double most(const score_cells& cells, double share) {
        return cells.upper_edge(detail::first_with_recall(cells, share - cells.slack()));
    }

    void require_share() const {
        if (!(recall > 0 && recall <= 1))
            raise_invalid(info.name, "recall", recall, "above 0, at most 1");
    }
};

}  // namespace leeway::inline v0
