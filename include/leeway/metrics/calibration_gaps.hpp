// The gap between predicted and observed in each bin, and how much of it can be chance: what the
// calibration errors share.
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>
#include <vector>

#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// One bin that has rows.
struct calibration_gap {
    double share{0};       ///< of the weight of all bins
    double mean_score{0};  ///< mean predicted probability
    double rate{0};        ///< observed share of label 1
    double rows{0};        ///< effective rows (Kish)

    /// mean_score - rate: above 0 where the model promises too much.
    [[nodiscard]] double gap() const noexcept { return mean_score - rate; }
    /// The variance of the rate, with z^2 rows added, half of them positive (Agresti and Coull):
    /// the plain form claims certainty for a bin whose labels happen to be alike.
    [[nodiscard]] double variance(double z) const noexcept {
        const double drawn = (rate * rows + z * z / 2) / (rows + z * z);
        return drawn * (1 - drawn) / rows;
    }
};

/// The bins with rows, in order, and what they come to.
///
/// The functions below are intervals of a figure over the bins' true distances d_b from observed
/// ones. Write S for observed and s for true values. A distance of the whole, |S|, is never below
/// the projection of S on the direction of s, and never further from |s| than |S - s|. So the true
/// figure exceeds the observed one only by a single normal deviate, while the observed one, which
/// chance can only lengthen, exceeds the true one by at most the length of the noise; that is, by
/// Gaussian concentration, its mean and z times the deviation of its most variable direction, at
/// most. Both ends fail with probability (1 - level) / 2 or less, so the intervals are
/// conservative where calibration is good, and reach 0 there. Source: C. Borell, "The
/// Brunn-Minkowski inequality in Gauss space", Inventiones Mathematicae 30 (1975).
struct calibration_gaps {
    std::vector<calibration_gap> bins;
    double weight{0};
    double rows{0};  ///< effective, of all bins together
    double mean_score{0};
    double rate{0};

    [[nodiscard]] static calibration_gaps of(const calibration_bins& state) {
        return of(state.bins());
    }
    [[nodiscard]] static calibration_gaps of(std::span<const calibration_bin> state) {
        calibration_gaps all;
        compensated_sum weight, squares, scores, labels;
        for (const calibration_bin& bin : state) {
            weight.add(bin.weight);
            squares.add(bin.sum_squared_weight);
            scores.add(bin.sum_score);
            labels.add(bin.sum_label);
        }
        all.weight = weight.value();
        if (!(all.weight > 0)) return all;
        all.rows = effective_rows(all.weight, squares.value());
        all.mean_score = std::min(1.0, scores.value() / all.weight);
        all.rate = std::min(1.0, labels.value() / all.weight);
        for (const calibration_bin& bin : state) {
            if (!(bin.weight > 0)) continue;
            // Means of numbers up to 1, but for rounding.
            all.bins.push_back({bin.weight / all.weight, std::min(1.0, bin.sum_score / bin.weight),
                                std::min(1.0, bin.sum_label / bin.weight),
                                effective_rows(bin.weight, bin.sum_squared_weight)});
        }
        return all;
    }

    /// sum_b share_b |gap_b|, with its interval; undefined when empty.
    [[nodiscard]] estimate mean_gap(confidence_level confidence, const info_card& info) const {
        if (!(weight > 0)) return undefined::empty;
        compensated_sum sum;
        for (const calibration_gap& bin : bins) sum.add(bin.share * std::fabs(bin.gap()));
        return mean_interval(sum.value(), confidence, info);
    }

    /// max_b |gap_b|, with its interval (maximum_calibration_error.hpp); undefined when empty.
    [[nodiscard]] estimate largest_gap(confidence_level confidence) const {
        if (!(weight > 0)) return undefined::empty;
        // The mean of the largest of K absolute normal deviates is below sqrt(2 log(2 K)), and its
        // spread about that is no more than one deviate's.
        confidence_level for_all = confidence;
        for_all.critical += std::sqrt(2 * std::log(2 * static_cast<double>(bins.size())));
        double value = 0, lower = 0, upper = 0;
        for (const calibration_gap& bin : bins) {
            const estimate one = wilson_interval(bin.rate, bin.rows, weight, confidence);
            const estimate each = wilson_interval(bin.rate, bin.rows, weight, for_all);
            value = std::max(value, std::fabs(bin.gap()));
            lower = std::max({lower, bin.mean_score - each.upper(), each.lower() - bin.mean_score});
            upper = std::max({upper, bin.mean_score - one.lower(), one.upper() - bin.mean_score});
        }
        return estimate::within(value, std::min(lower, value), std::max(upper, value),
                                confidence.level, weight);
    }

    /// sqrt(sum_b share_b gap_b^2), with its interval; undefined when empty.
    [[nodiscard]] estimate root_mean_squared_gap(confidence_level confidence,
                                                 const info_card& info) const {
        if (!(weight > 0)) return undefined::empty;
        compensated_sum squares;
        for (const calibration_gap& bin : bins) squares.add(bin.share * bin.gap() * bin.gap());
        return norm_interval(std::sqrt(squares.value()), confidence, info,
                             [](const calibration_gap& bin) { return bin.gap(); });
    }

    /// The interval of sum_b share_b |gap_b| about `value`.
    [[nodiscard]] estimate mean_interval(double value, confidence_level confidence,
                                         const info_card& info) const {
        compensated_sum deviations, variances;
        for (const calibration_gap& bin : bins) {
            const double gap = bin.gap();
            // The labels' part, and that of how many rows fall into the bin.
            const double variance = bin.share * bin.share * bin.variance(confidence.critical) +
                                    bin.share * (1 - bin.share) * gap * gap / rows;
            deviations.add(std::sqrt(variance));
            variances.add(variance);
        }
        const double normal = confidence.critical * std::sqrt(variances.value());
        // E |N(0, s^2)| = s sqrt(2 / pi)
        const double noise =
            deviations.value() * std::numbers::sqrt2 * std::numbers::inv_sqrtpi + normal;
        return ends(value, value - noise, value + normal, confidence, info);
    }

    /// The interval of sqrt(sum_b share_b d_b^2) about `value`, its observed figure; `distance` is
    /// d_b of a bin.
    template <class Distance>
    [[nodiscard]] estimate norm_interval(double value, confidence_level confidence,
                                         const info_card& info, Distance distance) const {
        double widest = 0;
        compensated_sum variances, squares, fourths;
        for (const calibration_gap& bin : bins) {
            const double variance = bin.share * bin.variance(confidence.critical);
            const double square = distance(bin) * distance(bin);
            variances.add(variance);
            widest = std::max(widest, variance);
            squares.add(bin.share * square);
            fourths.add(bin.share * square * square);
        }
        // How many rows fall into each bin moves sum share d^2 too: (mean d^4 - (mean d^2)^2) / n,
        // and its root by that over 4 mean d^2.
        const double mean = squares.value();
        if (mean > 0) {
            widest += std::max(0.0, fourths.value() - mean * mean) / (4 * mean * rows);
        }
        const double normal = confidence.critical * std::sqrt(widest);
        return ends(value, value - std::sqrt(variances.value()) - normal, value + normal,
                    confidence, info);
    }

  private:
    [[nodiscard]] estimate ends(double value, double lower, double upper,
                                confidence_level confidence, const info_card& info) const {
        return estimate::within(value, std::min(value, std::max(lower, info.lowest)),
                                std::max(value, std::min(upper, info.highest)), confidence.level,
                                weight);
    }
};

}  // namespace leeway::inline v0
