// What a calibrator does to rows that it was not fitted on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/cross_validate.hpp"
#include "leeway/evaluation/fold_outcomes.hpp"
#include "leeway/evaluation/splits.hpp"
#include "leeway/model/batch_view.hpp"

namespace leeway::inline v0 {

struct cross_calibration_settings {
    std::size_t bins{10};                        ///< of the expected calibration error
    confidence_level confidence{confidence_95};  ///< of every interval
};

/// One error of the scores as they are and calibrated, on the same rows.
struct calibration_change {
    estimate before{undefined::empty};  ///< of the scores; undefined where one is no probability
    estimate after{undefined::empty};   ///< of the calibrated probabilities, out of fold
    estimate difference{undefined::empty};  ///< after less before: below 0 where calibration helps

    friend bool operator==(const calibration_change&, const calibration_change&) = default;
};

struct cross_calibration {
    /// Of label 1, one a row; NaN where the row is in no test part or its score is NaN.
    std::vector<double> probabilities;
    calibration_change log_loss;
    calibration_change brier_score;
    calibration_change expected_calibration_error;
    std::uint64_t rejected{0};  ///< tested rows without a probability, which are in no figure

    friend bool operator==(const cross_calibration&, const cross_calibration&) = default;
};

namespace detail {

/// Labels as doubles; raises unless lengths agree, labels are 0 or 1, weights finite and >= 0, the
/// splits within the rows, no row in both parts of a split and none tested twice.
[[nodiscard]] std::vector<double> require_calibration_rows(std::span<const std::int32_t> labels,
                                                           std::span<const double> scores,
                                                           std::span<const double> weights,
                                                           std::span<const split> splits);

/// The errors of `probabilities` beside those of the scores, over the rows of the test parts.
[[nodiscard]] cross_calibration calibration_errors(std::vector<double> probabilities,
                                                   std::span<const std::int32_t> labels,
                                                   std::span<const double> scores,
                                                   std::span<const double> weights,
                                                   std::span<const split> splits,
                                                   const cross_calibration_settings& settings);

}  // namespace detail

/// Fits a calibrator to the training part of each split and asks it for the probabilities of the
/// test part, so that each row is judged by a calibrator that has not seen it. A calibrator's error
/// on its own rows says little: an isotonic one's expected calibration error there is near 0
/// whatever it is worth.
///
///     const auto splits = leeway::stratified_k_fold(labels, 5);
///     const auto found = leeway::cross_calibrate<leeway::isotonic_calibrator>(labels, scores,
///                                                                             splits);
///     found.log_loss.after, found.brier_score.difference, found.probabilities ...
///
/// The figures are of all tested rows together, as log_loss, brier_score and
/// expected_calibration_error say. Their intervals take the rows as independent and the fitted
/// calibrators as given, so they do not hold how much other training rows would have changed those.
///
/// difference, of the two losses: the mean over rows of after less before +- z standard errors;
/// rows are paired, so it is far narrower than the two intervals suggest. Infinite, without an
/// interval, where one side is (an isotonic calibrator may be certain of the wrong class) and not
/// comparable where both are. Of the expected calibration error: from after's lower less before's
/// upper end to after's upper less before's lower one, both taken at half the doubt, so that it
/// holds with the level's probability or more. It is wide, since it does not use that rows are
/// paired; but the paired bootstrap's 95 % interval, simulated where calibration helps, held in 9
/// to 73 % of all samples, because chance adds more to a small error than to a large one.
///
/// Scores need not be probabilities: where a row's is not, `before` and `difference` are out of
/// range. NaN scores are left out of fits and figures, and counted. Labels are 0 or 1; other ones,
/// bad weights, columns of unequal length, a row tested twice (repeated folds, draws), one in both
/// parts of a split and a part without rows raise. Where a side is undefined (weights whose sum
/// overflows), so is the difference, for that reason. Cost: a fit and a copy of its rows a split.
/// Thread rule: a pure function where fit is. Link leeway::leeway.
///
/// fit(scores, labels, weights), spans of double, returns anything that maps a score to a
/// probability; weights are empty when none were given.
template <class Fit>
[[nodiscard]] cross_calibration cross_calibrate(const Fit& fit,
                                                std::span<const std::int32_t> labels,
                                                std::span<const double> scores,
                                                std::span<const split> splits,
                                                std::span<const double> weights = {},
                                                const cross_calibration_settings& settings = {}) {
    const auto targets = detail::require_calibration_rows(labels, scores, weights, splits);
    detail::require_confidence("cross_calibrate", settings.confidence);
    const labelled_rows data{batch_view(scores, 1), targets, weights};
    std::vector<double> probabilities(scores.size(), std::numeric_limits<double>::quiet_NaN());
    for (const split& part : splits) {
        const detail::gathered train(data, part.train);
        const auto calibrator =
            fit(std::span<const double>(train.values), std::span<const double>(train.targets),
                std::span<const double>(train.weights));
        for (const std::size_t row : part.test) probabilities[row] = calibrator(scores[row]);
    }
    return detail::calibration_errors(std::move(probabilities), labels, scores, weights, splits,
                                      settings);
}

/// By a calibrator's own fit: isotonic_calibrator, platt_calibrator (of plain scores),
/// temperature_scaling, beta_calibrator.
template <class Calibrator>
[[nodiscard]] cross_calibration cross_calibrate(std::span<const std::int32_t> labels,
                                                std::span<const double> scores,
                                                std::span<const split> splits,
                                                std::span<const double> weights = {},
                                                const cross_calibration_settings& settings = {}) {
    const auto fit = [](std::span<const double> s, std::span<const double> y,
                        std::span<const double> w) { return Calibrator::fit(s, y, w); };
    return cross_calibrate(fit, labels, scores, splits, weights, settings);
}

}  // namespace leeway::inline v0
