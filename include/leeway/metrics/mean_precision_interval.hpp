// The interval that the areas under the precision-recall curve share.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/cell_influence.hpp"
#include "leeway/metrics/interval.hpp"
#include "leeway/metrics/score_cells.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

namespace detail {

/// What a row of weight 1 adds to P times the figure's deviation, P the weight of all positives.
struct precision_pull {
    double of_positive{0};
    double of_negative{0};
};

/// see(point, pull) for each point of the curve from the lowest score on. With A and B the weights
/// of positives and negatives at or above a score, a row's influence is W / P times: precision(x) -
/// value + sum p B / (A + B)^2 for a positive of score x, and -sum p A / (A + B)^2 for a negative,
/// both sums over the points at or below x, p the weight of their positives. The figure does not
/// change with the unit of weight, so the mean influence is 0.
template <class See>
void for_each_pull(const score_curve& curve, double value, See see) {
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
        see(i, precision_pull{share - value + of_positives, -of_negatives});
    }
}

/// value in (0, 1) +- `half` on the logit scale, where d logit(a) = da / (a (1 - a)).
struct logit_ends {
    double lower;
    double upper;

    logit_ends(double value, double half) {
        const double odds = value / (1 - value);
        const auto share = [](double of_odds) { return of_odds / (1 + of_odds); };
        const double step = std::exp(-half / (value * (1 - value)));
        lower = std::min(value, share(odds * step));
        upper = std::max(value, 1 - share(step / odds));
    }
};

/// `value` where it has no interval: of few positives, or where it may be 0 or 1.
[[nodiscard]] inline std::optional<estimate> bare_mean_precision(double value, double lower,
                                                                 double upper, double positives,
                                                                 double weight) {
    if (!(positives >= 10))
        return estimate::without_interval(value, undefined::too_little_data, weight);
    if (!(lower > 0 && upper < 1))
        return estimate::without_interval(value, undefined::no_variation, weight);
    return std::nullopt;
}

/// A certified band with the interval of its figure on either side, the standard error at most so
/// much.
[[nodiscard]] inline estimate bounded_mean_precision(const estimate& band, double positives,
                                                     double error, confidence_level confidence) {
    const auto bare =
        bare_mean_precision(band.value(), band.lower(), band.upper(), positives, band.weight());
    if (bare) return *bare;
    double lower = band.lower();
    double upper = band.upper();
    for (const double at : {band.lower(), band.value(), band.upper()}) {
        const logit_ends ends(at, confidence.critical * error);
        lower = std::min(lower, ends.lower);
        upper = std::max(upper, ends.upper);
    }
    return estimate::within(band.value(), lower, upper, confidence.level, band.weight());
}

/// `value` with its interval where it has one, from the square of its standard error.
template <class Variance>
[[nodiscard]] estimate mean_precision_interval_of(const score_curve& curve, double value,
                                                  confidence_level confidence,
                                                  const Variance& variance) {
    const double weight = curve.total();
    const auto bare = bare_mean_precision(value, value, value, curve.effective_positives(), weight);
    if (bare) return *bare;
    const logit_ends ends(value, confidence.critical * std::sqrt(variance()));
    return estimate::within(value, ends.lower, ends.upper, confidence.level, weight);
}

}  // namespace detail

/// What the variance of the areas under the precision-recall points of a curve is made of,
/// whichever way they are joined: the squares of the rows' pulls.
class mean_precision_pulls {
  public:
    /// `centre` is near the values to come: their distance from it costs digits.
    mean_precision_pulls(const score_curve& curve, double centre)
        : centre_(centre), positives_(curve.positives()) {
        detail::for_each_pull(
            curve, centre, [&](std::size_t i, const detail::precision_pull& pull) {
                const class_squares rows = curve.squares_at(i);
                weights_ += rows.positives;
                first_ += rows.positives * pull.of_positive;
                squares_ += rows.positives * (pull.of_positive * pull.of_positive) +
                            rows.negatives * (pull.of_negative * pull.of_negative);
            });
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

/// The same of the pairs of a row and a label together (micro), where the rows are the unit and not
/// the pairs: a row's influence is the sum of its pairs', so that what hangs together within a row
/// is in the variance. `curve` is that of all pairs; row i of every label is one row of the data.
/// None below 10 effective rows that hold a positive, where the labels have different lengths, and
/// at 0 or 1. Cost: O(pairs log points). Source: N. A.
/// Obuchowski, "Nonparametric analysis of clustered ROC curve data", Biometrics 53 (1997) (rows as
/// clusters).
[[nodiscard]] inline estimate mean_precision_interval(const score_curve& curve, double value,
                                                      std::span<const scored_outcomes> labels,
                                                      confidence_level confidence) {
    const double weight = curve.total() / static_cast<double>(labels.size());
    const std::size_t rows = labels.front().size();
    for (const scored_outcomes& label : labels) {
        if (label.size() != rows) return estimate::of(value, weight);
    }
    const auto points = curve.points();
    std::vector<detail::precision_pull> pulls(points.size());
    detail::for_each_pull(
        curve, value, [&](std::size_t i, const detail::precision_pull& pull) { pulls[i] = pull; });
    compensated_sum squares;
    double held = 0, held_squares = 0;  // the weights of rows with a positive
    double sum = 0, sum_squares = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        double deviation = 0, own = 0;
        bool positive = false;
        for (const scored_outcomes& label : labels) {
            const double score = label.scores()[row];
            const auto at = std::partition_point(
                points.begin() + 1, points.end() - 1,
                [&](const score_point& point) { return point.threshold > score; });
            const auto& pull = pulls[static_cast<std::size_t>(at - points.begin())];
            own = label.weights().empty() ? 1.0 : label.weights()[row];
            const bool is_positive = label.labels()[row] == 1;
            positive = positive || is_positive;
            deviation += own * (is_positive ? pull.of_positive : pull.of_negative);
        }
        squares.add(deviation * deviation);
        sum += own;
        sum_squares += own * own;
        held += positive ? own : 0;
        held_squares += positive ? own * own : 0;
    }
    const double positives = effective_rows(held, held_squares);
    if (const auto bare = detail::bare_mean_precision(value, value, value, positives, weight))
        return *bare;
    const double effective = effective_rows(sum, sum_squares);
    const double error =
        std::sqrt(squares.value() * effective / (effective - 1)) / curve.positives();
    const detail::logit_ends ends(value, confidence.critical * error);
    return estimate::within(value, ends.lower, ends.upper, confidence.level, weight);
}

/// A certified band of such an area, of a table, with that interval: the ends are the outermost of
/// those of the band's two ends and its middle, with the largest standard error that the cells
/// allow (cell_influence.hpp). None where the band reaches 0 or 1. Rows of weight 1. O(cells).
[[nodiscard]] inline estimate bounded_precision_interval(const score_cells& cells,
                                                         const estimate& band,
                                                         confidence_level confidence) {
    if (!band) return band;
    const auto each = precision_influence(cells, band);
    return detail::bounded_mean_precision(band, cells.positives(), norm_of(cells, each).of_all(),
                                          confidence);
}

}  // namespace leeway::inline v0
