#include "leeway/model/beta_calibrator.hpp"

#include <cmath>
#include <limits>

#include "calibration_rows.hpp"

namespace leeway::inline v0 {

beta_calibrator beta_calibrator::fit(std::span<const double> scores, std::span<const double> labels,
                                     std::span<const double> weights) {
    const auto rows =
        detail::calibration_rows("beta_calibrator::fit", scores, labels, weights, true);
    const auto n = static_cast<Eigen::Index>(rows.size());
    Eigen::MatrixXd all(n, 3);
    Eigen::VectorXd targets(n), weight(n);
    for (Eigen::Index i = 0; i < n; ++i) {
        const auto& row = rows[static_cast<std::size_t>(i)];
        const double p = detail::inside(row.score);
        all.row(i) << 1, std::log(p), -std::log1p(-p);
        targets(i) = row.label;
        weight(i) = row.weight;
    }
    weight *= weight.sum() / weight.squaredNorm();
    constexpr double ridge = 1e-8;

    beta_calibrator made;
    made.rows_used_ = rows.size();
    // The objective is convex, so the best of the fits that keep to the signs is the best there is.
    double best = std::numeric_limits<double>::infinity();
    const auto offer = [&](bool with_a, bool with_b) {
        Eigen::MatrixXd columns(n, 1 + (with_a ? 1 : 0) + (with_b ? 1 : 0));
        columns.col(0) = all.col(0);
        if (with_a) columns.col(1) = all.col(1);
        if (with_b) columns.col(columns.cols() - 1) = all.col(2);
        const auto fitted = detail::fit_logistic(columns, targets, weight, ridge);
        const double a = with_a ? fitted.parameters(1) : 0;
        const double b = with_b ? fitted.parameters(columns.cols() - 1) : 0;
        if (!(a >= 0 && b >= 0) || !(fitted.value < best)) return;
        best = fitted.value;
        made.a_ = a;
        made.b_ = b;
        made.c_ = fitted.parameters(0);
        made.converged_ = fitted.converged;
    };
    offer(true, true);
    if (std::isfinite(best)) return made;
    offer(true, false);
    offer(false, true);
    offer(false, false);
    return made;
}

double beta_calibrator::operator()(double score) const noexcept {
    if (std::isnan(score)) return score;
    const double p = detail::inside(score);
    return detail::logistic(a_ * std::log(p) - b_ * std::log1p(-p) + c_);
}

}  // namespace leeway::inline v0
