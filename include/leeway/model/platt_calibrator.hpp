// Scores to probabilities by a logistic curve.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "leeway/core/error.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// What a calibrator's scores are.
enum class score_kind : std::uint8_t {
    plain,       ///< any number, such as a margin or a logit: taken as it is
    probability  ///< in [0, 1]: its logit is taken
};

/// Platt's calibration: probability = 1 / (1 + exp(-(slope x + intercept))), x the score or its
/// logit. Two parameters: good from a hundred rows on, if the curve fits.
///
/// fit maximises the likelihood of Platt's targets, (P + 1) / (P + 2) for label 1 and 1 / (N + 2)
/// for label 0 with P and N rows of each, which keep the fit finite when a threshold separates the
/// classes, or when there is one class only. P and N are effective rows (Kish) when weighted, so a
/// common factor in all weights changes nothing, however large or small; nor does one in all plain
/// scores change a probability. When all scores are equal, or so near each other that no finite
/// slope tells them apart (1e-308), the slope is 0. As a probability, a score is moved to [2^-52, 1
/// - 2^-52] first. A NaN score gives NaN.
///
/// fit leaves out rows of weight zero, of NaN or infinite scores, and of no probability when that
/// is asked (rows_used); labels other than 0 and 1, bad weights, lengths that differ and no usable
/// row raise, and so do parameters that are not finite. converged() false: the parameters are where
/// the steps ended. Cost: O(n) a step of Newton's method; one exponential a score. Thread rule:
/// immutable, any number of threads may score. Source: J. Platt, "Probabilistic outputs for support
/// vector machines and comparisons to regularized likelihood methods", Advances in Large Margin
/// Classifiers (1999).
class platt_calibrator {
  public:
    static constexpr std::string_view kind = "platt_calibrator";

    /// The logistic function itself: a place to load into.
    platt_calibrator() = default;
    platt_calibrator(double slope, double intercept, score_kind input = score_kind::plain)
        : slope_(slope), intercept_(intercept), input_(input) {
        if (!std::isfinite(slope)) raise_invalid(kind, "slope", slope, "a finite number");
        if (!std::isfinite(intercept))
            raise_invalid(kind, "intercept", intercept, "a finite number");
        if (input > score_kind::probability)
            raise_invalid(kind, "input", static_cast<int>(input), "plain or probability");
    }

    [[nodiscard]] static platt_calibrator fit(std::span<const double> scores,
                                              std::span<const double> labels,
                                              std::span<const double> weights = {},
                                              score_kind input = score_kind::plain);

    /// The probability of label 1.
    [[nodiscard]] double operator()(double score) const noexcept;

    [[nodiscard]] double slope() const noexcept { return slope_; }
    [[nodiscard]] double intercept() const noexcept { return intercept_; }
    [[nodiscard]] score_kind input() const noexcept { return input_; }
    /// Rows behind the fit, and whether it converged; 0 and false when it was not fitted here.
    [[nodiscard]] std::size_t rows_used() const noexcept { return rows_used_; }
    [[nodiscard]] bool converged() const noexcept { return converged_; }

    friend bool operator==(const platt_calibrator&, const platt_calibrator&) = default;

    [[nodiscard]] std::string defect() const {
        if (!std::isfinite(slope_) || !std::isfinite(intercept_))
            return "platt_calibrator: the slope or the intercept is not finite";
        return input_ > score_kind::probability ? "platt_calibrator: unknown kind of score" : "";
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("slope", self.slope_);
        visit("intercept", self.intercept_);
        visit("input", self.input_);
        visit("rows_used", self.rows_used_);
        visit("converged", self.converged_);
    }

  private:
    double slope_{1};
    double intercept_{0};
    score_kind input_{score_kind::plain};
    std::size_t rows_used_{0};
    bool converged_{false};
};

}  // namespace leeway::inline v0
