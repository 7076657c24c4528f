// The mean of a bounded quantity, with an interval that may be looked at as often as one likes.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

#include "leeway/accumulators/bounded_mean.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

namespace detail {

/// log of the evidence that a mean of n numbers in [0, 1] is above m: the average over 20
/// bets l_j = 2^-j of exp(l (S - n m) - psi(l) V), psi(l) = -l - log(1 - l), with their sum S, V =
/// sum (x - m)^2 and weights in proportion to 1/j: large bets tell after few rows, and small ones,
/// which tell after many, cost the others little.
///
/// For y = x - m >= -1 and 0 <= l < 1, exp(l y - psi(l) y^2) <= 1 + l y (Fan, Grama, Liu 2015), and
/// 1 + l y is 1 on average where m is the mean: each term is a supermartingale that starts at 1,
/// and so is their average. It falls in m all over [0, 1], since 2 psi(l) < l for l <= 1/2.
[[nodiscard]] inline double log_evidence_above(double m, double n, double sum,
                                               double squares) noexcept {
    constexpr std::size_t bets = 20;
    static const std::array<double, bets> costs = [] {  // psi
        std::array<double, bets> cost{};
        double bet = 1;
        for (double& each : cost) {
            bet /= 2;
            each = -bet - std::log1p(-bet);
        }
        return cost;
    }();
    const double excess = sum - n * m;
    const double variation = std::max(0.0, squares - 2 * m * sum + n * m * m);
    std::array<double, bets> exponents{};
    double bet = 1, weights = 0, total = 0, most = -std::numeric_limits<double>::infinity();
    for (std::size_t j = 0; j < bets; ++j) {
        bet /= 2;
        exponents[j] = bet * excess - costs[j] * variation;
        most = std::max(most, exponents[j]);
    }
    for (std::size_t j = 0; j < bets; ++j) {
        const double weight = 1 / static_cast<double>(j + 1);
        weights += weight;
        total += weight * std::exp(exponents[j] - most);
    }
    return most + std::log(total / weights);
}

/// The same of being below m: above 1 - m, for 1 - x.
[[nodiscard]] inline double log_evidence_below(double m, double n, double sum,
                                               double squares) noexcept {
    return log_evidence_above(1 - m, n, n - sum, std::max(0.0, n - 2 * sum + squares));
}

/// The end of {m <= mean : evidence above m below the threshold}, from outside.
[[nodiscard]] inline double lower_mean(double n, double sum, double squares,
                                       double threshold) noexcept {
    double outside = 0, inside = std::clamp(sum / n, 0.0, 1.0);
    if (!(log_evidence_above(outside, n, sum, squares) >= threshold)) return 0;
    for (int step = 0; step < 60; ++step) {
        const double middle = outside + (inside - outside) / 2;
        if (!(middle > outside && middle < inside)) break;
        (log_evidence_above(middle, n, sum, squares) >= threshold ? outside : inside) = middle;
    }
    return outside;
}

}  // namespace detail

/// log of the e-value against "the mean is m": half the larger of the evidences that it is above
/// and below. Under that hypothesis P(it ever reaches log(1 / a), at any look) <= a, so min(1,
/// exp(-it)) is a p-value at whatever moment one stops. 0 rows: log(1/2). m in [low, high]; m
/// outside it is +infinity, since such a mean is impossible.
[[nodiscard]] inline double log_e_value_of_mean(const bounded_mean& state, double m) noexcept {
    const double at = state.unit_of(m);
    if (!(at >= 0 && at <= 1)) return std::numeric_limits<double>::infinity();
    const double n = static_cast<double>(state.rows());
    const double sum = state.unit_sum(), squares = state.unit_squares();
    return std::max(detail::log_evidence_above(at, n, sum, squares),
                    detail::log_evidence_below(at, n, sum, squares)) -
           std::log(2.0);
}

/// Mean of a bounded quantity with a confidence sequence: the values' unit, within their range.
///
/// Interval: every m that log_e_value_of_mean does not refuse at 1 - confidence. With that
/// probability it holds the mean at *every* look: after each row, at pane ends, at a moment chosen
/// because of what was seen. It needs, and this is all it needs, that each row's expectation given
/// the rows before is the same mean (independent rows of one law are one case), and that a look
/// holds all rows of the looks before it: totals since a start, merged from any shards. It is not
/// valid over a sliding window, nor under drift or correlation. Intersecting the intervals of all
/// looks so far is allowed and keeps the guarantee.
///
/// The width adapts to the variance: 3.6 to 3.8 standard errors a side at 0.95 from some 1,000 rows
/// on, up to 10^7 at least, against 1.96 for one look at a fixed n. The guarantee is no
/// approximation, at any n. Undefined when empty. Cost: two bisections, about 30 us. Thread rule: a
/// pure function.
/// Sources: S. Howard, A. Ramdas, J. McAuliffe, J. Sekhon, "Time-uniform, nonparametric,
/// nonasymptotic confidence sequences", Ann. Stat. 49 (2021); X. Fan, I. Grama, Q. Liu,
/// "Exponential inequalities for martingales with applications", Electron. J. Probab. 20 (2015).
struct always_valid_mean {
    using state_type = bounded_mean;
    static constexpr info_card info{"always_valid_mean", "target"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const bounded_mean& state) const noexcept {
        if (state.rows() == 0) return undefined::empty;
        const double n = static_cast<double>(state.rows());
        const double sum = state.unit_sum(), squares = state.unit_squares();
        const double threshold = std::log(2 / (1 - confidence.level));
        const double lower = detail::lower_mean(n, sum, squares, threshold);
        const double upper =
            1 - detail::lower_mean(n, n - sum, std::max(0.0, n - 2 * sum + squares), threshold);
        const double mean = state.mean();
        return estimate::within(mean, std::min(mean, state.value_at(lower)),
                                std::max(mean, state.value_at(upper)), confidence.level, n);
    }
};

}  // namespace leeway::inline v0
