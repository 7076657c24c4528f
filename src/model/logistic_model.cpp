#include "leeway/model/logistic_model.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "leeway/core/error.hpp"
#include "standardised.hpp"

namespace leeway::inline v0 {

namespace {

double probability(double logit) noexcept {
    // exp of a negative number only: no overflow on either side.
    if (logit >= 0) return 1 / (1 + std::exp(-logit));
    const double odds = std::exp(logit);
    return odds / (1 + odds);
}

/// Mean negative log-likelihood with the penalty; parameters: intercept, then slopes.
double objective(const Eigen::MatrixXd& columns, const Eigen::VectorXd& labels,
                 const Eigen::VectorXd& parameters, double ridge) {
    const Eigen::VectorXd slopes = parameters.tail(columns.cols());
    const Eigen::ArrayXd logits = (columns * slopes).array() + parameters(0);
    // log(1 + e^z) - y z = max(z, 0) + log1p(e^-|z|) - y z
    const Eigen::ArrayXd losses =
        logits.max(0.0) + (-logits.abs()).exp().log1p() - labels.array() * logits;
    return losses.mean() + ridge / 2 * slopes.squaredNorm();
}

}  // namespace

logistic_model logistic_model::fit(const batch_view& rows, std::span<const double> labels,
                                   double ridge) {
    if (!(ridge > 0) || !std::isfinite(ridge)) {
        raise_invalid("logistic_model::fit", "ridge", ridge, "a finite number above 0");
    }
    const detail::standardised data("logistic_model::fit", rows, labels);
    for (const double label : data.target) {
        if (label != 0 && label != 1) {
            raise_invalid("logistic_model::fit", "a label", label, "0 or 1");
        }
    }
    const Eigen::Index n = data.columns.rows();
    const Eigen::Index d = data.columns.cols();
    const auto weight = static_cast<double>(n);

    Eigen::VectorXd parameters = Eigen::VectorXd::Zero(d + 1);
    // Half a row of each class keeps the start finite when one class is absent.
    const double share = (data.target.sum() + 0.5) / (weight + 1);
    parameters(0) = std::log(share / (1 - share));
    double value = objective(data.columns, data.target, parameters, ridge);

    logistic_model made;
    made.rows_used_ = static_cast<std::size_t>(n);
    constexpr int most_steps = 100;
    for (int step = 0; step < most_steps && !made.converged_; ++step) {
        const Eigen::VectorXd slopes = parameters.tail(d);
        const Eigen::ArrayXd fitted =
            ((data.columns * slopes).array() + parameters(0)).unaryExpr(&probability);
        const Eigen::VectorXd residual = fitted.matrix() - data.target;
        Eigen::VectorXd gradient(d + 1);
        gradient(0) = residual.mean();
        gradient.tail(d) = data.columns.transpose() * residual / weight + ridge * slopes;
        if (gradient.lpNorm<Eigen::Infinity>() < 1e-10) {
            made.converged_ = true;
            break;
        }
        const Eigen::VectorXd curvature = (fitted * (1 - fitted)).matrix();
        const Eigen::MatrixXd weighted = curvature.asDiagonal() * data.columns;
        Eigen::MatrixXd hessian(d + 1, d + 1);
        // A touch on the diagonal: with one class the intercept's own curvature fades to 0.
        hessian(0, 0) = curvature.mean() + 1e-12;
        hessian.block(1, 0, d, 1) = weighted.colwise().sum().transpose() / weight;
        hessian.block(0, 1, 1, d) = hessian.block(1, 0, d, 1).transpose();
        hessian.block(1, 1, d, d) = data.columns.transpose() * weighted / weight;
        hessian.block(1, 1, d, d).diagonal().array() += ridge;
        const Eigen::VectorXd direction = hessian.ldlt().solve(gradient);

        double length = 1;
        constexpr double shortest = 1e-10;
        for (; length > shortest; length /= 2) {
            const Eigen::VectorXd next = parameters - length * direction;
            const double next_value = objective(data.columns, data.target, next, ridge);
            if (next_value <= value) {
                parameters = next;
                value = next_value;
                break;
            }
        }
        if (length <= shortest) break;  // rounding: no step improves any more
    }
    made.intercept_ = parameters(0);
    made.coefficients_ = data.own_units(parameters.tail(d), made.intercept_);
    return made;
}

double logistic_model::operator()(std::span<const double> row) const noexcept {
    return probability(detail::linear_score(coefficients_, intercept_, row));
}

void logistic_model::operator()(const batch_view& rows, std::span<double> scores) const {
    detail::require_batch("logistic_model", rows, coefficients_.size(), scores.size());
    for (std::size_t i = 0; i < rows.rows(); ++i) scores[i] = (*this)(rows.row(i));
}

}  // namespace leeway::inline v0
