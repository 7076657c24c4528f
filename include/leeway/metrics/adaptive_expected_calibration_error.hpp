// The expected calibration error over bins of equal weight.
#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
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
/// raises. Cost: O(n log n); 16 bytes a row. Thread rule: a pure function. Source: K. Nguyen, B.
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
        const auto scores = state.scores();
        const auto weight_of = [&](std::size_t row) {
            return state.weights().empty() ? 1.0 : state.weights()[row];
        };
        compensated_sum all;
        bool in_range = true;
        for (std::size_t row = 0; row < scores.size(); ++row) {
            all.add(weight_of(row));
            in_range = in_range && scores[row] >= 0 && scores[row] <= 1;
        }
        const double weight = all.value();
        if (!in_range) return estimate(undefined::out_of_range, weight);

        std::vector<std::size_t> order(scores.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::sort(order.begin(), order.end(),
                  [&](std::size_t a, std::size_t b) { return scores[a] < scores[b]; });
        std::vector<sums> cells(bins);
        compensated_sum below;
        for (std::size_t from = 0, to = 0; from < order.size(); from = to) {
            compensated_sum own;
            for (; to < order.size() && scores[order[to]] == scores[order[from]]; ++to)
                own.add(weight_of(order[to]));
            const double middle = (below.value() + own.value() / 2) / weight;
            const double place = middle * static_cast<double>(bins) * (1 + 1e-12);
            // Past the end by rounding, or no number when the weights overflow: the last.
            sums& cell = cells[place < static_cast<double>(bins) ? static_cast<std::size_t>(place)
                                                                 : bins - 1];
            for (std::size_t i = from; i < to; ++i) {
                const double w = weight_of(order[i]);
                cell.weight.add(w);
                cell.score.add(w * scores[order[i]]);
                cell.label.add(w * state.labels()[order[i]]);
                cell.squares.add(w * w);
            }
            below.merge(own);
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
