// Precision, recall, specificity, F-beta and their kind: one formula with different coefficients.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/average.hpp"
#include "leeway/metrics/class_table.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// The coefficients of a figure N / D of one class against the rest, with N and D linear in its
/// four counts: precision is {.numerator = {.tp = 1}, .denominator = {.tp = 1, .fp = 1}}.
///
/// A metric that names its ratio gets its averages, per_class() and intervals from here: a new
/// count ratio is one short struct. See precision.hpp.
struct class_ratio {
    binary_counts numerator;
    binary_counts denominator;

    friend constexpr bool operator==(const class_ratio&, const class_ratio&) = default;

    /// A share of the rows in the denominator: then the interval is Wilson's.
    [[nodiscard]] constexpr bool is_share() const noexcept {
        const auto part = [](double n, double d) {
            return (n == 0 || n == d) && (d == 0 || d == 1);
        };
        return part(numerator.tp, denominator.tp) && part(numerator.fp, denominator.fp) &&
               part(numerator.fn, denominator.fn) && part(numerator.tn, denominator.tn);
    }
};

/// A metric that is a class_ratio of one class.
template <class M>
concept CountRatioMetric = requires(const M& metric) {
    { M::info } -> std::convertible_to<const info_card&>;
    { metric.ratio() } -> std::same_as<class_ratio>;
    { metric.confidence } -> std::convertible_to<confidence_level>;
};

/// One that is also averaged over classes.
template <class M>
concept ClassRatioMetric = CountRatioMetric<M> && requires(const M& metric) {
    { metric.over } -> std::convertible_to<average>;
};

namespace detail {

[[nodiscard]] constexpr double dot(const binary_counts& a, const binary_counts& b) noexcept {
    return a.tp * b.tp + a.fp * b.fp + a.fn * b.fn + a.tn * b.tn;
}

/// N / D with its derivative by each of the four counts, (N' - (N / D) D') / D.
struct ratio_value {
    double value;
    binary_counts slope;

    ratio_value(const class_ratio& ratio, const binary_counts& counts) noexcept {
        const double d = dot(ratio.denominator, counts);
        value = dot(ratio.numerator, counts) / d;
        const auto by = [&](double n_slope, double d_slope) {
            return (n_slope - value * d_slope) / d;
        };
        slope = {by(ratio.numerator.tp, ratio.denominator.tp),
                 by(ratio.numerator.fp, ratio.denominator.fp),
                 by(ratio.numerator.fn, ratio.denominator.fn),
                 by(ratio.numerator.tn, ratio.denominator.tn)};
    }
};

/// sum_c share_c ratio_c over the classes that are `used`, with its derivative by each cell. The
/// share of a class is 1 / (used classes), or its weight in the truth among them.
[[nodiscard]] inline double average_ratio(const class_ratio& ratio, bool by_support,
                                          const std::vector<bool>& used, const class_table& table,
                                          std::span<double> gradient) {
    const std::size_t classes = table.classes();
    const auto counts = table.one_vs_rest();
    std::vector<double> share(classes, 0.0);
    double shares = 0;
    for (std::size_t c = 0; c < classes; ++c) {
        if (used[c]) shares += share[c] = by_support ? counts[c].tp + counts[c].fn : 1.0;
    }
    std::vector<double> value(classes, 0.0);
    std::vector<binary_counts> slope(classes);
    double mean = 0;
    double tn_slope = 0;  // of a row that touches no class
    for (std::size_t c = 0; c < classes; ++c) {
        if (!used[c]) continue;
        share[c] /= shares;
        const ratio_value at(ratio, counts[c]);
        value[c] = at.value;
        slope[c] = {share[c] * at.slope.tp, share[c] * at.slope.fp, share[c] * at.slope.fn,
                    share[c] * at.slope.tn};
        mean += share[c] * at.value;
        tn_slope += slope[c].tn;
    }
    if (gradient.empty()) return mean;
    // A row (i, j) is tp of i when i = j; else fn of i and fp of j; and tn of every other class.
    for (std::size_t i = 0; i < classes; ++i) {
        const double support_slope = by_support && used[i] ? (value[i] - mean) / shares : 0.0;
        for (std::size_t j = 0; j < classes; ++j) {
            const double own = i == j ? slope[i].tp - slope[i].tn
                                      : slope[i].fn - slope[i].tn + slope[j].fp - slope[j].tn;
            gradient[i * classes + j] = tn_slope + own + support_slope;
        }
    }
    return mean;
}

/// The ratio of one class.
[[nodiscard]] inline estimate ratio_of_class(const class_ratio& ratio, const binary_counts& counts,
                                             double rows_per_weight, confidence_level confidence,
                                             const info_card& info) {
    const double weight = counts.total();
    if (!(weight > 0)) return undefined::empty;
    const double rows = dot(ratio.denominator, counts);
    if (!(rows > 0)) return estimate(undefined::zero_denominator, weight);
    const double value = dot(ratio.numerator, counts) / rows;
    if (ratio.is_share()) return wilson_interval(value, rows * rows_per_weight, weight, confidence);
    return delta_interval(value, class_table::of(counts), rows_per_weight, weight, confidence, info,
                          [&](const class_table& table, std::span<double> gradient) {
                              return average_ratio(ratio, false, {false, true}, table, gradient);
                          });
}

/// The ratio of the four counts added over the classes. They depend on the share a of right
/// predictions alone, so the interval is Wilson's for a, carried over.
[[nodiscard]] inline estimate pooled_ratio(const class_ratio& ratio, const class_table& table,
                                           double rows_per_weight, double weight,
                                           confidence_level confidence) {
    binary_counts pooled;
    const auto counts = table.one_vs_rest();
    for (std::size_t c = 0; c < table.seen(); ++c) {
        pooled.tp += counts[c].tp;
        pooled.fp += counts[c].fp;
        pooled.fn += counts[c].fn;
        pooled.tn += counts[c].tn;
    }
    const double denominator = dot(ratio.denominator, pooled);
    if (!(denominator > 0)) return estimate(undefined::zero_denominator, weight);
    const double value = dot(ratio.numerator, pooled) / denominator;
    const estimate right =
        wilson_interval(pooled.tp / weight, weight * rows_per_weight, weight, confidence);
    const auto of_share = [&](double a) {
        // A right row is tp once and tn in all classes but one; a wrong one fp, fn and tn in all
        // but two.
        const double others = static_cast<double>(table.seen()) - 1;
        return ratio_value(ratio, {a, 1 - a, 1 - a, others * a + (others - 1) * (1 - a)}).value;
    };
    const auto [low, high] = std::minmax({of_share(right.lower()), of_share(right.upper())});
    return estimate::within(value, std::min(low, value), std::max(high, value), confidence.level,
                            weight);
}

}  // namespace detail

