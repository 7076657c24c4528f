// Training rows brought to mean 0 and standard deviation 1, for the linear models.
#pragma once

#include <Eigen/Core>
#include <cmath>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "leeway/core/error.hpp"
#include "leeway/model/batch_view.hpp"

namespace leeway::inline v0::detail {

struct standardised {
    Eigen::MatrixXd columns;
    Eigen::VectorXd target;
    Eigen::RowVectorXd mean;
    Eigen::RowVectorXd scale;  // 1 for a constant column

    standardised(std::string_view where, const batch_view& rows, std::span<const double> targets) {
        if (targets.size() != rows.rows()) {
            raise_invalid(where, "targets.size()", targets.size(),
                          "one a row, " + shown(rows.rows()));
        }
        const auto all = rows.eigen();
        std::vector<Eigen::Index> usable;
        for (Eigen::Index i = 0; i < all.rows(); ++i) {
            if (std::isfinite(targets[static_cast<std::size_t>(i)]) &&
                (all.cols() == 0 || all.row(i).allFinite())) {
                usable.push_back(i);
            }
        }
        if (usable.empty()) {
            raise(std::string(where) + ": none of the " + shown(rows.rows()) +
                  " rows has only finite numbers");
        }
        const auto n = static_cast<Eigen::Index>(usable.size());
        target.resize(n);
        for (Eigen::Index i = 0; i < n; ++i) {
            target(i) = targets[static_cast<std::size_t>(usable[static_cast<std::size_t>(i)])];
        }
        columns.resize(n, all.cols());
        if (all.cols() == 0) return;  // no storage, and so no row, to speak of
        for (Eigen::Index i = 0; i < n; ++i) {
            columns.row(i) = all.row(usable[static_cast<std::size_t>(i)]);
        }
        mean = columns.colwise().mean();
        columns.rowwise() -= mean;
        scale = (columns.array().square().colwise().sum() / static_cast<double>(n)).sqrt().matrix();
        for (Eigen::Index j = 0; j < scale.size(); ++j) {
            // Rounding of the mean leaves a constant column a spread of some 1e-16 of its size.
            if (!(scale(j) > 1e-12 * std::abs(mean(j)))) {
                scale(j) = 1;
                columns.col(j).setZero();
            }
        }
        columns.array().rowwise() /= scale.array();
    }

    /// Coefficients and intercept in the columns' own units.
    [[nodiscard]] std::vector<double> own_units(const Eigen::VectorXd& slopes,
                                                double& intercept) const {
        std::vector<double> coefficients(static_cast<std::size_t>(slopes.size()));
        for (Eigen::Index j = 0; j < slopes.size(); ++j) {
            const double coefficient = slopes(j) / scale(j);
            coefficients[static_cast<std::size_t>(j)] = coefficient;
            intercept -= coefficient * mean(j);
        }
        return coefficients;
    }
};

/// intercept + coefficients . row; NaN when the lengths differ.
[[nodiscard]] inline double linear_score(std::span<const double> coefficients, double intercept,
                                         std::span<const double> row) noexcept {
    if (row.size() != coefficients.size()) return std::nan("");
    using vector = Eigen::Map<const Eigen::VectorXd>;
    const auto size = static_cast<Eigen::Index>(row.size());
    return intercept + vector(row.data(), size).dot(vector(coefficients.data(), size));
}

inline void require_batch(std::string_view where, const batch_view& rows, std::size_t columns,
                          std::size_t scores) {
    if (rows.columns() != columns) {
        raise_invalid(where, "rows.columns()", rows.columns(),
                      "one a coefficient, " + shown(columns));
    }
    if (scores != rows.rows()) {
        raise_invalid(where, "scores.size()", scores, "one a row, " + shown(rows.rows()));
    }
}

}  // namespace leeway::inline v0::detail
