// Probabilities to probabilities by a curve of three parameters that the identity belongs to.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "leeway/core/error.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Beta calibration: logit(probability) = a log(score) - b log(1 - score) + c with a, b >= 0. It
/// bends both ends apart, holds Platt's curve on logits (a = b) and the identity (1, 1, 0), and so
/// does not spoil scores that are good already.
///
/// fit maximises the likelihood less 1e-8 / 2 (a^2 + b^2) (weights brought to the effective number
/// of rows), which keeps it finite when the classes are apart; where a or b would be negative it is
/// 0 and the others are fitted again, so the curve never falls. Scores are probabilities; they are
/// moved to [2^-52, 1 - 2^-52] first. A NaN score gives NaN.
///
/// A common factor in all weights changes nothing, however large or small. fit leaves out rows of
/// weight zero and of scores outside [0, 1] (rows_used); labels other than 0
/// and 1, bad weights, lengths that differ and no usable row raise; with one class only it tends to
/// a constant near that class, and converged() may be false. Cost: O(n) a step of Newton's method;
/// two logarithms and an exponential a score. Thread rule: immutable, any number of threads may
/// score. Source: M. Kull, T. Silva Filho, P. Flach, "Beta calibration: a well-founded and easily
/// implemented improvement on logistic calibration for binary classifiers", AISTATS (2017).
class beta_calibrator {
  public:
    static constexpr std::string_view kind = "beta_calibrator";

    /// The identity.
    beta_calibrator() = default;
    /// a, b >= 0, else the ranking would be turned round; all finite.
    beta_calibrator(double a, double b, double c) : a_(a), b_(b), c_(c) {
        constexpr std::string_view expected = "a finite number, at least 0";
        if (!(a >= 0) || std::isinf(a)) raise_invalid(kind, "a", a, expected);
        if (!(b >= 0) || std::isinf(b)) raise_invalid(kind, "b", b, expected);
        if (!std::isfinite(c)) raise_invalid(kind, "c", c, "a finite number");
    }

    [[nodiscard]] static beta_calibrator fit(std::span<const double> scores,
                                             std::span<const double> labels,
                                             std::span<const double> weights = {});

    /// The probability of label 1.
    [[nodiscard]] double operator()(double score) const noexcept;

    [[nodiscard]] double a() const noexcept { return a_; }
    [[nodiscard]] double b() const noexcept { return b_; }
    [[nodiscard]] double c() const noexcept { return c_; }
    /// Rows behind the fit, and whether it converged; 0 and false when it was not fitted here.
    [[nodiscard]] std::size_t rows_used() const noexcept { return rows_used_; }
    [[nodiscard]] bool converged() const noexcept { return converged_; }

    friend bool operator==(const beta_calibrator&, const beta_calibrator&) = default;

    [[nodiscard]] std::string defect() const {
        return a_ >= 0 && b_ >= 0 && std::isfinite(a_) && std::isfinite(b_) && std::isfinite(c_)
                   ? ""
                   : "beta_calibrator: a or b is negative, or a parameter is not finite";
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("a", self.a_);
        visit("b", self.b_);
        visit("c", self.c_);
        visit("rows_used", self.rows_used_);
        visit("converged", self.converged_);
    }

  private:
    double a_{1};
    double b_{1};
    double c_{0};
    std::size_t rows_used_{0};
    bool converged_{false};
};

}  // namespace leeway::inline v0
