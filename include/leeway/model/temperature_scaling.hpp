// Probabilities made more or less extreme by one number.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "leeway/core/error.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Temperature scaling of a binary classifier: probability = 1 / (1 + exp(-logit(score) /
/// temperature)). A temperature above 1 makes scores less extreme, 1/2 stays 1/2, and no order
/// changes, so accuracy at 1/2 and ROC AUC stay as they are.
///
/// fit maximises the likelihood; the temperature is kept in [1e-3, 1e3], whose ends it reaches when
/// 1/2 separates the classes (1e-3) or the scores know nothing or less (1e3); converged() is false
/// then. Scores are probabilities; they are moved to [2^-52, 1 - 2^-52] first. A NaN score gives
/// NaN.
///
/// A common factor in all weights changes nothing, however large or small. fit leaves out rows of
/// weight zero and of scores outside [0, 1] (rows_used); labels other than 0
/// and 1, bad weights, lengths that differ and no usable row raise. Cost: O(n) a step of Newton's
/// method; a logarithm and an exponential a score. Thread rule: immutable, any number of threads
/// may score. Source: C. Guo, G. Pleiss, Y. Sun, K. Weinberger, "On Calibration of Modern Neural
/// Networks", ICML (2017).
class temperature_scaling {
  public:
    static constexpr std::string_view kind = "temperature_scaling";

    /// Temperature 1, which changes nothing.
    temperature_scaling() = default;
    /// Above 0, else the ranking would be turned round; finite.
    explicit temperature_scaling(double temperature) : temperature_(temperature) {
        if (!(temperature > 0) || std::isinf(temperature))
            raise_invalid(kind, "temperature", temperature, "a finite number above 0");
    }

    [[nodiscard]] static temperature_scaling fit(std::span<const double> scores,
                                                 std::span<const double> labels,
                                                 std::span<const double> weights = {});

    /// The probability of label 1.
    [[nodiscard]] double operator()(double score) const noexcept;

    [[nodiscard]] double temperature() const noexcept { return temperature_; }
    /// Rows behind the fit, and whether it converged; 0 and false when it was not fitted here.
    [[nodiscard]] std::size_t rows_used() const noexcept { return rows_used_; }
    [[nodiscard]] bool converged() const noexcept { return converged_; }

    friend bool operator==(const temperature_scaling&, const temperature_scaling&) = default;

    [[nodiscard]] std::string defect() const {
        return temperature_ > 0 && std::isfinite(temperature_)
                   ? ""
                   : "temperature_scaling: the temperature is not positive";
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("temperature", self.temperature_);
        visit("rows_used", self.rows_used_);
        visit("converged", self.converged_);
    }

  private:
    double temperature_{1};
    std::size_t rows_used_{0};
    bool converged_{false};
};

}  // namespace leeway::inline v0
