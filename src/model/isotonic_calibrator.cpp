#include "leeway/model/isotonic_calibrator.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "calibration_rows.hpp"

namespace leeway::inline v0 {

isotonic_calibrator isotonic_calibrator::fit(std::span<const double> scores,
                                             std::span<const double> labels,
                                             std::span<const double> weights) {
    auto rows =
        detail::calibration_rows("isotonic_calibrator::fit", scores, labels, weights, false);
    std::sort(rows.begin(), rows.end(),
              [](const auto& a, const auto& b) { return a.score < b.score; });

    struct block {
        double first;
        double last;
        double weight;
        double positive;
        [[nodiscard]] double value() const { return positive / weight; }
    };
    std::vector<block> blocks;
    for (std::size_t i = 0; i < rows.size();) {
        block added{rows[i].score, rows[i].score, 0, 0};
        for (; i < rows.size() && rows[i].score == added.first; ++i) {
            added.weight += rows[i].weight;
            added.positive += rows[i].weight * rows[i].label;
        }
        // Blocks before it that are as high are one with it.
        while (!blocks.empty() && blocks.back().value() >= added.value()) {
            added.first = blocks.back().first;
            added.weight += blocks.back().weight;
            added.positive += blocks.back().positive;
            blocks.pop_back();
        }
        blocks.push_back(added);
    }

    isotonic_calibrator made;
    made.rows_used_ = rows.size();
    for (const block& one : blocks) {
        const double value = std::min(1.0, one.value());
        made.scores_.push_back(one.first);
        made.probabilities_.push_back(value);
        if (one.last > one.first) {
            made.scores_.push_back(one.last);
            made.probabilities_.push_back(value);
        }
    }
    return made;
}

double isotonic_calibrator::operator()(double score) const noexcept {
    if (scores_.empty() || std::isnan(score)) return std::numeric_limits<double>::quiet_NaN();
    const auto above = std::upper_bound(scores_.begin(), scores_.end(), score);
    if (above == scores_.begin()) return probabilities_.front();
    if (above == scores_.end()) return probabilities_.back();
    const auto at = static_cast<std::size_t>(above - scores_.begin());
    const double low = probabilities_[at - 1];
    const double high = probabilities_[at];
    const double from = scores_[at - 1], to = scores_[at];
    // Corners may be so far apart that their distance overflows; its half does not.
    const double share = std::isfinite(to - from) ? (score - from) / (to - from)
                                                  : (score / 2 - from / 2) / (to / 2 - from / 2);
    // Rounding must not lead past the next corner: the function does not fall.
    return std::min(high, low + (high - low) * share);
}

std::string isotonic_calibrator::defect() const {
    if (scores_.size() != probabilities_.size())
        return "isotonic_calibrator: scores and probabilities of different lengths";
    for (std::size_t i = 0; i < scores_.size(); ++i) {
        if (!std::isfinite(scores_[i]) || (i > 0 && !(scores_[i] > scores_[i - 1])))
            return "isotonic_calibrator: the scores do not ascend";
        if (!(probabilities_[i] >= (i > 0 ? probabilities_[i - 1] : 0) && probabilities_[i] <= 1))
            return "isotonic_calibrator: the probabilities do not ascend within 0 to 1";
    }
    return {};
}

}  // namespace leeway::inline v0
