// The expected calibration error over bins of equal weight.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/calibration_gaps.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

/// Expected calibration error, sum_b (w_b / W) |mean score - positive rate|, over bins of equal
/// mass: the rows in order of their scores, cut where W / bins of the weight is reached. In [0, 1],
/// lower is better. Key: adaptive_expected_calibration_error_10 for 10 bins.
///
/// Where scores crowd at one end, as for rare events, it looks closely where the rows are; bins of
/// equal width put nearly all of them into one. Rows of one score stay together, in the bin of the
/// middle of their weight (a middle within 1e-12 of a cut is past it), so that the order of rows
/// does not matter; some bins may be empty then.
///
/// Undefined: empty; out of range, when a score is outside [0, 1]. Interval: of the true error over
/// these bins, conservative and not centred (calibration_gaps.hpp). `bins` outside 1 to 65536
/// raises. Cost: that of a score_curve. Thread rule: a pure function. Source: K. Nguyen, B.
/// O'Connor, "Posterior calibration and exploratory analysis for natural language processing
/// models", EMNLP (2015).
struct adaptive_expected_calibration_error {
    using state_type = scored_outcomes;
    static constexpr info_card info{"adaptive_expected_calibration_error",
                                    "1",
                                    0,
                                    1,
                                    orientation::lower_is_better,
                                    "a score is outside 0 to 1"};

    std::size_t bins{10};
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const {
        return std::string(info.name) + "_" + std::to_string(bins);
    }

    [[nodiscard]] estimate operator()(const scored_outcomes& state) const {
        if (bins < 1 || bins > calibration_bins::most_bins)
            raise_invalid(info.name, "bins", bins, "1 to 65536");
        const score_curve curve(state);
        const auto points = curve.points();
        const double weight = curve.total();
        if (points.size() > 1 && !(points[1].threshold <= 1 && points.back().threshold >= 0))
            return estimate(undefined::out_of_range, weight);

        std::vector<sums> cells(bins);
        for (std::size_t i = points.size(); --i > 0;) {
            const double score = points[i].threshold;
            const double above = points[i - 1].positives + points[i - 1].negatives;
            const double own = points[i].positives + points[i].negatives - above;
            const double middle = (weight - above - own / 2) / weight;
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
        std::vector<calibration_bin> filled;
        filled.reserve(bins);
        for (const sums& cell : cells) {
            filled.push_back({cell.weight.value(), cell.score.value(), cell.label.value(),
                              cell.squares.value()});
        }
        return calibration_gaps::of(filled).mean_gap(confidence, info);
    }

  private:
    struct sums {
        compensated_sum weight, score, label, squares;
    };
};

}  // namespace leeway::inline v0
