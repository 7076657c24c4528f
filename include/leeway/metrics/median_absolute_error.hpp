// The median of the absolute errors.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

#include "leeway/accumulators/error_histograms.hpp"
#include "leeway/accumulators/log_linear_histogram.hpp"
#include "leeway/accumulators/paired_values.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/core/weight_sum.hpp"
#include "leeway/metrics/interval.hpp"
#include "leeway/metrics/weighted_order.hpp"

namespace leeway::inline v0 {

/// Median absolute error, the weighted median of |target - prediction|, in the target's unit; at
/// least 0, lower is better. Half of the errors may be as wild as they like.
///
/// Where exactly half of the weight lies at or below an error, it is the mean of that error and the
/// next (weighted_order.hpp), so unit weights and no weights agree. Undefined: empty; out of range
/// when the median error overflowed.
///
/// Of paired_values: exact, O(n log n). Interval: the errors at the levels 1/2 +- z / (2 sqrt(n)),
/// n Kish's effective rows: order statistics, free of any distribution; none for n up to z^2.
///
/// Of a log_linear_histogram of the absolute errors: *certified*. The exact median lies between
/// lower and upper, the ends of its cell (confidence 1), with weights that are not whole numbers up
/// to the rounding of the cells. Bounded memory, O(cells). It bounds the histogram's error and not
/// the luck of the sample. of_sample() (bounded_figure.hpp): the interval above, each end read from
/// the side of its cell that holds. Thread rule: a pure function.
/// Source of the interval: W. Conover, "Practical Nonparametric Statistics", 3rd ed. (1999),
/// section 3.2; R. Woodruff, "Confidence intervals for medians and other position measures", JASA
/// 47 (1952).
struct median_absolute_error {
    using state_type = paired_values;
    static constexpr info_card info{
        "median_absolute_error",      "target", 0, std::numeric_limits<double>::infinity(),
        orientation::lower_is_better, ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const paired_values& state) const {
        if (state.size() == 0) return undefined::empty;
        std::vector<weighted_point> errors;
        errors.reserve(state.size());
        for (std::size_t row = 0; row < state.size(); ++row) {
            const regression_outcome pair = state[row];
            errors.push_back({std::fabs(pair.target - pair.prediction), pair.weight});
        }
        const weighted_order order(std::move(errors));
        const weight_sum weights = state.total_weight();
        const double weight = weights.value();
        const double value = order.middle(0.5);
        if (!std::isfinite(value)) return estimate(undefined::out_of_range, weight);
        const double reach =
            confidence.critical / (2 * std::sqrt(effective_rows(weight, weights.squares())));
        if (!(reach < 0.5))
            return estimate::without_interval(value, undefined::too_little_data, weight);
        const double upper = order.above(0.5 + reach);
        if (!std::isfinite(upper)) return estimate::of(value, weight);
        return estimate::within(value, order.at_least(0.5 - reach), upper, confidence.level,
                                weight);
    }

    [[nodiscard]] estimate operator()(const log_linear_histogram& absolute_errors) const {
        const double weight = absolute_errors.total();
        if (!(weight > 0)) return undefined::empty;
        const auto cells = absolute_errors.cells();
        double reached = 0;
        std::size_t first = cells.size();
        std::size_t second = cells.size();
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (cells[i] == 0) continue;
            reached += cells[i];
            second = i;
            if (first == cells.size() && reached >= weight / 2) first = i;
            if (reached > weight / 2) break;
        }
        if (first == cells.size()) first = second;  // the sum of the cells rounded down
        const auto low = [&](std::size_t cell) {
            return std::max(absolute_errors.lower_edge(cell), 0.0);
        };
        const double lower = (low(first) + low(second)) / 2;
        const double upper =
            (absolute_errors.upper_edge(first) + absolute_errors.upper_edge(second)) / 2;
        // An outer cell has no upper end: its lower one is then all there is to say.
        const double value = std::isfinite(upper) ? lower + (upper - lower) / 2 : lower;
        return estimate::within(value, lower, upper, 1, weight);
    }
    /// The same of the absolute errors in it.
    [[nodiscard]] estimate operator()(const error_histograms& state) const {
        return (*this)(state.absolute_errors());
    }

    [[nodiscard]] estimate of_sample(const error_histograms& state) const {
        const log_linear_histogram& errors = state.absolute_errors();
        const estimate band = (*this)(errors);
        if (!band) return band;
        const double reach = confidence.critical / (2 * std::sqrt(band.weight()));
        if (!(reach < 0.5)) {
            return estimate::without_interval(band.value(), undefined::too_little_data,
                                              band.weight());
        }
        const auto cells = errors.cells();
        const double slack = 1e-12;  // of the sums: at worst the next cell
        const double from = (0.5 - reach) * (1 - slack) * band.weight();
        const double to = (0.5 + reach) * (1 + slack) * band.weight();
        double reached = 0, lower = 0, upper = 0;
        for (std::size_t i = 0; i < cells.size() && !(reached > to); ++i) {
            if (cells[i] == 0) continue;
            if (reached < from) lower = std::max(errors.lower_edge(i), 0.0);
            reached += cells[i];
            upper = errors.upper_edge(i);
        }
        if (!std::isfinite(upper)) return estimate::of(band.value(), band.weight());
        return estimate::within(band.value(), lower, upper, confidence.level, band.weight());
    }
};

}  // namespace leeway::inline v0
