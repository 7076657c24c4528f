// The share of a constant quantile's pinball loss that predictions do away with.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "leeway/accumulators/error_histograms.hpp"
#include "leeway/accumulators/log_linear_histogram.hpp"
#include "leeway/accumulators/paired_values.hpp"
#include "leeway/accumulators/ratio_sums.hpp"
#include "leeway/accumulators/regression_losses.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"
#include "leeway/metrics/ratio_of_means.hpp"
#include "leeway/metrics/weighted_order.hpp"

namespace leeway::inline v0 {

/// D^2 of the pinball loss, 1 - (pinball loss of the predictions) / (pinball loss of the best
/// constant, the targets' own quantile of that level); at most 1, higher is better, 0 for that
/// constant. Reported as d2_pinball_score_0.9 for level 0.9.
///
/// The constant is one that minimises the loss: every quantile between the two of
/// weighted_order.hpp does, so their choice does not matter. scikit-learn's unweighted form takes
/// an interpolated one instead, which costs more and makes the score better than it is; its
/// weighted form agrees with this. Undefined: empty; too little data for one row; constant target;
/// out of range when a loss overflowed. A level outside (0, 1) raises. Interval: delta method
/// (ratio_of_means.hpp); the quantile's own error does not enter to first order, since the loss is
/// flat there. Cost: O(n log n). Thread rule: a pure function.
///
/// Of error_histograms: *certified*. The loss above is level x (sum of errors > 0) + (1 - level) x
/// (sum of -errors > 0), which are exact. That below is least at some constant c of the cell in
/// which the share `level` of the weight is reached. With every target at the end of its cell that
/// is nearer to c it is piecewise linear in c, so its least value stands at an end of that cell;
/// with every target at the costlier end, any c bounds it from above. Cells end where the targets
/// do. Lower is minus infinity when the table cannot tell the targets from one constant; the value
/// is then upper, else the middle. Confidence is 1: it bounds the histogram's error and not the
/// luck of the sample, with weights that are not whole numbers up to the rounding of the cells.
/// O(cells). of_sample() (bounded_figure.hpp): the ends are the outermost of those at the band's
/// two ends and its middle, with the delta method's standard error at most that of either loss
/// together (Minkowski): which errors belong to which targets the histograms do not say, so it is
/// conservative, and the more so the further the level is from 1/2; none where lower is infinite.
/// Source: R. Koenker, J. Machado, "Goodness of fit and related inference processes for quantile
/// regression", JASA 94 (1999).
struct d2_pinball_score {
    using state_type = paired_values;
    static constexpr info_card info{"d2_pinball_score",
                                    "1",
                                    -std::numeric_limits<double>::infinity(),
                                    1,
                                    orientation::higher_is_better,
                                    "the target is constant, or there is one row"};

    double level{0.5};
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const {
        return std::string(info.name) + '_' + detail::shown(level);
    }
    [[nodiscard]] estimate operator()(const paired_values& state) const {
        const loss::pinball loss{level};
        if (const std::string wrong = loss.defect(); !wrong.empty()) raise(wrong);
        if (state.size() == 0) return undefined::empty;
        if (state.size() < 2)
            return estimate(undefined::too_little_data, state.total_weight().value());
        std::vector<weighted_point> targets;
        targets.reserve(state.size());
        for (std::size_t row = 0; row < state.size(); ++row)
            targets.push_back({state[row].target, state[row].weight});
        const weighted_order order(std::move(targets));
        if (order.points().front().value == order.points().back().value)
            return estimate(undefined::constant_target, order.weight());
        const double constant = order.at_least(level);
        ratio_sums sums;
        for (std::size_t row = 0; row < state.size(); ++row) {
            const regression_outcome pair = state[row];
            sums.add(loss(pair), loss({pair.target, constant}), pair.weight);
        }
        return one_minus_ratio(sums, confidence, info);
    }

    [[nodiscard]] estimate operator()(const error_histograms& state) const {
        const loss::pinball loss{level};
        if (const std::string wrong = loss.defect(); !wrong.empty()) raise(wrong);
        const log_linear_histogram& targets = state.targets();
        const double weight = targets.total();
        if (!(weight > 0)) return undefined::empty;
        if (state.range().rows() < 2) return estimate(undefined::too_little_data, weight);
        const double lowest = state.range().minimum().value();
        const double highest = state.range().maximum().value();
        if (lowest == highest) return estimate(undefined::constant_target, weight);
        const double above =
            level * state.sum_of_positive_errors() + (1 - level) * state.sum_of_negative_errors();
        if (state.infinite() > 0 || !std::isfinite(above) || !std::isfinite(weight))
            return estimate(undefined::out_of_range, weight);
        if (above == 0) return estimate::within(1, 1, 1, 1, weight);

        // Rounding may put the constant into the cell beside its own, where the loss rises by no
        // more than the last term.
        constexpr double epsilon = std::numeric_limits<double>::epsilon();
        const double slack = 1e-12 + 4 * epsilon / (level * (1 - level));
        const loss_below below(targets, lowest, highest, level);
        const double most = below.most() * (1 + slack);
        const double least = below.least() * (1 - slack);
        const double upper = 1 - above / most * (1 - slack);
        if (!(least > 0)) {
            constexpr double infinity = std::numeric_limits<double>::infinity();
            return estimate::within(upper, -infinity, upper, 1, weight);
        }
        const double lower = 1 - above / least * (1 + slack);
        return estimate::within(lower + (upper - lower) / 2, lower, upper, 1, weight);
    }

