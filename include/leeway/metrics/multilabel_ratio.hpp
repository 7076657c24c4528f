// Precision, recall and their kind of rows that have several labels at once.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/accumulators/moments.hpp"
#include "leeway/accumulators/multilabel_counts.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/average.hpp"
#include "leeway/metrics/class_ratio.hpp"
#include "leeway/metrics/class_table.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

namespace detail {

/// The moments of a ratio over each row's own labels, where the state keeps them.
[[nodiscard]] inline const moments* row_figure(const class_ratio& ratio,
                                               const multilabel_counts& counts) noexcept {
    const binary_counts tp{.tp = 1};
    if (ratio == class_ratio{tp, {.tp = 1, .fp = 1}}) return &counts.row_precision();
    if (ratio == class_ratio{tp, {.tp = 1, .fn = 1}}) return &counts.row_recall();
    if (ratio == class_ratio{tp, {.tp = 1, .fp = 0.5, .fn = 0.5}}) return &counts.row_f1();
    if (ratio == class_ratio{tp, {.tp = 1, .fp = 1, .fn = 1}}) return &counts.row_jaccard();
    return nullptr;
}

/// The large-sample standard error of the ratio of the pooled counts. Labels of one row hang
/// together, so the row is the unit: with its counts c, g = slope . c is what it adds to the
/// ratio's deviation, and the variance is sum w g^2 times sum w^2 / sum w.
[[nodiscard]] inline double pooled_standard_error(const ratio_value& at,
                                                  const multilabel_counts& counts) noexcept {
    const auto labels = static_cast<double>(counts.labels());
    // tn = labels - tp - fp - fn.
    const double constant = at.slope.tn * labels;
    const double tp = at.slope.tp - at.slope.tn;
    const double fp = at.slope.fp - at.slope.tn;
    const double fn = at.slope.fn - at.slope.tn;
    const auto q = counts.products();
    const binary_counts sum = counts.pooled();
    const double squares = tp * tp * q[0] + 2 * tp * fp * q[1] + 2 * tp * fn * q[2] +
                           fp * fp * q[3] + 2 * fp * fn * q[4] + fn * fn * q[5] +
                           2 * constant * (tp * sum.tp + fp * sum.fp + fn * sum.fn) +
                           constant * constant * counts.weight();
    // Below the rounding error of its terms it is zero.
    const double terms =
        tp * tp * q[0] + fp * fp * q[3] + fn * fn * q[5] + constant * constant * counts.weight();
    if (squares <= 8 * std::numeric_limits<double>::epsilon() * terms) return 0;
    return std::sqrt(squares * counts.sum_of_squared_weights() / counts.weight());
}

}  // namespace detail

/// The mean of a row's figure over the rows in which it is defined, with its large-sample interval
/// (Kish's effective rows when weighted); none for a single row. Where all rows have the same
/// figure that would claim certainty: there it is Wilson's, which no figure in [0, 1] exceeds in
/// spread.
[[nodiscard]] inline estimate mean_over_rows(const moments& figure, confidence_level confidence,
                                             const info_card& info) {
    const double weight = figure.weight();
    const double squares = figure.sum_of_squared_weights();
    const double freedom = weight - squares / weight;
    const double rows = effective_rows(weight, squares);
    const double value = figure.mean().value();
    if (!(figure.rows() > 1 && freedom > 0)) return estimate::of(value, weight);
    const double variance = figure.sum_of_squared_deviations() / freedom;
    if (!(variance > 0)) return constant_interval(value, rows, weight, confidence, info);
    return score_interval(value, std::sqrt(variance / rows), rows - 1, weight, confidence, info);
}

/// A count ratio (precision, recall, f_beta, jaccard, specificity ...) of rows with several labels:
///
///     leeway::multilabel_ratio{leeway::precision{leeway::average::micro}}(counts)
///
/// Micro adds the four counts over the labels first; macro and weighted are means over the labels
/// (weighted by how many rows have the label); samples is the mean over the rows of each row's own
/// figure, and there is one for precision, recall, F1 and jaccard. Reported under the metric's own
/// key: "precision_micro", "f1_samples". See per_label for each label.
///
/// A label or row in which the ratio is 0/0 is left out, where scikit-learn counts it as 0.
/// Undefined: empty; and (zero denominator) when none is left. average::binary raises, and so does
/// samples of another ratio. Interval: for micro and samples large-sample with the row as unit,
/// over Kish's effective rows when weighted (short for a few tens of rows), and Wilson's over the
/// rows where all are alike; for macro and weighted the delta method in each label
/// (class_table.hpp), the labels' standard errors added up, which holds however the labels depend
/// on one another and is conservative where they do not. Cost: O(labels). Thread rule: a pure
/// function.
template <ClassRatioMetric M>
struct multilabel_ratio {
    using state_type = multilabel_counts;
    static constexpr info_card info = M::info;