/// Effective rows over the weight; 0 on nothing.
[[nodiscard]] inline double effective_rows_per_weight(const confusion_matrix& counts) {
    const double weight = counts.total();
    return weight > 0 ? effective_rows(weight, counts.sum_of_squared_weights()) / weight : 0;
}

/// The counts of class 1 of two; raises, naming the metric, on another number of classes.
[[nodiscard]] inline binary_counts two_class_counts(
    std::string_view metric, const confusion_matrix& counts,
    std::string_view expected = "2: the metric is one of a binary task") {
    if (counts.classes() != 2) raise_invalid(metric, "classes", counts.classes(), expected);
    return counts.one_vs_rest(1);
}

/// One ratio of class 1 less another, over a table of two classes, with the derivative by each
/// cell: what delta_interval asks of a figure.
[[nodiscard]] inline double difference_of_ratios(const class_ratio& plus, const class_ratio& minus,
                                                 const class_table& table,
                                                 std::span<double> gradient) {
    const binary_counts counts{
        .tp = table(1, 1), .fp = table(0, 1), .fn = table(1, 0), .tn = table(0, 0)};
    const detail::ratio_value a(plus, counts);
    const detail::ratio_value b(minus, counts);
    gradient[0] = a.slope.tn - b.slope.tn;
    gradient[1] = a.slope.fp - b.slope.fp;
    gradient[2] = a.slope.fn - b.slope.fn;
    gradient[3] = a.slope.tp - b.slope.tp;
    return a.value - b.value;
}

/// A count ratio of class 1 of two.
template <CountRatioMetric M>
[[nodiscard]] estimate binary_ratio(const M& metric, const confusion_matrix& counts) {
    return detail::ratio_of_class(metric.ratio(), two_class_counts(M::info.name, counts),
                                  effective_rows_per_weight(counts), metric.confidence, M::info);
}

/// A count ratio of a confusion matrix, averaged as the metric asks. Cost: O(classes^2).
template <ClassRatioMetric M>
[[nodiscard]] estimate averaged_ratio(const M& metric, const confusion_matrix& counts) {
    const class_ratio ratio = metric.ratio();
    const double weight = counts.total();
    const double rows_per_weight = effective_rows_per_weight(counts);
    if (metric.over == average::binary) {
        return detail::ratio_of_class(
            ratio,
            two_class_counts(M::info.name, counts,
                             "2 for average::binary; ask for average::micro, macro or weighted"),
            rows_per_weight, metric.confidence, M::info);
    }
    if (metric.over == average::samples) {
        raise_invalid(M::info.name, "over", "samples",
                      "micro, macro or weighted; a mean over rows needs multilabel_counts");
    }
    if (!(weight > 0)) return undefined::empty;
    const class_table table = class_table::seen(counts);
    if (metric.over == average::micro) {
        return detail::pooled_ratio(ratio, table, rows_per_weight, weight, metric.confidence);
    }
    const bool by_support = metric.over == average::weighted;
    std::vector<bool> used(table.classes(), false);
    double shares = 0;
    const auto all = table.one_vs_rest();
    for (std::size_t c = 0; c < table.seen(); ++c) {
        used[c] = detail::dot(ratio.denominator, all[c]) > 0;
        if (used[c]) shares += by_support ? all[c].tp + all[c].fn : 1.0;
    }
    if (!(shares > 0)) return estimate(undefined::zero_denominator, weight);
    const double value = detail::average_ratio(ratio, by_support, used, table, {});
    return delta_interval(value, table, rows_per_weight, weight, metric.confidence, M::info,
                          [&](const class_table& at, std::span<double> gradient) {
                              return detail::average_ratio(ratio, by_support, used, at, gradient);
                          });
}

/// The metric of each class against the rest, in class order; a class that was never seen included.
template <CountRatioMetric M>
[[nodiscard]] std::vector<estimate> per_class(const M& metric, const confusion_matrix& counts) {
    const class_ratio ratio = metric.ratio();
    const double rows_per_weight = effective_rows_per_weight(counts);
    std::vector<estimate> all;
    all.reserve(counts.classes());
    for (const binary_counts& one : class_table::all(counts).one_vs_rest()) {
        all.push_back(
            detail::ratio_of_class(ratio, one, rows_per_weight, metric.confidence, M::info));
    }
    return all;
}

}  // namespace leeway::inline v0
