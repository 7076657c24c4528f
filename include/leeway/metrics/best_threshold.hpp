// Where to cut a score, and what a cut gives.
#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/score_cells.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

namespace detail {

[[nodiscard]] inline binary_counts counts_of(const score_point& at, const score_point& all) {
    return {.tp = at.positives,
            .fp = at.negatives,
            .fn = all.positives - at.positives,
            .tn = all.negatives - at.negatives};
}

[[nodiscard]] inline binary_counts counts_at(std::span<const score_point> points,
                                             double threshold) {
    // Thresholds fall: the last one that is not below lets through what this one does.
    const auto after = std::partition_point(
        points.begin() + 1, points.end(),
        [&](const score_point& point) { return point.threshold >= threshold; });
    return counts_of(*(after - 1), points.back());
}

}  // namespace detail

/// The four counts when rows whose score is at or above `threshold` are taken for positive; any
/// threshold, infinities included; NaN raises. Cost: O(log points).
[[nodiscard]] inline binary_counts counts_at_threshold(const score_curve& curve, double threshold) {
    if (std::isnan(threshold))
        raise_invalid("counts_at_threshold", "threshold", threshold, "a number");
    return detail::counts_at(curve.points(), threshold);
}

/// Figures of four counts that best_threshold can be asked for: the larger the better, NaN where
/// undefined. Stateless or plain values; safe from any thread.
namespace figure {

/// (1 + beta^2) tp / ((1 + beta^2) tp + beta^2 fn + fp).
struct f_beta {
    double beta{1};
    [[nodiscard]] double operator()(const binary_counts& c) const noexcept {
        const double square = beta * beta;
        return (1 + square) * c.tp / ((1 + square) * c.tp + square * c.fn + c.fp);
    }
};

/// Youden's index, sensitivity + specificity - 1. Its maximum is Youden's J statistic.
struct youden {
    [[nodiscard]] double operator()(const binary_counts& c) const noexcept {
        return c.tp / (c.tp + c.fn) - c.fp / (c.fp + c.tn);
    }
};

/// Matthews correlation of label and decision.
struct matthews {
    [[nodiscard]] double operator()(const binary_counts& c) const noexcept {
        return (c.tp * c.tn - c.fp * c.fn) / std::sqrt(c.tp + c.fp) / std::sqrt(c.tp + c.fn) /
               std::sqrt(c.tn + c.fp) / std::sqrt(c.tn + c.fn);
    }
};

/// Minus the mean cost of a row, each decision costing what it costs; a gain is a negative cost.
struct expected_cost {
    double false_positive{1};
    double false_negative{1};
    double true_positive{0};
    double true_negative{0};
    [[nodiscard]] double operator()(const binary_counts& c) const noexcept {
        return -(c.fp * false_positive + c.fn * false_negative + c.tp * true_positive +
                 c.tn * true_negative) /
               c.total();
    }
};

}  // namespace figure

/// A cut, what it gives and the counts behind it.
struct chosen_threshold {
    double threshold;
    double figure;
    binary_counts counts;

    friend constexpr bool operator==(const chosen_threshold&, const chosen_threshold&) = default;
};

/// The threshold with the largest figure among infinity (nothing is positive) and the distinct
/// scores; of equal ones the highest. None where the figure is nowhere defined.
///
/// The figure at its own best threshold flatters the model: choose on one set of rows and evaluate
/// on another. `figure` is any function of binary_counts, NaN where it has no value. Cost:
/// O(points) calls. Thread rule: a pure function.
template <class Figure>
requires std::invocable<const Figure&, const binary_counts&>
[[nodiscard]] std::optional<chosen_threshold> best_threshold(const score_curve& curve,
                                                             const Figure& figure) {
    const auto points = curve.points();
    const score_point* best = nullptr;
    double most = std::numeric_limits<double>::quiet_NaN();
    for (const score_point& point : points) {
        const double value = figure(detail::counts_of(point, points.back()));
        if (value > most || (best == nullptr && !std::isnan(value))) {
            most = value;
            best = &point;
        }
    }
    if (best == nullptr) return std::nullopt;
    return chosen_threshold{best->threshold, most, detail::counts_of(*best, points.back())};
}

}  // namespace leeway::inline v0