    M metric{};

    explicit multilabel_ratio(M of) : metric(of) {}

    [[nodiscard]] std::string key() const { return key_of(metric); }

    [[nodiscard]] estimate operator()(const multilabel_counts& counts) const {
        const class_ratio ratio = metric.ratio();
        const double weight = counts.weight();
        if (metric.over == average::binary) {
            raise_invalid(info.name, "over", "binary",
                          "micro, macro, weighted or samples; per_label() is of one label");
        }
        if (metric.over == average::samples) {
            const moments* figure = detail::row_figure(ratio, counts);
            if (figure == nullptr) {
                raise_invalid(info.name, "over", "samples",
                              "a state that holds it: of precision, recall, f1 and jaccard only");
            }
            if (!(weight > 0)) return undefined::empty;
            if (figure->rows() == 0) return estimate(undefined::zero_denominator, weight);
            return mean_over_rows(*figure, metric.confidence, info);
        }
        if (!(weight > 0)) return undefined::empty;
        if (metric.over == average::micro) {
            const binary_counts pooled = counts.pooled();
            if (!(detail::dot(ratio.denominator, pooled) > 0))
                return estimate(undefined::zero_denominator, weight);
            const detail::ratio_value at(ratio, pooled);
            const double standard_error = detail::pooled_standard_error(at, counts);
            if (!(standard_error > 0)) {
                // All rows alike: as many rows as there are, or have something to count.
                const double counted =
                    std::min(1.0, detail::dot(ratio.denominator, pooled) / weight);
                const double rows = effective_rows(weight, counts.sum_of_squared_weights());
                return wilson_interval(at.value, rows * counted, weight, metric.confidence);
            }
            const double rows = effective_rows(weight, counts.sum_of_squared_weights());
            return score_interval(at.value, standard_error, rows - 1, weight, metric.confidence,
                                  info);
        }
        return over_labels(ratio, counts);
    }

  private:
    /// The mean over the labels. What a row adds to its deviation is a sum over the labels, each
    /// term a function of the row's cell in that label's table, and the standard deviation of a sum
    /// is at most the sum of theirs (Minkowski).
    [[nodiscard]] estimate over_labels(const class_ratio& ratio,
                                       const multilabel_counts& counts) const {
        const double weight = counts.weight();
        const bool by_support = metric.over == average::weighted;
        std::vector<binary_counts> used;
        double sum = 0;
        double shares = 0;
        for (std::size_t l = 0; l < counts.labels(); ++l) {
            const binary_counts one = counts.of_label(l);
            if (!(detail::dot(ratio.denominator, one) > 0)) continue;
            const double share = by_support ? one.tp + one.fn : 1.0;
            sum += share * detail::ratio_value(ratio, one).value;
            shares += share;
            used.push_back(one);
        }
        if (!(shares > 0)) return estimate(undefined::zero_denominator, weight);
        const double value = sum / shares;
        const double rows_per_weight =
            effective_rows(weight, counts.sum_of_squared_weights()) / weight;
        double error = 0;
        double shrunk = 0;
        for (const binary_counts& one : used) {
            const double share = (by_support ? one.tp + one.fn : 1.0) / shares;
            if (!(share > 0)) continue;
            // A row that has the label moves its share too.
            const double of_support = by_support ? (detail::ratio_value(ratio, one).value - value) /
                                                       (shares * rows_per_weight)
                                                 : 0.0;
            const auto term = [&](const class_table& table, std::span<double> gradient) {
                const double figure =
                    detail::average_ratio(ratio, false, {false, true}, table, gradient);
                for (double& slope : gradient) slope *= share;
                gradient[2] += of_support;
                gradient[3] += of_support;
                return figure;
            };
            const auto drawn =
                detail::shrink(class_table::of(one), rows_per_weight, metric.confidence, term);
            error += drawn.standard_error;
            shrunk += share * drawn.value;
        }
        const double half = metric.confidence.critical * error;
        return estimate::within(value, std::max(std::min(value, shrunk) - half, info.lowest),
                                std::min(std::max(value, shrunk) + half, info.highest),
                                metric.confidence.level, weight);
    }
};

/// The metric of each label, in order; Wilson's interval or the delta method, as for one class.
template <CountRatioMetric M>
[[nodiscard]] std::vector<estimate> per_label(const M& metric, const multilabel_counts& counts) {
    const double weight = counts.weight();
    const double rows_per_weight =
        weight > 0 ? effective_rows(weight, counts.sum_of_squared_weights()) / weight : 0;
    std::vector<estimate> all;
    all.reserve(counts.labels());
    for (std::size_t l = 0; l < counts.labels(); ++l) {
        all.push_back(detail::ratio_of_class(metric.ratio(), counts.of_label(l), rows_per_weight,
                                             metric.confidence, M::info));
    }
    return all;
}

}  // namespace leeway::inline v0
