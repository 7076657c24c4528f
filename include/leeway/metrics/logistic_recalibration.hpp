// The logistic regression of labels on the logits of their predicted probabilities: what
// calibration slope, intercept and calibration in the large are read from.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// logit P(label 1) = intercept + slope logit(score), by maximum likelihood, with large-sample
/// standard errors (rows by Kish when weighted): from the inverse information, and with the slope
/// held at 1, where the model need not hold, from the residuals (P. Huber, "The behavior of maximum
/// likelihood estimates under nonstandard conditions", Fifth Berkeley Symposium, 1967).
///
/// Undefined: empty; one class; out of range, when a score is not inside (0, 1), where the logit is
/// infinite; zero denominator, when all scores are equal (free slope only); too little data, when a
/// threshold separates the classes, so that no finite slope is the likeliest (free slope only).
/// Newton's method with step halving on standardised logits. Cost: O(rows) a step, some 5 to 10 of
/// them; 16 bytes a row.
struct logistic_recalibration {
    double intercept{0};
    double slope{1};
    double intercept_error{0};
    double slope_error{0};
    double weight{0};
    std::optional<undefined> reason{};

    [[nodiscard]] static logistic_recalibration of(const scored_outcomes& state,
                                                   bool free_slope = true) {
        logistic_recalibration fit;
        std::vector<row> rows;
        rows.reserve(state.size());
        compensated_sum total, squares, first, positive;
        bool in_range = true;
        for (std::size_t i = 0; i < state.size(); ++i) {
            const double score = state.scores()[i];
            const double weight = state.weights().empty() ? 1.0 : state.weights()[i];
            in_range = in_range && score > 0 && score < 1;
            rows.push_back({std::log(score) - std::log1p(-score), weight, state.labels()[i] == 1});
            total.add(weight);
            squares.add(weight * weight);
            if (rows.back().positive) positive.add(weight);
        }
        fit.weight = total.value();
        if (rows.empty()) return fit.because(undefined::empty);
        if (!in_range) return fit.because(undefined::out_of_range);
        const double effective = effective_rows(fit.weight, squares.value());
        const double share = positive.value() / fit.weight;
        if (!(share > 0 && share < 1)) return fit.because(undefined::one_class);

        double mean = 0, scale = 1;
        if (free_slope) {
            if (const auto reason = slope_missing(rows)) return fit.because(*reason);
            for (const row& one : rows) first.add(one.weight * one.x);
            mean = first.value() / fit.weight;
            compensated_sum spread;
            for (const row& one : rows) spread.add(one.weight * (one.x - mean) * (one.x - mean));
            scale = std::sqrt(spread.value() / fit.weight);
            if (!(scale > 0)) return fit.because(undefined::zero_denominator);
        }
        for (row& one : rows) {
            one.x = (one.x - mean) / scale;
            one.weight /= fit.weight;
        }
        return fit.solve(rows, free_slope, mean, scale, effective, share);
    }

  private:
    struct row {
        double x;
        double weight;
        bool positive;
    };

    /// Mean negative log-likelihood with its derivatives at (a, b).
    struct likelihood {
        double value{0}, da{0}, db{0}, aa{0}, ab{0}, bb{0};

        likelihood(const std::vector<row>& rows, double a, double b) {
            compensated_sum v, ga, gb, haa, hab, hbb;
            for (const row& one : rows) {
                const double logit = a + b * one.x;
                // For label 1 the loss is log(1 + e^-logit), for label 0 log(1 + e^logit).
                const double against = one.positive ? -logit : logit;
                const double e = std::exp(-std::fabs(against));
                v.add(one.weight * (std::max(against, 0.0) + std::log1p(e)));
                const double wrong = against >= 0 ? 1 / (1 + e) : e / (1 + e);
                const double pull = one.weight * (one.positive ? -wrong : wrong);
                const double curve = one.weight * e / ((1 + e) * (1 + e));
                ga.add(pull);
                gb.add(pull * one.x);
                haa.add(curve);
                hab.add(curve * one.x);
                hbb.add(curve * one.x * one.x);
            }
            value = v.value(), da = ga.value(), db = gb.value();
            aa = haa.value(), ab = hab.value(), bb = hbb.value();
        }
    };

