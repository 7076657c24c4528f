// A confusion matrix as shares, each with its interval.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/class_ratio.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// What a cell of a confusion matrix is a share of.
enum class share_of : std::uint8_t {
    label,       ///< the rows with its label: recall is on the diagonal
    prediction,  ///< the rows with its prediction: precision is on the diagonal
    all          ///< all rows
};

/// The cells as shares, a row of predictions for each label; each in [0, 1].
///
/// A share of nothing is undefined (zero denominator), where scikit-learn says 0; all of them
/// (empty) when there are no rows. The estimates' weight is that of the rows that a cell is a share
/// of. Interval: Wilson's, over Kish's effective rows when weighted. Cost: O(classes^2). Thread
/// rule: a pure function.
[[nodiscard]] inline std::vector<estimate> normalised_confusion_matrix(
    const confusion_matrix& counts, share_of total, confidence_level confidence = confidence_95) {
    const std::size_t classes = counts.classes();
    const double weight = counts.total();
    if (!(weight > 0)) return std::vector<estimate>(classes * classes, undefined::empty);
    const double rows_per_weight = effective_rows_per_weight(counts);
    std::vector<double> labels(classes, 0.0);
    std::vector<double> predictions(classes, 0.0);
    for (std::size_t i = 0; i < classes; ++i) {
        for (std::size_t j = 0; j < classes; ++j) {
            labels[i] += counts.cells()[i * classes + j];
            predictions[j] += counts.cells()[i * classes + j];
        }
    }
    std::vector<estimate> shares;
    shares.reserve(classes * classes);
    for (std::size_t i = 0; i < classes; ++i) {
        for (std::size_t j = 0; j < classes; ++j) {
            const double whole = total == share_of::label        ? labels[i]
                                 : total == share_of::prediction ? predictions[j]
                                                                 : weight;
            if (whole > 0) {
                shares.push_back(wilson_interval(counts.cells()[i * classes + j] / whole,
                                                 whole * rows_per_weight, whole, confidence));
            } else {
                shares.push_back(undefined::zero_denominator);
            }
        }
    }
    return shares;
}

}  // namespace leeway::inline v0
