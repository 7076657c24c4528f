// Do two models, scored on the same rows, differ in ROC AUC? Defined in src: link leeway::leeway.
#pragma once

#include <optional>

#include "leeway/accumulators/paired_score_table.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// What DeLong's test says of two models.
struct delong_result {
    double first_area{0};  ///< the ROC AUC of each model
    double second_area{0};
    /// first_area - second_area with its large-sample interval; undefined (empty, one class) where
    /// the areas are.
    estimate difference{undefined::empty};
    double variance{0};  ///< of the difference
    /// The difference over its standard error, sqrt(variance); of a table the difference less
    /// `rounding`, or 0, over the most that the standard error can be.
    std::optional<double> z{};
    std::optional<double>
        p_value{};  ///< P(|difference| at least this large if the areas are equal)
    /// How far the difference of the areas of the unrounded scores can be from `difference`: 0 from
    /// rows; from a table half the pairs that share a cell, of both models. It always holds.
    double rounding{0};
    /// How much larger the standard error of the unrounded scores can be than sqrt(variance): 0
    /// from rows. It always holds.
    double error_rounding{0};
    rejections rejected{};  ///< rows that were left out
};

/// DeLong's test of two correlated ROC areas.
///
/// A row's placement is the share of the other class that its score is on the right side of, ties
/// half; the difference of the areas is the mean difference of the two models' placements over
/// either class, and its variance the sum over both classes of the variance of that mean. Because
/// the models are compared row by row, what makes rows hard for both does not count as luck. With
/// weights, ep / (ep - 1) sum w^2 (d - mean)^2 / (sum w)^2 with ep Kish's effective rows of a
/// class.
///
/// The test is of equal areas, not of equal models, and is too sure where one model contains the
/// other and was fitted on the same rows. z and p_value: none below two effective rows of a class,
/// nor where the variance is 0 and the difference is not; the same order of scores gives 0 and 1.
/// Sources: E. DeLong, D. DeLong, D. Clarke-Pearson, Biometrics 44 (1988); X. Sun, W. Xu, "Fast
/// implementation of DeLong's algorithm", IEEE Signal Processing Letters 21 (2014).
///
/// Of rows: exact. Bad rows are left out of both models and counted; columns of different lengths
/// raise. Cost: two radix sorts, 24 bytes a row of memory while it runs. Thread rule: a pure
/// function.
[[nodiscard]] delong_result delong_test(const paired_score_outcome::columns& rows,
                                        confidence_level confidence = confidence_95);

/// Of a table: the areas are those of the scores rounded to their cells, the variance that of the
/// placements rounded to the mean of their block. The interval is difference +- (rounding + z
/// (sqrt(variance) + error_rounding)): the one of the rows themselves lies in it, and the p-value
/// is never below theirs. Both are close to the rows' while the blocks are small (a larger `room`).
/// O(cells + pairs).
[[nodiscard]] delong_result delong_test(const paired_score_table& table,
                                        confidence_level confidence = confidence_95);

}  // namespace leeway::inline v0
