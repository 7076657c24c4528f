// A ridge logistic regression: the plainest classifier, for examples, tests and baselines.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "leeway/core/version.hpp"
#include "leeway/model/batch_view.hpp"

namespace leeway::inline v0 {

/// score = 1 / (1 + exp(-(intercept + sum_j coefficient_j x_j))), the probability of class 1.
///
/// fit minimises  -1/n sum_i log-likelihood_i + ridge / 2 |b|^2  over standardised columns, by
/// Newton's method (iteratively reweighted least squares) with step halving, until the gradient is
/// below 1e-10 or 100 steps are done; a ridge above 0 keeps it finite on separable data. Rows with
/// a NaN or an infinity are left out of the fit (rows_used); scoring one gives NaN.
///
/// Labels other than 0 and 1, no usable row, lengths that differ and a ridge that is not positive
/// raise std::invalid_argument. Cost: O(n d^2) a step; d multiply-adds and one exponential to score
/// a row. Thread rule: immutable, any number of threads may score. A Model, row and batch.
/// Source: P. McCullagh, J. Nelder, "Generalized Linear Models", 2nd ed. (1989), chapter 4.
class logistic_model {
  public:
    static constexpr std::string_view kind = "logistic_model";

    /// No column, always 1/2: a place to load into.
    logistic_model() = default;
    logistic_model(std::vector<double> coefficients, double intercept)
        : coefficients_(std::move(coefficients)), intercept_(intercept) {}

    [[nodiscard]] static logistic_model fit(const batch_view& rows, std::span<const double> labels,
                                            double ridge = 1e-4);

    /// row.size() must be coefficients().size(): anything else scores NaN.
    [[nodiscard]] double operator()(std::span<const double> row) const noexcept;
    void operator()(const batch_view& rows, std::span<double> scores) const;

    [[nodiscard]] std::span<const double> coefficients() const noexcept { return coefficients_; }
    [[nodiscard]] double intercept() const noexcept { return intercept_; }
    /// Rows behind the fit, and whether it converged; 0 and false when it was not fitted here.
    [[nodiscard]] std::size_t rows_used() const noexcept { return rows_used_; }
    [[nodiscard]] bool converged() const noexcept { return converged_; }

    friend bool operator==(const logistic_model&, const logistic_model&) = default;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("coefficients", self.coefficients_);
        visit("intercept", self.intercept_);
        visit("rows_used", self.rows_used_);
        visit("converged", self.converged_);
    }

  private:
    std::vector<double> coefficients_;
    double intercept_{0};
    std::size_t rows_used_{0};
    bool converged_{false};
};

}  // namespace leeway::inline v0
