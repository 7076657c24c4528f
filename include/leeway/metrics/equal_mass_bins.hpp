// Rows in order of their scores, cut into bins of one weight.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

/// What the calibration errors over bins of equal mass are read from: the rows in order of their
/// scores, cut where W / bins of the weight is reached.
///
/// Rows of one score stay together, in the bin of the middle of their weight (a middle within 1e-12
/// of a cut is past it), so that the order of rows does not matter; some bins may be empty then. A
/// number of bins outside 1 to 65536 raises in the name of `who` asks. Cost: that of a score_curve.
/// Thread rule: read-only once made.
class equal_mass_bins {
  public:
    equal_mass_bins(const scored_outcomes& rows, std::size_t bins, std::string_view who) {
        if (bins < 1 || bins > calibration_bins::most_bins)
            raise_invalid(who, "bins", bins, "1 to 65536");
        const score_curve curve(rows);
        const auto points = curve.points();
        weight_ = curve.total();
        beyond_ = points.size() > 1 && !(points[1].threshold <= 1 && points.back().threshold >= 0);
        if (beyond_) return;

        std::vector<sums> cells(bins);
        for (std::size_t i = points.size(); --i > 0;) {
            const double score = points[i].threshold;
            const double above = points[i - 1].positives + points[i - 1].negatives;
            const double own = points[i].positives + points[i].negatives - above;
            const double middle = (weight_ - above - own / 2) / weight_;
            const double place = middle * static_cast<double>(bins) * (1 + 1e-12);
            // Past the end by rounding, or no number when the weights overflow: the last.
            sums& cell = cells[place < static_cast<double>(bins) ? static_cast<std::size_t>(place)
                                                                 : bins - 1];
            const class_squares squares = curve.squares_at(i);
            cell.weight.add(own);
            cell.score.add(own * score);
            cell.label.add(points[i].positives - points[i - 1].positives);
            cell.squares.add(squares.positives + squares.negatives);
        }
        bins_.reserve(bins);
        for (const sums& cell : cells) {
            bins_.push_back({cell.weight.value(), cell.score.value(), cell.label.value(),
                             cell.squares.value()});
        }
    }

    /// In order of the scores; none where beyond().
    [[nodiscard]] std::span<const calibration_bin> bins() const noexcept { return bins_; }
    /// Of all rows.
    [[nodiscard]] double weight() const noexcept { return weight_; }
    /// Whether a score is outside [0, 1].
    [[nodiscard]] bool beyond() const noexcept { return beyond_; }

  private:
    struct sums {
        compensated_sum weight, score, label, squares;
    };

    std::vector<calibration_bin> bins_;
    double weight_{0};
    bool beyond_{false};
};

}  // namespace leeway::inline v0
