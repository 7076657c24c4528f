#include "leeway/model/linear_model.hpp"

#include <Eigen/QR>
#include <cmath>

#include "leeway/core/error.hpp"
#include "standardised.hpp"

namespace leeway::inline v0 {

linear_model linear_model::fit(const batch_view& rows, std::span<const double> targets,
                               double ridge) {
    if (!(ridge >= 0) || !std::isfinite(ridge)) {
        raise_invalid("linear_model::fit", "ridge", ridge, "a finite number, at least 0");
    }
    const detail::standardised data("linear_model::fit", rows, targets);
    const Eigen::Index n = data.columns.rows();
    const Eigen::Index d = data.columns.cols();
    linear_model made;
    made.rows_used_ = static_cast<std::size_t>(n);
    made.intercept_ = data.target.mean();
    if (d == 0) return made;
    // The penalty as d more rows: sqrt(n ridge) on the diagonal, target 0. It keeps the condition
    // number of the columns where the normal equations would square it.
    Eigen::MatrixXd system(n + d, d);
    system.topRows(n) = data.columns;
    system.bottomRows(d) =
        std::sqrt(static_cast<double>(n) * ridge) * Eigen::MatrixXd::Identity(d, d);
    Eigen::VectorXd wanted = Eigen::VectorXd::Zero(n + d);
    wanted.head(n) = data.target.array() - made.intercept_;
    Eigen::CompleteOrthogonalDecomposition<Eigen::MatrixXd> solver(system.rows(), system.cols());
    solver.setThreshold(1e-11);
    solver.compute(system);
    made.coefficients_ = data.own_units(solver.solve(wanted), made.intercept_);
    return made;
}

double linear_model::operator()(std::span<const double> row) const noexcept {
    return detail::linear_score(coefficients_, intercept_, row);
}

void linear_model::operator()(const batch_view& rows, std::span<double> scores) const {
    detail::require_batch("linear_model", rows, coefficients_.size(), scores.size());
    for (std::size_t i = 0; i < rows.rows(); ++i) scores[i] = (*this)(rows.row(i));
}

}  // namespace leeway::inline v0
