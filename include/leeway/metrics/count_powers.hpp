// Products of powers of counts: the form of odds ratios and geometric means.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/class_ratio.hpp"
#include "leeway/metrics/class_table.hpp"

namespace leeway::inline v0 {

/// A sum of some of the four counts of class 1, raised to a power.
struct count_power {
    binary_counts sum;
    double exponent;
};

/// prod (sum_k)^(e_k) over a table of two classes whose cells are positive, with its derivative by
/// each cell, f sum_k e_k sum_k' / sum_k: what delta_interval asks of a figure.
template <std::size_t N>
[[nodiscard]] double product_of_powers(const count_power (&factors)[N], const class_table& table,
                                       std::span<double> gradient) noexcept {
    const binary_counts counts{
        .tp = table(1, 1), .fp = table(0, 1), .fn = table(1, 0), .tn = table(0, 0)};
    double product = 1;
    binary_counts slope;  // of the logarithm
    for (const count_power& factor : factors) {
        const double sum = detail::dot(factor.sum, counts);
        product *= std::pow(sum, factor.exponent);
        const double by = factor.exponent / sum;
        slope.tp += by * factor.sum.tp;
        slope.fp += by * factor.sum.fp;
        slope.fn += by * factor.sum.fn;
        slope.tn += by * factor.sum.tn;
    }
    gradient[0] = product * slope.tn;
    gradient[1] = product * slope.fp;
    gradient[2] = product * slope.fn;
    gradient[3] = product * slope.tp;
    return product;
}

}  // namespace leeway::inline v0