    [[nodiscard]] logistic_recalibration because(undefined why) const {
        logistic_recalibration nothing;
        nothing.weight = weight;
        nothing.reason = why;
        return nothing;
    }

    /// In one dimension the likeliest slope is finite exactly when the classes overlap: some
    /// negative lies above a positive, and some positive above a negative.
    [[nodiscard]] static std::optional<undefined> slope_missing(const std::vector<row>& rows) {
        double least[2] = {HUGE_VAL, HUGE_VAL}, largest[2] = {-HUGE_VAL, -HUGE_VAL};
        for (const row& one : rows) {
            least[one.positive ? 1 : 0] = std::min(least[one.positive ? 1 : 0], one.x);
            largest[one.positive ? 1 : 0] = std::max(largest[one.positive ? 1 : 0], one.x);
        }
        if (std::max(largest[0], largest[1]) == std::min(least[0], least[1]))
            return undefined::zero_denominator;
        if (largest[0] <= least[1] || largest[1] <= least[0]) return undefined::too_little_data;
        return std::nullopt;
    }

    [[nodiscard]] logistic_recalibration solve(const std::vector<row>& rows, bool free_slope,
                                               double mean, double scale, double effective,
                                               double share) const {
        double a = free_slope ? std::log(share) - std::log1p(-share) : 0;
        double b = free_slope ? 0 : 1;
        likelihood at(rows, a, b);
        bool converged = false;
        for (int step = 0; step < 200 && !converged; ++step) {
            const double determinant = free_slope ? at.aa * at.bb - at.ab * at.ab : at.aa;
            const double to_a =
                free_slope ? (at.bb * at.da - at.ab * at.db) / determinant : at.da / determinant;
            const double to_b = free_slope ? (at.aa * at.db - at.ab * at.da) / determinant : 0;
            if (!std::isfinite(to_a) || !std::isfinite(to_b)) break;
            // The error after a step is of the order of the step's square.
            converged =
                std::fabs(to_a) + std::fabs(to_b) <= 1e-8 * (1 + std::fabs(a) + std::fabs(b));
            // What a small step gains is less than the rounding of the value.
            const double enough = at.value + 1e-14 * (1 + at.value);
            double length = 1;
            for (; length > 1e-9; length /= 2) {
                const likelihood next(rows, a - length * to_a, b - length * to_b);
                if (next.value <= enough) {
                    a -= length * to_a;
                    b -= length * to_b;
                    at = next;
                    break;
                }
            }
            if (length <= 1e-9) break;
        }
        if (!converged) return because(undefined::too_little_data);
        logistic_recalibration fit = *this;
        if (!free_slope) {
            fit.intercept = a;
            fit.slope = 1;
            // Huber's: with the slope held at a value that need not be right, the labels do not
            // vary as the fitted probabilities say.
            compensated_sum residuals;
            for (const row& one : rows) {
                const double fitted = 1 / (1 + std::exp(-(a + b * one.x)));
                const double residual = (one.positive ? 1.0 : 0.0) - fitted;
                residuals.add(one.weight * residual * residual);
            }
            fit.intercept_error = std::sqrt(residuals.value() / effective) / at.aa;
            return fit;
        }
        // Covariance of (a, b) over effective rows, carried to a - b mean / scale and b / scale.
        const double determinant = (at.aa * at.bb - at.ab * at.ab) * effective;
        const double move = mean / scale;
        fit.slope = b / scale;
        fit.intercept = a - b * move;
        fit.slope_error = std::sqrt(at.aa / determinant) / scale;
        fit.intercept_error =
            std::sqrt((at.bb + 2 * move * at.ab + move * move * at.aa) / determinant);
        return fit;
    }
};

}  // namespace leeway::inline v0
