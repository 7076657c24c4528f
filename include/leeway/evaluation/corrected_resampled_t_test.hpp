// Two models compared over the folds of a cross-validation.
#pragma once

#include <span>

#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/comparison.hpp"

namespace leeway::inline v0 {

/// The corrected resampled t-test: t = mean / sqrt((1/J + test/train) s^2) of the J folds'
/// differences, Student's t of J - 1 degrees; s^2 is their sample variance.
///
/// Folds share training rows, so their figures go together and s^2 / J is far too small; test/train
/// (the ratio of the rows of a fold's test and training part) makes up for most of that. Still
/// approximate: the correlation is taken to be that ratio's, and is not known.
///
/// The difference is the mean of the differences, with the interval mean +- t s sqrt(1/J +
/// test/train). Undefined (empty) without folds and (too little data) of one fold.
/// Folds that all differ by the same amount have no variance to go by, and say nothing of other
/// folds: no interval (no variation), no t and no p. The same are differences within 1e-9 of the
/// largest, since each is a rest of two figures and its own rounding is not known. A difference
/// that is not finite, or a ratio that is not above 0, raises. Cost: O(J). Thread rule: a pure
/// function. Defined in src: link leeway::leeway. Source: C. Nadeau, Y. Bengio, "Inference for the
/// generalization error", Machine Learning 52 (2003), section 4.
struct corrected_resampled_t_test {
    confidence_level confidence{confidence_95};  ///< its level is used, with Student's quantile

    /// First less second, one number a fold; `rows` of the answer counts the folds.
    [[nodiscard]] comparison operator()(std::span<const double> differences,
                                        double test_to_train) const;
};

}  // namespace leeway::inline v0
