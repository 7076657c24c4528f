// How far truth and prediction agree beyond chance.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/class_table.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// How much a disagreement between class i and class j weighs.
enum class kappa_weighting : std::uint8_t {
    none,      ///< 1: classes without an order
    linear,    ///< |i - j|: classes that are steps of a scale
    quadratic  ///< (i - j)^2
};

namespace detail {

/// k = 1 - n O / E and its gradient, with O = sum d_ij c_ij, E = sum d_ij t_i p_j over the cells c,
/// their margins t and p and their sum n. NaN when no disagreement is expected.
[[nodiscard]] inline double kappa(kappa_weighting weighting, const class_table& table,
                                  std::span<double> gradient) {
    const std::size_t k = table.classes();
    const auto distance = [&](std::size_t i, std::size_t j) {
        if (weighting == kappa_weighting::none) return i == j ? 0.0 : 1.0;
        const double steps =
            static_cast<double>(table.number(i)) - static_cast<double>(table.number(j));
        return weighting == kappa_weighting::linear ? std::fabs(steps) : steps * steps;
    };
    std::vector<double> truth(k, 0.0);
    std::vector<double> predicted(k, 0.0);
    double all = 0;
    double observed = 0;
    for (std::size_t i = 0; i < k; ++i) {
        for (std::size_t j = 0; j < k; ++j) {
            truth[i] += table(i, j);
            predicted[j] += table(i, j);
            observed += distance(i, j) * table(i, j);
        }
        all += truth[i];
    }
    // What a row of class i, or one predicted as class j, disagrees with the other side on average.
    std::vector<double> of_label(k, 0.0);
    std::vector<double> of_prediction(k, 0.0);
    double expected = 0;
    for (std::size_t i = 0; i < k; ++i) {
        for (std::size_t j = 0; j < k; ++j) {
            of_label[i] += distance(i, j) * predicted[j];
            of_prediction[j] += distance(i, j) * truth[i];
        }
        expected += truth[i] * of_label[i];
    }
    const double share = all * observed / expected;
    for (std::size_t i = 0; i < k && !gradient.empty(); ++i) {
        for (std::size_t j = 0; j < k; ++j) {
            gradient[i * k + j] =
                (share * (of_label[i] + of_prediction[j]) - observed - all * distance(i, j)) /
                expected;
        }
    }
    return 1 - share;
}

}  // namespace detail

/// Cohen's kappa, 1 - observed over expected disagreement, where the expected one is that of an
/// independent truth and prediction with the same margins; in [-1, 1], higher is better, 0 is
/// chance. Reported as cohen_kappa, cohen_kappa_linear or cohen_kappa_quadratic.
///
/// The distance of two classes is that of their numbers, whether or not a class between them was
/// met. Undefined (zero denominator) when no disagreement is expected, that is when truth and
/// prediction are one and the same class, where scikit-learn says NaN; undefined (empty) on
/// nothing. Interval: the delta method (class_table.hpp), over Kish's effective rows when weighted.
/// Cost: O(classes^2). Thread rule: a pure function. Source: J. Cohen, "A coefficient of agreement
/// for nominal scales", Educ. Psychol. Meas. 20 (1960); "Weighted kappa", Psychol. Bull. 70 (1968).
struct cohen_kappa {
    using state_type = confusion_matrix;
    static constexpr info_card info{"cohen_kappa",
                                    "1",
                                    -1,
                                    1,
                                    orientation::higher_is_better,
                                    "truth and prediction are one and the same class"};

    kappa_weighting weighting{kappa_weighting::none};
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const {
        switch (weighting) {
            case kappa_weighting::linear:
                return "cohen_kappa_linear";
            case kappa_weighting::quadratic:
                return "cohen_kappa_quadratic";
            case kappa_weighting::none:
                break;
        }
        return "cohen_kappa";
    }

    [[nodiscard]] estimate operator()(const confusion_matrix& counts) const {
        const double weight = counts.total();
        if (!(weight > 0)) return undefined::empty;
        class_table table = class_table::seen(counts);
        // By a power of two, which costs no digit: products of any weights then stay finite.
        const double scale = std::ldexp(1.0, -std::ilogb(weight));
        for (double& cell : table.cells()) cell *= scale;
        const auto figure = [this](const class_table& at, std::span<double> gradient) {
            return detail::kappa(weighting, at, gradient);
        };
        const double value = figure(table, {});
        if (!std::isfinite(value)) return estimate(undefined::zero_denominator, weight);
        const double rows = effective_rows(weight, counts.sum_of_squared_weights());
        return delta_interval(std::clamp(value, -1.0, 1.0), table, rows / (weight * scale), weight,
                              confidence, info, figure);
    }
};

}  // namespace leeway::inline v0
