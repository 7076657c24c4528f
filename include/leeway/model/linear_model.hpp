// A ridge regression: the plainest model, for examples, tests and baselines.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "leeway/core/version.hpp"
#include "leeway/model/batch_view.hpp"

namespace leeway::inline v0 {

/// score = intercept + sum_j coefficient_j x_j.
///
/// fit minimises  1/n sum_i (y_i - a - b z_i)^2 + ridge |b|^2  where z are the columns brought to
/// mean 0 and standard deviation 1, so one ridge suits all units; the coefficients are returned in
/// the columns' own units. Solved by a rank-revealing orthogonal decomposition of the standardised
/// columns: collinear columns share a coefficient, a constant one gets 0. Rows with a NaN or an
/// infinity are left out of the fit (rows_used); scoring one gives NaN.
///
/// Settings that cannot be fitted (no usable row, lengths that differ, a negative ridge) raise
/// std::invalid_argument. Cost: O(n d^2) and two copies of the data to fit; d multiply-adds to
/// score a row. Thread rule: immutable, any number of threads may score. A Model, row and batch.
/// Source: A. Hoerl, R. Kennard, "Ridge regression: biased estimation for nonorthogonal problems",
/// Technometrics 12 (1970).
class linear_model {
  public:
    static constexpr std::string_view kind = "linear_model";

    /// No column, always 0: a place to load into.
    linear_model() = default;
    linear_model(std::vector<double> coefficients, double intercept)
        : coefficients_(std::move(coefficients)), intercept_(intercept) {}

    [[nodiscard]] static linear_model fit(const batch_view& rows, std::span<const double> targets,
                                          double ridge = 1e-3);

    /// row.size() must be coefficients().size(): anything else scores NaN.
    [[nodiscard]] double operator()(std::span<const double> row) const noexcept;
    void operator()(const batch_view& rows, std::span<double> scores) const;

    [[nodiscard]] std::span<const double> coefficients() const noexcept { return coefficients_; }
    [[nodiscard]] double intercept() const noexcept { return intercept_; }
    /// Rows behind the fit; 0 when it was not fitted here.
    [[nodiscard]] std::size_t rows_used() const noexcept { return rows_used_; }

    friend bool operator==(const linear_model&, const linear_model&) = default;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("coefficients", self.coefficients_);
        visit("intercept", self.intercept_);
        visit("rows_used", self.rows_used_);
    }

  private:
    std::vector<double> coefficients_;
    double intercept_{0};
    std::size_t rows_used_{0};
};

}  // namespace leeway::inline v0
