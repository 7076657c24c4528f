// The area under the part of the ROC curve where few negatives are let through.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "leeway/accumulators/score_table.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/cell_influence.hpp"
#include "leeway/metrics/interval.hpp"
#include "leeway/metrics/score_cells.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

/// Partial area under the ROC curve up to the false positive rate m = `max_fpr`, standardised:
/// (1 + (A - m^2 / 2) / (m - m^2 / 2)) / 2 with A the area from 0 to m, points joined by straight
/// lines; in [0, 1], higher is better, 1/2 for scores that know nothing, and the ROC AUC at m = 1.
///
/// Undefined: empty, or one class. A max_fpr outside (0, 1] raises.
///
/// Of a score_curve or scored_outcomes: exact. Interval: large-sample, DeLong's with placements cut
/// at m: V = (m - false positive rate at a positive's score, or 0), U = the smaller of the true
/// positive rate at a negative's score and that at m, which also carries the luck of where m falls
/// among the negatives. None where that variance is zero or a class has one effective row; short
/// where fewer than some ten negatives lie within m.
///
/// Of score_cells or a score_table: *certified*: within a cell the curve lies between going across
/// first and going up first. The value is the middle, the ends always hold, confidence is 1.
/// of_sample() (bounded_figure.hpp): the ends are the outermost of those at the band's two ends and
/// its middle with the largest variance that the cells allow, as in bounded_roc_auc; none where the
/// cells allow a variance of zero or a class has one row.
///
/// Key: "partial_roc_auc_0.1". Cost: O(points). Thread rule: a pure function. Sources: D. K.
/// McClish, "Analyzing a portion of the ROC curve", Medical Decision Making 9 (1989); L. E. Dodd,
/// M. S. Pepe, "Partial AUC estimation and regression", Biometrics 59 (2003).
struct partial_roc_auc {
    using state_type = score_table;
    static constexpr info_card info{
        "partial_roc_auc", "1", 0, 1, orientation::higher_is_better, "there is only one class"};

    double max_fpr{0.1};
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const {
        return std::string(info.name) + "_" + detail::shown(max_fpr);
    }

    [[nodiscard]] estimate operator()(const score_curve& curve) const {
        require_share();
        const double weight = curve.total();
        if (const auto flaw = detail::curve_flaw(curve, true)) return {*flaw, weight};
        const auto points = curve.points();
        const double one_positive = 1 / curve.positives();
        const double one_negative = 1 / curve.negatives();
        detail::sum_by_blocks area;
        double reached = 1;  // the true positive rate at max_fpr
        for (std::size_t i = 1; i < points.size(); ++i) {
            const stretch at(points[i - 1], points[i], one_positive, one_negative);
            if (at.x1 > max_fpr) {
                reached = at.y0 + at.part(max_fpr) * (at.y1 - at.y0);
                area.add((max_fpr - at.x0) * (at.y0 + reached) / 2);
                break;
            }
            area.add((at.x1 - at.x0) * (at.y0 + at.y1) / 2);
        }
        const double value = std::min(standardised(area.value()), 1.0);
        const auto [variance, freedom] = variance_of(curve, area.value(), reached);
        if (!(variance > 0)) return estimate::of(value, weight);
        return score_interval(value, std::sqrt(variance) / (max_fpr * (2 - max_fpr)), freedom,
                              weight, confidence, info);
    }

    [[nodiscard]] estimate operator()(const scored_outcomes& rows) const {
        return (*this)(score_curve::turns_of(rows));
    }

    [[nodiscard]] estimate operator()(const score_cells& cells) const {
        require_share();
        const double weight = cells.total();
        if (const auto flaw = detail::curve_flaw(cells, true)) return {*flaw, weight};
        const auto points = cells.points();
        compensated_sum low;
        compensated_sum high;
        for (std::size_t i = 1; i < points.size(); ++i) {
            const stretch at(points[i - 1], points[i], 1 / cells.positives(),
                             1 / cells.negatives());
            const double across = std::min(at.x1, max_fpr) - at.x0;
            low.add(across * at.y0);
            high.add(across * at.y1);
            if (at.x1 > max_fpr) break;
        }
        // The rounding of A counts 1 / (m (2 - m)) times in the standardised area.
        const double rounding = (cells.slack() + detail::sum_rounding) * (1 + 1 / (2 - max_fpr));
        const double lower = std::max(standardised(low.value()) - rounding, 0.0);
        const double upper = std::min(standardised(high.value()) + rounding, 1.0);
        return estimate::within(lower + (upper - lower) / 2, lower, upper, 1, weight);
    }

    [[nodiscard]] estimate of_sample(const score_cells& cells) const {
        const estimate band = (*this)(cells);
        if (!band) return band;
        const double p = cells.positives();
        const double n = cells.negatives();
        const double unit = max_fpr * (2 - max_fpr);
        const norms most = norms_of(cells, band);
        const double a = most.of_positives * most.of_positives * p / (p - 1);
        const double b = most.of_negatives * most.of_negatives * n / (n - 1);
        if (!(p > 1 && n > 1) || most.may_vanish)
            return estimate::without_interval(band.value(), undefined::no_variation, band.weight());
        double lower = band.lower();
        double upper = band.upper();
        for (const double at : {band.lower(), band.value(), band.upper()}) {
            const estimate by = score_interval(at, std::sqrt(a + b) / unit, std::min(p, n) - 1,
                                               band.weight(), confidence, info);
            if (!by.has_interval()) continue;
            lower = std::min(lower, by.lower());
            upper = std::max(upper, by.upper());
        }
        return estimate::within(band.value(), lower, upper, confidence.level, band.weight());
    }