    [[nodiscard]] estimate of_sample(const error_histograms& state) const {
        const estimate band = (*this)(state);
        if (!band) return band;
        const double rows = band.weight();
        const loss_below below(state.targets(), state.range().minimum().value(),
                               state.range().maximum().value(), level);
        const double least = below.least();
        if (!(least > 0)) return estimate::of(band.value(), rows);
        // The ratio is within the band, and so is what a row adds to its deviation: a - R b over
        // the mean of b.
        const double ratio = 1 - band.lower();
        const double spread = deviation_above(state) + ratio * below.deviation();
        const double error = spread / least * rows / std::sqrt(rows - 1) / std::sqrt(rows);
        double lower = band.lower();
        double upper = band.upper();
        for (const double at : {band.lower(), band.value(), band.upper()}) {
            const estimate by = score_interval(at, error, rows - 1, rows, confidence, info);
            if (!by.has_interval()) return estimate::of(band.value(), rows);
            lower = std::min(lower, by.lower());
            upper = std::max(upper, by.upper());
        }
        return estimate::within(band.value(), lower, upper, confidence.level, rows);
    }

  private:
    /// At most the root of the sum of squared deviations of the predictions' losses. Of their
    /// signs only the sums are known: those on the costlier side have squares of at most the
    /// largest error times their sum.
    [[nodiscard]] double deviation_above(const error_histograms& state) const {
        const log_linear_histogram& errors = state.absolute_errors();
        const auto cells = errors.cells();
        compensated_sum squares;
        double largest = 0;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (cells[i] == 0) continue;
            largest = errors.upper_edge(i);
            squares.add(cells[i] * largest * largest);
        }
        const double positive = state.sum_of_positive_errors();
        const double negative = state.sum_of_negative_errors();
        const double mean_part = level * positive + (1 - level) * negative;
        const double cheap = std::min(level, 1 - level);
        const double dear = std::max(level, 1 - level);
        const double most =
            std::min(squares.value(), largest * (level > 0.5 ? positive : negative));
        const double all = cheap * cheap * squares.value() + (dear * dear - cheap * cheap) * most;
        return std::sqrt(std::max(all - mean_part * mean_part / errors.total(), 0.0));
    }

    /// Bounds of the pinball loss of the best constant for the targets of a histogram.
    class loss_below {
      public:
        loss_below(const log_linear_histogram& targets, double lowest, double highest, double level)
            : targets_(targets), lowest_(lowest), highest_(highest), level_(level) {
            const double rank = level * targets.total();
            compensated_sum reached;
            const auto cells = targets.cells();
            for (std::size_t i = 0; i < cells.size() && reached.value() < rank; ++i) {
                if (cells[i] > 0) middle_ = i;
                reached.add(cells[i]);
            }
        }

        [[nodiscard]] double least() const {
            return std::min(least_at(low(middle_)), least_at(high(middle_)));
        }
        [[nodiscard]] double most() const {
            const double from = low(middle_);
            const double to = high(middle_);
            return std::min({most_at(from), most_at(to), most_at(from + (to - from) / 2)});
        }

        /// At most the root of the sum of squared deviations of the losses.
        [[nodiscard]] double deviation() const {
            const auto cells = targets_.cells();
            const double from = low(middle_);
            const double to = high(middle_);
            compensated_sum rows, sum, squares, open;
            for (std::size_t i = 0; i < cells.size(); ++i) {
                if (cells[i] == 0) continue;
                const double least = i < middle_   ? (1 - level_) * (from - high(i))
                                     : i > middle_ ? level_ * (low(i) - to)
                                                   : 0.0;
                const double most =
                    std::max((1 - level_) * (to - low(i)), level_ * (high(i) - from));
                const double half = (most - std::max(least, 0.0)) / 2;
                const double middle = most - half;
                rows.add(cells[i]);
                sum.add(cells[i] * middle);
                squares.add(cells[i] * middle * middle);
                open.add(cells[i] * half * half);
            }
            const double mean_part = sum.value() / rows.value() * sum.value();
            return std::sqrt(std::max(squares.value() - mean_part, 0.0)) + std::sqrt(open.value());
        }

      private:
        [[nodiscard]] double low(std::size_t cell) const {
            return std::clamp(targets_.lower_edge(cell), lowest_, highest_);
        }
        [[nodiscard]] double high(std::size_t cell) const {
            return std::clamp(targets_.upper_edge(cell), lowest_, highest_);
        }
        [[nodiscard]] double least_at(double c) const {
            compensated_sum sum;
            const auto cells = targets_.cells();
            for (std::size_t i = 0; i < cells.size(); ++i) {
                if (cells[i] == 0 || i == middle_) continue;
                sum.add(cells[i] *
                        (i < middle_ ? (1 - level_) * (c - high(i)) : level_ * (low(i) - c)));
            }
            return sum.value();
        }
        [[nodiscard]] double most_at(double c) const {
            compensated_sum sum;
            const auto cells = targets_.cells();
            for (std::size_t i = 0; i < cells.size(); ++i) {
                if (cells[i] == 0) continue;
                sum.add(cells[i] * std::max((1 - level_) * (c - low(i)), level_ * (high(i) - c)));
            }
            return sum.value();
        }

        const log_linear_histogram& targets_;
        double lowest_;
        double highest_;
        double level_;
        std::size_t middle_{0};
    };
};

}  // namespace leeway::inline v0
