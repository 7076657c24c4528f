// The share of the positives among the rows with the highest scores.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>

#include "leeway/accumulators/score_table.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/distribution_margin.hpp"
#include "leeway/metrics/interval.hpp"
#include "leeway/metrics/score_cells.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

/// Gain (capture rate) at a fraction: the share of all positives that is found in the `fraction` of
/// the rows with the highest scores; in [0, 1], higher is better, `fraction` itself for scores that
/// know nothing. The gain curve (gain_curve.hpp), its points joined by straight lines, read at
/// `fraction`: of rows with tied scores across the cut, what choosing among them by lot gives.
///
/// Undefined: empty; one class without positives; out of range when the weights overflowed. A
/// fraction outside (0, 1] raises.
///
/// Of a score_curve or scored_outcomes: exact. Interval: with e and f the margins within which the
/// observed distributions of the positives' and of all scores lie everywhere
/// (distribution_margin.hpp), from the gain at fraction - f less e to that at fraction + f plus e.
/// The threshold's own luck is in it; it never covers too little and is wide.
///
/// Of score_cells or a score_table: *certified*. Inside a cell the curve rises at most as fast as
/// with its positives first, and at least as slowly as with them last. The value is the middle, the
/// ends always hold, confidence is 1. of_sample() (bounded_figure.hpp): the ends above, each read
/// from the side of its cell that holds.
///
/// Key: "gain_at_0.1". Cost: O(log points). Thread rule: a pure function. Source: M. Berry, G.
/// Linoff, "Data Mining Techniques", 2nd ed. (2004), chapter 4 (cumulative gains and lift).
struct gain_at {
    using state_type = score_table;
    static constexpr info_card info{
        "gain_at", "1", 0, 1, orientation::higher_is_better, "there is no positive"};

    double fraction{0.1};
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const {
        return std::string(info.name) + "_" + detail::shown(fraction);
    }

    [[nodiscard]] estimate operator()(const score_curve& curve) const {
        require_fraction();
        const double weight = curve.total();
        if (const auto flaw = detail::curve_flaw(curve, false)) return {*flaw, weight};
        const double p = curve.positives();
        const double n = curve.negatives();
        const double squares = p / curve.effective_positives() * p +
                               (n > 0 ? n / curve.effective_negatives() * n : 0.0);
        const double f = distribution_margin(effective_rows(weight, squares), 2, confidence);
        const double e = distribution_margin(curve.effective_positives(), 2, confidence);
        const double value = joined(curve, fraction);
        const double lower = fraction - f > 0 ? joined(curve, fraction - f) - e : 0.0;
        const double upper = joined(curve, std::min(fraction + f, 1.0)) + e;
        return estimate::within(value, std::max(lower, 0.0), std::min(upper, 1.0), confidence.level,
                                weight);
    }

    [[nodiscard]] estimate operator()(const score_cells& cells) const {
        require_fraction();
        const double weight = cells.total();
        if (const auto flaw = detail::curve_flaw(cells, false)) return {*flaw, weight};
        const auto [low, high] = between(cells, fraction);
        return estimate::within(low + (high - low) / 2, low, high, 1, weight);
    }

    [[nodiscard]] estimate of_sample(const score_cells& cells) const {
        const estimate band = (*this)(cells);
        if (!band) return band;
        const double f = distribution_margin(cells.total(), 2, confidence);
        const double e = distribution_margin(cells.positives(), 2, confidence);
        const double lower = fraction - f > 0 ? between(cells, fraction - f).low - e : 0.0;
        const double upper = between(cells, std::min(fraction + f, 1.0)).high + e;
        return estimate::within(band.value(), std::max(lower, 0.0), std::min(upper, 1.0),
                                confidence.level, band.weight());
    }

  private:
    static constexpr double rounding = 16 * std::numeric_limits<double>::epsilon();

    /// Between what the gain at a share of the rows lies for sure.
    struct ends {
        double low;
        double high;
    };
    [[nodiscard]] static ends between(const score_cells& cells, double share) {
        const auto points = cells.points();
        const double weight = cells.total();
        const double p = cells.positives();
        const double cut = share * weight;
        const std::size_t i = first_beyond(cells, cut);
        const score_point& before = points[i - 1];
        const score_point& here = points[i];
        const double into = std::max(cut - before.positives - before.negatives, 0.0);
        const double left = std::max(here.positives + here.negatives - cut, 0.0);
        // Where the cut falls is rounded too, and the curve rises by total / p at most.
        const double slack = cells.slack() * (1 + weight / p) + rounding;
        const double lower = std::max(before.positives / p, here.positives / p - left / p) - slack;
        const double upper = std::min(here.positives / p, before.positives / p + into / p) + slack;
        return {std::max(lower, 0.0), std::min(upper, 1.0)};
    }

    /// The first point, but (infinity, 0, 0), at which this weight or more is selected.
    template <class Curve>
    [[nodiscard]] static std::size_t first_beyond(const Curve& curve, double cut) {
        const auto points = curve.points();
        const auto found = std::partition_point(
            points.begin() + 1, points.end() - 1,
            [&](const score_point& point) { return point.positives + point.negatives < cut; });
        return static_cast<std::size_t>(found - points.begin());
    }

    /// The gain curve with its points joined by straight lines, at a share of the rows.
    [[nodiscard]] static double joined(const score_curve& curve, double share) {
        const double cut = share * curve.total();
        const std::size_t i = first_beyond(curve, cut);
        const score_point& before = curve.points()[i - 1];
        const score_point& here = curve.points()[i];
        const double tied = here.positives + here.negatives - before.positives - before.negatives;
        const double into = cut - before.positives - before.negatives;
        const double part = tied > 0 ? std::clamp(into / tied, 0.0, 1.0) : 1.0;
        return before.positives / curve.positives() +
               part * ((here.positives - before.positives) / curve.positives());
    }

    void require_fraction() const {
        if (!(fraction > 0 && fraction <= 1))
            raise_invalid(info.name, "fraction", fraction, "above 0, at most 1");
    }
};

}  // namespace leeway::inline v0