  private:
    /// Of the influences of the rows on the area before it is standardised.
    using norms = influence_norm;
    [[nodiscard]] norms norms_of(const score_cells& cells, const estimate& band) const {
        const auto points = cells.points();
        const double p = cells.positives();
        const double n = cells.negatives();
        const auto plain = [&](double standard) {
            return (2 * standard - 1) * (max_fpr - max_fpr * max_fpr / 2) + max_fpr * max_fpr / 2;
        };
        const double least_area = plain(band.lower());
        const double most_area = plain(band.upper());
        // The true positive rate at max_fpr lies in the cell that the false positive rate crosses.
        double least_reached = 1, most_reached = 1;
        for (std::size_t i = 1; i < points.size(); ++i) {
            const stretch at(points[i - 1], points[i], 1 / p, 1 / n);
            if (at.x1 > max_fpr) {
                least_reached = at.y0;
                most_reached = at.y1;
                break;
            }
        }
        const double least_u = least_area + (1 - max_fpr) * least_reached;  // the mean of U
        const double most_u = most_area + (1 - max_fpr) * most_reached;
        std::vector<class_influence> each(points.size());
        for (std::size_t i = 1; i < points.size(); ++i) {
            const stretch at(points[i - 1], points[i], 1 / p, 1 / n);
            each[i].of_positive =
                cell_influence::between(std::max(max_fpr - at.x1, 0.0) - most_area,
                                        std::max(max_fpr - at.x0, 0.0) - least_area, p);
            const bool beyond = at.x0 >= max_fpr;
            each[i].of_negative = cell_influence::between(
                (beyond ? least_reached : std::min(at.y0, least_reached)) - most_u,
                (beyond ? most_reached : std::min(at.y1, most_reached)) - least_u, n);
        }
        return norm_of(cells, each);
    }

    /// Between two neighbouring points: x the false and y the true positive rate.
    struct stretch {
        double x0, x1, y0, y1;

        /// With the share of its class that is one positive, and one negative.
        stretch(const score_point& above, const score_point& below, double p, double n)
            : x0(above.negatives * n),
              x1(below.negatives * n),
              y0(above.positives * p),
              y1(below.positives * p) {}

        /// How far along it the false positive rate is `x`, between x0 and x1.
        [[nodiscard]] double part(double x) const { return (x - x0) / (x1 - x0); }
    };

    [[nodiscard]] double standardised(double area) const {
        const double chance = max_fpr * max_fpr / 2;
        return (1 + (area - chance) / (max_fpr - chance)) / 2;
    }

    struct spread_of_area {
        double variance;
        double freedom;  ///< of the variance
    };
    [[nodiscard]] spread_of_area variance_of(const score_curve& curve, double area,
                                             double reached) const {
        const double p = curve.positives();
        const double n = curve.negatives();
        const double ep = curve.effective_positives();
        const double en = curve.effective_negatives();
        if (!(ep > 1 && en > 1)) return {0, 0};
        const double mean_u = area + (1 - max_fpr) * reached;
        const auto points = curve.points();
        double spread = 0;
        double other = 0;
        // What is left of the squared weights; points beyond max_fpr all have v = 0, u = reached.
        double rest_p = p / ep * p;
        double rest_n = n / en * n;
        const double one_positive = 1 / p;
        const double one_negative = 1 / n;
        for (std::size_t i = 1; i < points.size(); ++i) {
            const stretch at(points[i - 1], points[i], one_positive, one_negative);
            if (at.x0 >= max_fpr) break;
            double v = 0;
            double u = reached;
            if (at.x1 <= max_fpr) {
                v = max_fpr - (at.x0 + at.x1) / 2;
                u = (at.y0 + at.y1) / 2;
            } else {  // its rows are spread evenly over the stretch
                const double inside = at.part(max_fpr);
                v = inside * (max_fpr - at.x0) / 2;
                u = inside * (at.y0 + reached) / 2 + (1 - inside) * reached;
            }
            const class_squares squares = curve.squares_at(i);
            spread += squares.positives * ((v - area) * (v - area));
            other += squares.negatives * ((u - mean_u) * (u - mean_u));
            rest_p -= squares.positives;
            rest_n -= squares.negatives;
        }
        spread += std::max(rest_p, 0.0) * (area * area);
        other += std::max(rest_n, 0.0) * ((reached - mean_u) * (reached - mean_u));
        const double of_positives = ep / (ep - 1) * spread / (p * p);
        const double of_negatives = en / (en - 1) * other / (n * n);
        return {of_positives + of_negatives, freedom_of_sum(of_positives, ep, of_negatives, en)};
    }

    void require_share() const {
        if (!(max_fpr > 0 && max_fpr <= 1))
            raise_invalid(info.name, "max_fpr", max_fpr, "above 0, at most 1");
    }
};

}  // namespace leeway::inline v0
