// Scores to probabilities by the best rising step function.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Isotonic calibration: among all functions that do not fall with the score, the one with the
/// least sum w (label - f(score))^2, by pooling adjacent violators. It assumes nothing of the
/// scores but their order, and wants more rows than platt_calibrator: a thousand rather than a
/// hundred.
///
/// Scores need not be probabilities. Rows of one score are one row of their mean label. Between the
/// scores of the fit it goes straight from one value to the next, outside it stays at the nearest,
/// as scikit-learn's IsotonicRegression(out_of_bounds="clip"). A NaN score gives NaN.
///
/// A common factor in all weights changes nothing, however large or small. fit leaves out rows of
/// weight zero and of NaN or infinite scores (rows_used); labels other than
/// 0 and 1, bad weights, lengths that differ and no usable row raise. Cost: O(n log n) to fit, one
/// binary search a score; 16 bytes a point, two points a step at most. Thread rule: immutable, any
/// number of threads may score. Source: B. Zadrozny, C. Elkan, "Transforming classifier scores into
/// accurate multiclass probability estimates", KDD (2002); M. Ayer et al., "An empirical
/// distribution function for sampling with incomplete information", Ann. Math. Stat. 26 (1955).
class isotonic_calibrator {
  public:
    static constexpr std::string_view kind = "isotonic_calibrator";

    /// No point, always NaN: a place to load into.
    isotonic_calibrator() = default;

    [[nodiscard]] static isotonic_calibrator fit(std::span<const double> scores,
                                                 std::span<const double> labels,
                                                 std::span<const double> weights = {});

    /// The probability of label 1.
    [[nodiscard]] double operator()(double score) const noexcept;

    /// The corners of the function: scores, ascending, and the probabilities there.
    [[nodiscard]] std::span<const double> scores() const noexcept { return scores_; }
    [[nodiscard]] std::span<const double> probabilities() const noexcept { return probabilities_; }
    /// Rows behind the fit; 0 when it was not fitted here.
    [[nodiscard]] std::size_t rows_used() const noexcept { return rows_used_; }

    friend bool operator==(const isotonic_calibrator&, const isotonic_calibrator&) = default;

    [[nodiscard]] std::string defect() const;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("scores", self.scores_);
        visit("probabilities", self.probabilities_);
        visit("rows_used", self.rows_used_);
    }

  private:
    std::vector<double> scores_;
    std::vector<double> probabilities_;
    std::size_t rows_used_{0};
};

}  // namespace leeway::inline v0
