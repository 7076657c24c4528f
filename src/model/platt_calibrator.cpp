#include "leeway/model/platt_calibrator.hpp"

#include <algorithm>
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

    double largest[2]{}, sum[2]{}, squares[2]{};
    const auto side = [](const detail::calibration_row& row) { return row.label == 1 ? 1 : 0; };
    for (const auto& row : rows) largest[side(row)] = std::max(largest[side(row)], row.weight);
    for (const auto& row : rows) {  // of its class's largest: squares do not vanish
        const double share = row.weight / largest[side(row)];
        sum[side(row)] += share;
        squares[side(row)] += share * share;
    }
    const auto effective = [&](int label) {
        return sum[label] > 0 ? sum[label] / squares[label] * sum[label] : 0.0;
    };
    const double target[2] = {1 / (effective(0) + 2), (effective(1) + 1) / (effective(1) + 2)};

    Eigen::VectorXd x(n), targets(n), weight(n);
    for (Eigen::Index i = 0; i < n; ++i) {
        const auto& row = rows[static_cast<std::size_t>(i)];
        x(i) = probabilities ? detail::logit(row.score) : row.score;
        targets(i) = target[side(row)];
        weight(i) = row.weight;
    }
    weight /= weight.sum();
    // Scores brought to mean 0 and deviation 1: their unit is anybody's. By a power of two to 1 at
    // most first, so that their squares can be had.
    int power = 0;
    std::frexp(x.lpNorm<Eigen::Infinity>(), &power);
    for (double& score : x) score = std::ldexp(score, -power);
    const double middle = weight.dot(x);
    const double spread = std::sqrt(weight.dot((x.array() - middle).square().matrix()));

    platt_calibrator made;
    made.input_ = input;
    made.rows_used_ = rows.size();
    const auto fitted_with = [&](bool constant) {
        Eigen::MatrixXd columns(n, constant ? 1 : 2);
        columns.col(0).setOnes();
        if (!constant) columns.col(1) = (x.array() - middle) / spread;
        const auto fitted = detail::fit_logistic(columns, targets, weight, 0);
        const double slope = constant ? 0 : fitted.parameters(1) / spread;
        made.converged_ = fitted.converged;
        made.slope_ = std::ldexp(slope, -power);
        made.intercept_ = fitted.parameters(0) - slope * middle;
    };
    fitted_with(!(spread > 1e-14 * std::fabs(middle)));
    if (!std::isfinite(made.slope_)) fitted_with(true);
    return made;
}

double platt_calibrator::operator()(double score) const noexcept {
    if (std::isnan(score)) return score;
    const double x = input_ == score_kind::probability ? detail::logit(score) : score;
    return detail::logistic((slope_ == 0 ? 0 : slope_ * x) + intercept_);
}

}  // namespace leeway::inline v0
