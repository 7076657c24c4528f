#include "leeway/model/platt_calibrator.hpp"

#include <cmath>

#include "calibration_rows.hpp"

namespace leeway::inline v0 {

platt_calibrator platt_calibrator::fit(std::span<const double> scores,
                                       std::span<const double> labels,
                                       std::span<const double> weights, score_kind input) {
    const bool probabilities = input == score_kind::probability;
    const auto rows =
        detail::calibration_rows("platt_calibrator::fit", scores, labels, weights, probabilities);
    const auto n = static_cast<Eigen::Index>(rows.size());

    double sum[2]{}, squares[2]{};
    for (const auto& row : rows) {
        sum[row.label == 1 ? 1 : 0] += row.weight;
        squares[row.label == 1 ? 1 : 0] += row.weight * row.weight;
    }
    const auto effective = [&](int label) {
        return sum[label] > 0 ? sum[label] / squares[label] * sum[label] : 0.0;
    };
    const double target[2] = {1 / (effective(0) + 2), (effective(1) + 1) / (effective(1) + 2)};

    Eigen::VectorXd x(n), targets(n), weight(n);
    for (Eigen::Index i = 0; i < n; ++i) {
        const auto& row = rows[static_cast<std::size_t>(i)];
        x(i) = probabilities ? detail::logit(row.score) : row.score;
        targets(i) = target[row.label == 1 ? 1 : 0];
        weight(i) = row.weight / (sum[0] + sum[1]);
    }
    // Scores brought to mean 0 and deviation 1: their unit is anybody's.
    const double middle = weight.dot(x);
    const double spread = std::sqrt(weight.dot((x.array() - middle).square().matrix()));
    const bool constant = !(spread > 1e-14 * std::fabs(middle));

    platt_calibrator made;
    made.input_ = input;
    made.rows_used_ = rows.size();
    Eigen::MatrixXd columns(n, constant ? 1 : 2);
    columns.col(0).setOnes();
    if (!constant) columns.col(1) = (x.array() - middle) / spread;
    const auto fitted = detail::fit_logistic(columns, targets, weight, 0);
    made.converged_ = fitted.converged;
    made.slope_ = constant ? 0 : fitted.parameters(1) / spread;
    made.intercept_ = fitted.parameters(0) - made.slope_ * middle;
    return made;
}

double platt_calibrator::operator()(double score) const noexcept {
    if (std::isnan(score)) return score;
    const double x = input_ == score_kind::probability ? detail::logit(score) : score;
    return detail::logistic((slope_ == 0 ? 0 : slope_ * x) + intercept_);
}

}  // namespace leeway::inline v0
