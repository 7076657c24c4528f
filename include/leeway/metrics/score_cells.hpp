// A score table as points of a curve: what the certified bounds of the curve metrics are read from.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "leeway/accumulators/score_table.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

/// The cells of a score_table that hold something, from the highest scores to the lowest, after a
/// first point (infinity, 0, 0): point i is the threshold at the lower edge of cell i.
///
/// The exact curve passes through every point. Between two of them it is known to rise, and no
/// more: a threshold inside cell i lets through between points()[i - 1] and points()[i] of either
/// class. Each certified metric is the least and the largest figure that this allows.
///
/// A metric of curves takes a `const score_cells&`; a score_table converts, so it can be asked of
/// either. Sums of weights of any number of digits are rounded, in the cells and in the exact
/// curve: `slack()` is what a comparison of the two must allow. It is 0 where nothing was rounded,
/// as for whole numbers up to 2^40. Cost: O(cells) once, 32 bytes a cell that holds something.
/// Thread rule: read-only once made.
class score_cells {
  public:
    /// Not explicit: whatever takes cells takes the table.
    score_cells(const score_table& table) {
        const auto positive = table.positives().cells();
        const auto negative = table.negatives().cells();
        points_.push_back({std::numeric_limits<double>::infinity(), 0, 0});
        upper_edges_.push_back(std::numeric_limits<double>::infinity());
        compensated_sum positives;
        compensated_sum negatives;
        int finest = std::numeric_limits<int>::max();
        for (std::size_t cell = positive.size(); cell-- > 0;) {
            const double p = positive[cell];
            const double n = negative[cell];
            if (p == 0 && n == 0) continue;
            finest = std::min({finest, last_bit(p), last_bit(n)});
            positives.add(p);
            negatives.add(n);
            points_.push_back(
                {table.layout().lower_edge(cell), positives.value(), negatives.value()});
            upper_edges_.push_back(table.layout().upper_edge(cell));
        }
        // Sums of few bits never rounded. Rounded ones use all 53 of theirs, but for one in 2^13.
        const bool exact =
            points_.size() == 1 || (std::isfinite(total()) && std::ilogb(total()) - finest < 40);
        slack_ = exact ? 0 : 1e-12;
    }

    /// The first is (infinity, 0, 0); the threshold of another is its cell's lower edge, which is
    /// minus infinity for the lowest cell of a layout.
    [[nodiscard]] std::span<const score_point> points() const noexcept { return points_; }
    /// Where the cell of point i ends: infinity for the highest cell of a layout.
    [[nodiscard]] double upper_edge(std::size_t i) const noexcept { return upper_edges_[i]; }

    /// Weight of each class.
    [[nodiscard]] double positives() const noexcept { return points_.back().positives; }
    [[nodiscard]] double negatives() const noexcept { return points_.back().negatives; }
    [[nodiscard]] double total() const noexcept { return positives() + negatives(); }

    /// Relative rounding by which the exact curve's weights may differ from those of these points.
    [[nodiscard]] double slack() const noexcept { return slack_; }

  private:
    /// The exponent of the last bit that is set; that of 0 is larger than any, and so is that of a
    /// sum that overflowed.
    [[nodiscard]] static int last_bit(double weight) noexcept {
        if (!(weight > 0 && std::isfinite(weight))) return std::numeric_limits<int>::max();
        int exponent = 0;
        const double digits = std::ldexp(std::frexp(weight, &exponent), 53);  // a whole number
        return exponent - 53 + std::countr_zero(static_cast<std::uint64_t>(digits));
    }

    std::vector<score_point> points_;
    std::vector<double> upper_edges_;
    double slack_{0};
};

}  // namespace leeway::inline v0
