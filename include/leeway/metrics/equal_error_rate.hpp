// The error rate where both classes have the same.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>

#include "leeway/accumulators/score_table.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/distribution_margin.hpp"
#include "leeway/metrics/score_cells.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

/// Equal error rate: the false positive rate where it equals the false negative rate, on the ROC
/// curve with its points joined by straight lines; in [0, 1], lower is better, 1/2 for scores that
/// know nothing.
///
/// The line between two points is what choosing between their thresholds by lot gives, so there is
/// one such rate, ties included. Undefined: empty, or one class.
///
/// Of a score_curve or scored_outcomes: exact. Interval: +- the larger of the margins within which
/// each observed distribution lies everywhere (distribution_margin.hpp): at the true threshold
/// neither rate is off by more. It never covers too little and is wide.
///
/// Of score_cells or a score_table: *certified*. The curve crosses the line of equal rates inside
/// one known cell, so the rate lies between the ends of that line in the cell's rectangle. The
/// value is the middle, the ends always hold, confidence is 1. of_sample() (bounded_figure.hpp):
/// the band, and the margin above on either side of it.
///
/// Cost: O(log points). Thread rule: a pure function. Source: A. J. Mansfield, J. L. Wayman, "Best
/// Practices in Testing and Reporting Performance of Biometric Devices" (2002).
struct equal_error_rate {
    using state_type = score_table;
    static constexpr info_card info{
        "equal_error_rate", "1", 0, 1, orientation::lower_is_better, "there is only one class"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const score_curve& curve) const {
        const double weight = curve.total();
        if (const auto flaw = detail::curve_flaw(curve, true)) return {*flaw, weight};
        const auto [before, after] = around_crossing(curve);
        const double first = before.false_positive - before.false_negative;  // below 0
        const double last = after.false_positive - after.false_negative;     // 0 or above
        const double way = first / (first - last);
        const double value =
            before.false_positive + way * (after.false_positive - before.false_positive);
        const double margin =
            std::max(distribution_margin(curve.effective_positives(), 2, confidence),
                     distribution_margin(curve.effective_negatives(), 2, confidence));
        return estimate::within(value, std::max(value - margin, 0.0), std::min(value + margin, 1.0),
                                confidence.level, weight);
    }

    [[nodiscard]] estimate operator()(const score_cells& cells) const {
        const double weight = cells.total();
        if (const auto flaw = detail::curve_flaw(cells, true)) return {*flaw, weight};
        const auto [before, after] = around_crossing(cells);
        // Interpolation rounds, so the exact rate may be an ulp or two outside its rectangle.
        const double slack = cells.slack() + 4 * std::numeric_limits<double>::epsilon();
        const double lower = std::max(before.false_positive, after.false_negative) - slack;
        const double upper = std::min(after.false_positive, before.false_negative) + slack;
        const double low = std::max(lower, 0.0);
        const double high = std::min(upper, 1.0);
        return estimate::within(low + (high - low) / 2, low, high, 1, weight);
    }

    [[nodiscard]] estimate of_sample(const score_cells& cells) const {
        const estimate band = (*this)(cells);
        if (!band) return band;
        const double margin = std::max(distribution_margin(cells.positives(), 2, confidence),
                                       distribution_margin(cells.negatives(), 2, confidence));
        return estimate::within(band.value(), std::max(band.lower() - margin, 0.0),
                                std::min(band.upper() + margin, 1.0), confidence.level,
                                band.weight());
    }

  private:
    struct rates {
        double false_positive;
        double false_negative;
    };
    struct crossing {
        rates before;
        rates after;
    };

    /// The two neighbouring points between which the false positive rate overtakes.
    template <class Curve>
    [[nodiscard]] static crossing around_crossing(const Curve& curve) {
        const auto points = curve.points();
        const auto rates_at = [&](const score_point& point) {
            return rates{point.negatives / curve.negatives(),
                         (curve.positives() - point.positives) / curve.positives()};
        };
        // Below at the first point (0 against 1) and not at the last one (1 against 0).
        const auto after =
            std::partition_point(points.begin(), points.end(), [&](const score_point& point) {
                const rates at = rates_at(point);
                return at.false_positive < at.false_negative;
            });
        return {rates_at(*(after - 1)), rates_at(*after)};
    }
};

}  // namespace leeway::inline v0
