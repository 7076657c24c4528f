// The mean precision over the positives: the area under the precision-recall steps.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

#include "leeway/accumulators/score_table.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/cell_influence.hpp"
#include "leeway/metrics/class_order.hpp"
#include "leeway/metrics/mean_precision.hpp"
#include "leeway/metrics/mean_precision_interval.hpp"
#include "leeway/metrics/measured_curve.hpp"
#include "leeway/metrics/score_cells.hpp"
#include "leeway/metrics/score_curve.hpp"
#include "leeway/metrics/score_survey.hpp"

namespace leeway::inline v0 {

/// Average precision, sum_i (R_i - R_(i-1)) P_i over the distinct scores from the highest to the
/// lowest, R_i and P_i the recall and precision at that threshold; in [0, 1], higher is better, the
/// share of positives for scores that know nothing. Nothing is interpolated; rows of one score
/// share its precision.
///
/// Undefined: empty, or one class without positives (with positives alone it is 1).
///
/// Of a score_curve or scored_outcomes: exact. Interval: large-sample, on the logit scale (Boyd),
/// with the variance of the influence function, so the ordering of the scores and the number of
/// positives are both part of the luck that it covers; 92 to 97 % of nominal 95 % from 20 positives
/// on in simulation. None below 10 effective positives, and none at 0 or 1, where the variance says
/// nothing. At few rare positives the figure itself is biased upwards.
///
/// Of score_cells or a score_table: *certified*. Within a cell of p positives and n negatives below
/// which T and F were let through, the positives add at most p (T + p) / (T + p + F), all of them
/// first and tied, and at least the integral over x from 0 to p of (T + x) / (T + x + c), c = F +
/// n: negatives first, and positives one after the other in steps as small as weights allow, which
/// is p - c ln((T + c + p) / (T + c)). The value is the middle, the ends always hold, and
/// confidence is 1. It bounds the error of the table and not the luck of the sample. of_sample()
/// (bounded_figure.hpp): the band and the interval above together (mean_precision_interval.hpp).
///
/// pooled(): of the pairs of a row and a label together (micro), from a state for each label whose
/// row i is row i of the data. Of scored_outcomes the rows are the unit of the interval, not the
/// pairs. Of tables the band, and pooled_sample() with the rows' interval: which scores are of one
/// row the tables do not say, so the labels' standard errors are added (conservative).
///
/// Cost: O(points). Thread rule: a pure function. Sources: K. Boyd, K. Eng, C. D. Page, "Area under
/// the precision-recall curve: point estimates and confidence intervals", ECML PKDD (2013); A. van
/// der Vaart, "Asymptotic Statistics" (1998), chapter 20.
struct average_precision {
    using state_type = score_table;
    static constexpr info_card info{"average_precision",   "1", 0, 1, orientation::higher_is_better,
                                    "there is no positive"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const score_curve& curve) const {
        if (const auto flaw = detail::curve_flaw(curve, false)) return {*flaw, curve.total()};
        return mean_precision_interval(curve, detail::sum_of_precisions(curve), confidence);
    }
    [[nodiscard]] estimate operator()(const measured_curve& curve) const {
        if (const auto flaw = detail::curve_flaw(curve.curve(), false))
            return {*flaw, curve.curve().total()};
        return mean_precision_interval(curve, curve.average_precision(), confidence);
    }

    [[nodiscard]] estimate operator()(const scored_outcomes& rows) const {
        return (*this)(score_curve::turns_of(rows));
    }

    /// Of rows as the host holds them: what filling a scored_outcomes and reading it gives, without
    /// its copy when the rows are unweighted and none is bad. Bad rows are added to `refused`.
    [[nodiscard]] estimate operator()(const probability_outcome::columns& rows,
                                      rejections& refused) const {
        require_lengths("average_precision", rows);
        if (rows.weight.empty()) {
            const score_survey seen = survey_of(rows.label, rows.score);
            if (seen.good)
                return (*this)(score_curve::turns_of(class_order(rows.label, rows.score, seen)));
        }
        scored_outcomes state;
        state.update(rows);
        refused.merge(state.rejected());
        return (*this)(state);
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
            const double c = points[i].negatives;
            high.add(p * ((t + p) / (t + p + f)));
            low.add(p * mean_precision(t, t + c, p, p));
        }
        // The exact form adds other terms: its rounding is not that of these sums.
        const double slack = cells.slack() + detail::sum_rounding;
        const double lower = std::clamp(low.value() / cells.positives() - slack, 0.0, 1.0);
        const double upper = std::clamp(high.value() / cells.positives() + slack, lower, 1.0);
        return estimate::within(lower + (upper - lower) / 2, lower, upper, 1, weight);
    }

    [[nodiscard]] estimate of_sample(const score_cells& cells) const {
        return bounded_precision_interval(cells, (*this)(cells), confidence);
    }

    [[nodiscard]] estimate pooled(std::span<const scored_outcomes> labels) const {
        if (labels.empty()) return undefined::empty;
        scored_outcomes all = labels.front();
        for (const scored_outcomes& label : labels.subspan(1)) all.merge(label);
        const score_curve curve(all);
        const estimate figure = (*this)(curve);
        const double weight = curve.total() / static_cast<double>(labels.size());
        if (!figure) return estimate(*figure.reason(), weight);
        return mean_precision_interval(curve, figure.value(), labels, confidence);
    }
    [[nodiscard]] estimate pooled(std::span<const score_table> labels) const {
        if (labels.empty()) return undefined::empty;
        return of_rows((*this)(pooled_table(labels)), labels.size());
    }
    [[nodiscard]] estimate pooled_sample(std::span<const score_table> labels) const {
        if (labels.empty()) return undefined::empty;
        const score_cells cells(pooled_table(labels));
        const estimate band = of_rows((*this)(cells), labels.size());
        if (!band) return band;
        const double rows = band.weight();
        const double norm = norm_of_rows(cells, precision_influence(cells, band), labels);
        double positives = 0;  // rows with a positive: at least as many as any label has
        for (const score_table& label : labels)
            positives = std::max(positives, label.positives().total());
        return detail::bounded_mean_precision(band, positives, norm * std::sqrt(rows / (rows - 1)),
                                              confidence);
    }

  private:
    /// A figure of pairs, of which there are so many a row.
    [[nodiscard]] static estimate of_rows(const estimate& figure, std::size_t labels) {
        const double weight = figure.weight() / static_cast<double>(labels);
        if (!figure) return estimate(*figure.reason(), weight);
        return estimate::within(figure.value(), figure.lower(), figure.upper(), figure.confidence(),
                                weight);
    }
};

}  // namespace leeway::inline v0
