// The area under the ROC curve on the scale where knowing nothing is 0.
#pragma once

#include "leeway/accumulators/score_table.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/bounded_roc_auc.hpp"
#include "leeway/metrics/measured_curve.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "leeway/metrics/score_cells.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

/// Gini coefficient of a score, 2 ROC AUC - 1; in [-1, 1], higher is better, 0 for scores that know
/// nothing.
///
/// It is also Somers' D of the score given the label, and the accuracy ratio of the cumulative
/// accuracy profile, (area - 1/2) / (area of a perfect score - 1/2), with tied scores joined by a
/// straight line. Undefined, interval, certified band and cost: those of roc_auc, whose ends it
/// takes over; of_sample() (bounded_figure.hpp): those of bounded_roc_auc. Thread rule: a pure
/// function. Source: R. Somers, "A new asymmetric measure of association for ordinal variables",
/// Am. Sociol. Rev. 27 (1962).
struct gini {
    using state_type = score_table;
    static constexpr info_card info{
        "gini", "1", -1, 1, orientation::higher_is_better, "there is only one class"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const measured_curve& curve) const { return of(curve); }
    [[nodiscard]] estimate operator()(const score_curve& curve) const { return of(curve); }
    [[nodiscard]] estimate operator()(const scored_outcomes& rows) const { return of(rows); }
    [[nodiscard]] estimate operator()(const score_cells& cells) const { return of(cells); }

    [[nodiscard]] estimate of_sample(const score_cells& cells) const {
        return of_area(bounded_roc_auc{.confidence = confidence}(cells));
    }

  private:
    template <class Curve>
    [[nodiscard]] estimate of(const Curve& curve) const {
        return of_area(roc_auc{.confidence = confidence}(curve));
    }
    [[nodiscard]] static estimate of_area(const estimate& area) {
        if (!area) return area;
        return estimate::within(2 * area.value() - 1, 2 * area.lower() - 1, 2 * area.upper() - 1,
                                area.confidence(), area.weight());
    }
};

}  // namespace leeway::inline v0
