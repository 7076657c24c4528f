// The share of the median's absolute error that predictions do away with.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "leeway/accumulators/error_histograms.hpp"
#include "leeway/accumulators/log_linear_histogram.hpp"
#include "leeway/accumulators/paired_values.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/d2_pinball_score.hpp"

namespace leeway::inline v0 {

/// D^2 of the absolute error, 1 - sum w |target - prediction| / sum w |target - median target|; at
/// most 1, higher is better, 0 for the median as prediction. R squared with absolute errors.
///
/// Of paired_values it is d2_pinball_score at level 1/2: undefined, interval and cost are its.
///
/// Of error_histograms: *certified*. The sum below the line is least at some constant c of the
/// cell in which half of the weight is reached. With every target at the end of its cell that is
/// nearer to c the sum is piecewise linear in c, so its least value stands at an end of that cell;
/// with every target at the farther end, any c bounds it from above. Cells end where the targets
/// do. Lower is minus infinity when the table cannot tell the targets from one constant; the value
/// is then upper, else the middle. Confidence is 1: it bounds the histogram's error and not the
/// luck of the sample, with weights that are not whole numbers up to the rounding of the cells.
/// O(cells). Thread rule: a pure function.
struct d2_absolute_error_score {
    using state_type = paired_values;
    static constexpr info_card info{"d2_absolute_error_score",
                                    "1",
                                    -std::numeric_limits<double>::infinity(),
                                    1,
                                    orientation::higher_is_better,
                                    "the target is constant, or there is one row"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const paired_values& state) const {
        return d2_pinball_score{0.5, confidence}(state);
    }

    [[nodiscard]] estimate operator()(const error_histograms& state) const {
        const log_linear_histogram& targets = state.targets();
        const double weight = targets.total();
        if (!(weight > 0)) return undefined::empty;
        if (state.range().rows() < 2) return estimate(undefined::too_little_data, weight);
        const double lowest = state.range().minimum().value();
        const double highest = state.range().maximum().value();
        if (lowest == highest) return estimate(undefined::constant_target, weight);
        const double above = state.sum_of_absolute_errors();
        if (state.infinite() > 0 || !std::isfinite(above))
            return estimate(undefined::out_of_range, weight);

        const auto cells = targets.cells();
        const auto low = [&](std::size_t cell) {
            return std::clamp(targets.lower_edge(cell), lowest, highest);
        };
        const auto high = [&](std::size_t cell) {
            return std::clamp(targets.upper_edge(cell), lowest, highest);
        };
        std::size_t middle = 0;
        double reached = 0;
        for (std::size_t i = 0; i < cells.size() && reached < weight / 2; ++i) {
            if (cells[i] > 0) middle = i;
            reached += cells[i];
        }
        const auto least_at = [&](double c) {
            compensated_sum sum;
            for (std::size_t i = 0; i < cells.size(); ++i) {
                if (cells[i] == 0 || i == middle) continue;
                sum.add(cells[i] * (i < middle ? c - high(i) : low(i) - c));
            }
            return sum.value();
        };
        const auto most_at = [&](double c) {
            compensated_sum sum;
            for (std::size_t i = 0; i < cells.size(); ++i) {
                if (cells[i] > 0) sum.add(cells[i] * std::max(c - low(i), high(i) - c));
            }
            return sum.value();
        };
        const double from = low(middle);
        const double to = high(middle);
        const double least = std::min(least_at(from), least_at(to)) * (1 - slack);
        const double most =
            std::min({most_at(from), most_at(to), most_at(from + (to - from) / 2)}) * (1 + slack);
        if (above == 0) return estimate::within(1, 1, 1, 1, weight);
        const double upper = 1 - above / most * (1 - slack);
        if (!(least > 0)) {
            constexpr double infinity = std::numeric_limits<double>::infinity();
            return estimate::within(upper, -infinity, upper, 1, weight);
        }
        const double lower = 1 - above / least * (1 + slack);
        return estimate::within(lower + (upper - lower) / 2, lower, upper, 1, weight);
    }

  private:
    static constexpr double slack = 1e-12;  ///< for the rounding of either form
};

}  // namespace leeway::inline v0
