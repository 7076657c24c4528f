// The interval that the areas under the precision-recall curve share.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

/// How far each row of a curve pulls at the areas under its precision-recall points: what their
/// variance is made of, whichever way the points are joined.
///
/// With A and B the weights of positives and negatives at or above a score, a row's influence is W
/// / P times: precision(x) - value + sum p B / (A + B)^2 for a positive of score x, and -sum p A /
/// (A + B)^2 for a negative, both sums over the points at or below x, p the weight of their
/// positives. The figure does not change with the unit of weight, so the mean influence is 0.
class mean_precision_pulls {
  public:
    /// `centre` is near the values to come: their distance from it costs digits.
    mean_precision_pulls(const score_curve& curve, double centre)
        : centre_(centre), positives_(curve.positives()) {
        const auto points = curve.points();
        double of_positives = 0;
        double of_negatives = 0;
        for (std::size_t i = points.size(); --i > 0;) {
            const auto [threshold, a, b] = points[i];
            const double p = a - points[i - 1].positives;
            const double one = 1 / (a + b);
            const double share = a * one;
            of_positives += p * one * (b * one);
            of_negatives += p * one * share;
            const class_squares rows = curve.squares_at(i);
            const double pull = share - centre + of_positives;
            weights_ += rows.positives;
            first_ += rows.positives * pull;
            squares_ +=
                rows.positives * (pull * pull) + rows.negatives * (of_negatives * of_negatives);
        }
    }

    /// Of an area that came to `value`.
    [[nodiscard]] double variance(double value) const noexcept {
        const double d = value - centre_;
        return (squares_ - d * (2 * first_ - d * weights_)) / positives_ / positives_;
    }

  private:
    double centre_;
    double positives_;
    double weights_{0};  // over the positives: sum w^2, and of that times their pull
    double first_{0};
    double squares_{0};  // over all rows, of w^2 times their pull squared
};

namespace detail {

template <class Variance>
[[nodiscard]] estimate mean_precision_interval_of(const score_curve& curve, double value,
                                                  confidence_level confidence,
                                                  const Variance& variance) {
    const double weight = curve.total();
    if (!(curve.effective_positives() >= 10) || !(value > 0 && value < 1))
        return estimate::of(value, weight);
    // d logit(a) = da / (a (1 - a))
    const double half = confidence.critical * std::sqrt(variance()) / (value * (1 - value));
    const double odds = value / (1 - value);
    const auto share = [](double of_odds) { return of_odds / (1 + of_odds); };
    return estimate::within(value, std::min(value, share(odds * std::exp(-half))),
                            std::max(value, 1 - share(std::exp(-half) / odds)), confidence.level,
                            weight);
}

}  // namespace detail

/// `value`, an area under the precision-recall curve of these rows, with its large-sample interval
/// on the logit scale: the variance is that of the influence function of average_precision, to
/// which every way of joining the points comes in large samples without ties. So the order of the
/// scores and the number of positives are both part of the luck that it covers. None below 10
/// effective positives, and none at 0 or 1, where the variance says nothing.
///
/// The curve must have positives. Cost: O(points). Thread rule: a pure function. Sources: K. Boyd,
/// K. Eng, C. D. Page, "Area under the precision-recall curve: point estimates and confidence
/// intervals", ECML PKDD (2013); A. van der Vaart, "Asymptotic Statistics" (1998), chapter 20.
[[nodiscard]] inline estimate mean_precision_interval(const score_curve& curve, double value,
                                                      confidence_level confidence) {
    return detail::mean_precision_interval_of(curve, value, confidence, [&] {
        return mean_precision_pulls(curve, value).variance(value);
    });
}

}  // namespace leeway::inline v0
