// The rows that a calibrator is fitted to, and the few-parameter logistic regression that three of
// them are.
#pragma once

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "leeway/core/error.hpp"

namespace leeway::inline v0::detail {

struct calibration_row {
    double score;
    double label;  // 0 or 1
    double weight;
};

/// Rows of positive weight and a finite score; raises when there is none, or on what cannot be a
/// row. `probabilities`: scores outside [0, 1] are left out too. The weights are divided by a power
/// of two, so that the largest is in [0.5, 1): exactly the same fit, whose sums neither overflow
/// nor vanish. One that is less than 2^-1074 of the largest is nothing beside it, and left out.
[[nodiscard]] inline std::vector<calibration_row> calibration_rows(std::string_view where,
                                                                   std::span<const double> scores,
                                                                   std::span<const double> labels,
                                                                   std::span<const double> weights,
                                                                   bool probabilities) {
    if (labels.size() != scores.size()) {
        raise_invalid(where, "labels.size()", labels.size(),
                      "one a score, " + shown(scores.size()));
    }
    if (!weights.empty() && weights.size() != scores.size()) {
        raise_invalid(where, "weights.size()", weights.size(),
                      "one a score, " + shown(scores.size()) + ", or none");
    }
    std::vector<calibration_row> rows;
    rows.reserve(scores.size());
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const double weight = weights.empty() ? 1.0 : weights[i];
        if (labels[i] != 0 && labels[i] != 1) raise_invalid(where, "a label", labels[i], "0 or 1");
        if (!(weight >= 0) || std::isinf(weight))
            raise_invalid(where, "a weight", weight, "a finite number, at least 0");
        if (weight == 0 || !std::isfinite(scores[i])) continue;
        if (probabilities && !(scores[i] >= 0 && scores[i] <= 1)) continue;
        rows.push_back({scores[i], labels[i], weight});
    }
    if (!weights.empty()) {
        double largest = 0;
        for (const calibration_row& row : rows) largest = std::max(largest, row.weight);
        int power = 0;
        std::frexp(largest, &power);
        for (calibration_row& row : rows) row.weight = std::ldexp(row.weight, -power);
        std::erase_if(rows, [](const calibration_row& row) { return row.weight == 0; });
    }
    if (rows.empty()) {
        raise(std::string(where) + ": none of the " + shown(scores.size()) +
              " rows has a usable score and a positive weight");
    }
    return rows;
}

/// p moved to [2^-52, 1 - 2^-52]: beyond, the logarithms of p and 1 - p are infinite or nearly so.
[[nodiscard]] inline double inside(double p) noexcept {
    constexpr double least = std::numeric_limits<double>::epsilon();
    return std::min(std::max(p, least), 1 - least);
}

[[nodiscard]] inline double logit(double p) noexcept {
    const double q = inside(p);
    return std::log(q) - std::log1p(-q);
}

/// 1 / (1 + e^-x), of either sign without overflow.
[[nodiscard]] inline double logistic(double x) noexcept {
    if (x >= 0) return 1 / (1 + std::exp(-x));
    const double odds = std::exp(x);
    return odds / (1 + odds);
}

struct logistic_fit {
    Eigen::VectorXd parameters;
    double value;  // the objective
    bool converged;
};

/// Minimises sum_i w_i (cross-entropy of target_i and logistic(columns_i . parameters)) + ridge / 2
/// |parameters but the first|^2 by Newton's method with step halving.
[[nodiscard]] inline logistic_fit fit_logistic(const Eigen::MatrixXd& columns,
                                               const Eigen::VectorXd& targets,
                                               const Eigen::VectorXd& weights, double ridge) {
    const Eigen::Index d = columns.cols();
    const auto objective = [&](const Eigen::VectorXd& parameters) {
        const Eigen::ArrayXd x = (columns * parameters).array();
        const Eigen::ArrayXd losses = x.max(0.0) + (-x.abs()).exp().log1p() - targets.array() * x;
        return (weights.array() * losses).sum() + ridge / 2 * parameters.tail(d - 1).squaredNorm();
    };
    Eigen::VectorXd penalty = Eigen::VectorXd::Constant(d, ridge);
    penalty(0) = 0;
    logistic_fit made{Eigen::VectorXd::Zero(d), 0, false};
    made.value = objective(made.parameters);
    for (int step = 0; step < 200 && !made.converged; ++step) {
        const Eigen::VectorXd fitted =
            (columns * made.parameters).unaryExpr([](double x) { return logistic(x); });
        const Eigen::VectorXd gradient =
            columns.transpose() * (weights.array() * (fitted - targets).array()).matrix() +
            (penalty.array() * made.parameters.array()).matrix();
        const Eigen::VectorXd curve =
            (weights.array() * fitted.array() * (1 - fitted.array())).matrix();
        Eigen::MatrixXd hessian = columns.transpose() * curve.asDiagonal() * columns;
        hessian.diagonal() += penalty;
        const Eigen::VectorXd direction = hessian.ldlt().solve(gradient);
        if (!direction.allFinite()) break;
        // The error after a step is of the order of the step's square.
        made.converged =
            std::isfinite(made.value) && direction.lpNorm<Eigen::Infinity>() <=
                                             1e-8 * (1 + made.parameters.lpNorm<Eigen::Infinity>());
        // What a small step gains is less than the rounding of the value.
        const double enough = made.value + 1e-14 * (1 + std::fabs(made.value));
        double length = 1;
        for (; length > 1e-10; length /= 2) {
            const Eigen::VectorXd next = made.parameters - length * direction;
            const double value = objective(next);
            if (value <= enough) {
                made.parameters = next;
                made.value = value;
                break;
            }
        }
        if (length <= 1e-10) break;
    }
    return made;
}

}  // namespace leeway::inline v0::detail
