// The area under the ROC curve in bounded memory, with a confidence interval.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>

#include "leeway/accumulators/score_table.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/average.hpp"
#include "leeway/metrics/cell_influence.hpp"
#include "leeway/metrics/interval.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "leeway/metrics/score_cells.hpp"

namespace leeway::inline v0 {

/// roc_auc of a score_table with an interval for the luck of the sample, which a gate may hold
/// against a limit: roc_auc's own certified band is about the table alone. In [0, 1], higher is
/// better.
///
///     leeway::running<leeway::bounded_roc_auc> auc;
///     ... leeway::gate::at_least(0.8)(auc.result())
///
/// The value is the band's middle. Of a positive in cell i DeLong's placement is known to within
/// h_i, half the cell's negatives over all: between (negatives below) / N and that plus 2 h_i. So
/// the standard deviation of the placements is at most that of the middles and the root mean square
/// of h together (Minkowski), and so for the negatives. The ends are the outermost of
/// score_interval with that standard error at the band's two ends and its middle, and of Newcombe's
/// interval there where the placements may all be equal or a class has one row. They hold
/// roc_auc's of every score, and come to it as the cells get finer.
///
/// Of several states, one a class against the rest: the average over the classes in which it is
/// defined, plain (macro) or by the weight of their positives (weighted), of the ends as well,
/// which holds however the classes depend on one another. micro: the band of all states pooled,
/// with the rows and not their pairs with the classes as the unit; which scores are of one row the
/// tables do not say, so the classes' standard errors are added (cell_influence.hpp; conservative).
///
/// Rows must have weight 1: the table has no squares of weights, so a weight counts as that many
/// rows. Undefined: empty, or one class only. Cost: O(cells). Thread rule: a pure function.
/// Sources: those of roc_auc.
struct bounded_roc_auc {
    using state_type = score_table;
    static constexpr info_card info{
        "bounded_roc_auc", "1", 0, 1, orientation::higher_is_better, "there is only one class"};

    average over{average::binary};
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const { return averaged_key(info.name, over); }

    [[nodiscard]] estimate operator()(const score_table& state) const {
        return (*this)(score_cells(state));
    }
    [[nodiscard]] estimate operator()(const score_cells& cells) const {
        if (over != average::binary) {
            raise_invalid("bounded_roc_auc", "over", to_string(over),
                          "binary for one state; averages read one state a class");
        }
        const estimate band = roc_auc{}(cells);
        if (!band) return band;
        const double p = cells.positives();
        const double n = cells.negatives();
        const auto points = cells.points();
        spread of_positives, of_negatives;
        for (std::size_t i = 1; i < points.size(); ++i) {
            const double in_p = points[i].positives - points[i - 1].positives;
            const double in_n = points[i].negatives - points[i - 1].negatives;
            of_positives.add(in_p, (n - points[i].negatives + in_n / 2) / n - band.value(),
                             in_n / n / 2);
            of_negatives.add(in_n, (points[i - 1].positives + in_p / 2) / p - band.value(),
                             in_p / p / 2);
        }
        hull ends{band.lower(), band.upper()};
        if (!(p > 1 && n > 1) || (of_positives.least(p) == 0 && of_negatives.least(n) == 0)) {
            ends.widen_by_newcombe(band, p, n, confidence);
        }
        if (p > 1 && n > 1) {
            const double a = of_positives.most(p) / p;
            const double b = of_negatives.most(n) / n;
            const double error = std::sqrt(a + b);
            // The fewest that the variances allow: where one is largest, the other smallest.
            const double freedom = std::fmin(freedom_of_sum(a, p, of_negatives.least(n) / n, n),
                                             freedom_of_sum(of_positives.least(p) / p, p, b, n));
            ends.widen(band, error, freedom, confidence);
        }
        return estimate::within(band.value(), ends.lower, ends.upper, confidence.level,
                                band.weight());
    }

    [[nodiscard]] estimate operator()(std::span<const score_table> one_vs_rest) const {
        const estimate band = roc_auc{over, confidence}(one_vs_rest);  // raises for binary
        if (!band) return band;
        if (over == average::micro) return of_rows(one_vs_rest, band);
        const bounded_roc_auc single{average::binary, confidence};
        double lower = 0, upper = 0, shares = 0;
        for (const score_table& state : one_vs_rest) {
            const estimate one = single(state);
            if (!one) continue;
            const double share = over == average::macro ? 1.0 : state.positives().total();
            lower += share * one.lower();
            upper += share * one.upper();
            shares += share;
        }
        return estimate::within(band.value(), lower / shares, upper / shares, confidence.level,
                                band.weight());
    }

  private:
    /// The outermost ends.
    struct hull {
        double lower;
        double upper;

        void widen(const estimate& by) {
            if (!by.has_interval()) return;
            lower = std::min(lower, by.lower());
            upper = std::max(upper, by.upper());
        }
        void widen(const estimate& band, double error, double freedom,
                   const confidence_level& level) {
            for (const double at : {band.lower(), band.value(), band.upper()})
                widen(score_interval(at, error, freedom, band.weight(), level, info));
        }
        void widen_by_newcombe(const estimate& band, double positives, double negatives,
                               const confidence_level& level) {
            for (const double at : {band.lower(), band.value(), band.upper()})
                widen(detail::newcombe_interval(at, positives, negatives, band.weight(), level));
        }
    };

    [[nodiscard]] estimate of_rows(std::span<const score_table> one_vs_rest,
                                   const estimate& pooled) const {
        const score_cells cells(pooled_table(one_vs_rest));
        const double rows = cells.total() / static_cast<double>(one_vs_rest.size());
        // Rows with a positive, and with a negative: at least as many as any class has.
        double positives = 0, negatives = 0;
        for (const score_table& state : one_vs_rest) {
            positives = std::max(positives, state.positives().total());
            negatives = std::max(negatives, state.negatives().total());
        }
        const double norm = norm_of_rows(cells, placement_influence(cells, pooled), one_vs_rest);
        hull ends{pooled.lower(), pooled.upper()};
        if (rows > 1 && norm > 0) {
            ends.widen(pooled, norm * std::sqrt(rows / (rows - 1)),
                       std::min(positives, negatives) - 1, confidence);
        } else {
            ends.widen_by_newcombe(pooled, positives, negatives, confidence);
        }
        return estimate::within(pooled.value(), ends.lower, ends.upper, confidence.level, rows);
    }

    /// Of the placements of a class, about the area: the sums of their middles' squares and of the
    /// squares of what is left open.
    struct spread {
        double sum{0};
        double squares{0};
        double open{0};

        void add(double rows, double middle, double half) noexcept {
            sum += rows * middle;
            squares += rows * middle * middle;
            open += rows * half * half;
        }
        [[nodiscard]] double deviation(double rows) const noexcept {
            return std::sqrt(std::max(0.0, squares - sum * sum / rows) / (rows - 1));
        }
        [[nodiscard]] double slack(double rows) const noexcept {
            return std::sqrt(open / (rows - 1));
        }
        /// The largest and the least variance.
        [[nodiscard]] double most(double rows) const noexcept {
            const double most = deviation(rows) + slack(rows);
            return most * most;
        }
        [[nodiscard]] double least(double rows) const noexcept {
            const double least = std::max(0.0, deviation(rows) - slack(rows) - 1e-12);
            return least * least;
        }
    };
};

}  // namespace leeway::inline v0
