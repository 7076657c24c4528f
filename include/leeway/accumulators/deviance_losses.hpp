// Unit deviances: what the prediction of a mean costs when the target is a count or an amount.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "leeway/accumulators/losses.hpp"
#include "leeway/core/block_sums.hpp"
#include "leeway/core/fast_log.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

namespace detail {

/// log(a / b) of positive numbers; the difference of the logarithms only where the quotient would
/// leave the normal doubles.
[[nodiscard]] inline double log_of_ratio(double a, double b) noexcept {
    const double ratio = a / b;
    return std::isnormal(ratio) ? std::log(ratio) : std::log(a) - std::log(b);
}

/// The unit deviance of the Tweedie family, y the target and m the mean:
/// 2 (max(y, 0)^(2-p) / ((1-p) (2-p)) - y m^(1-p) / (1-p) + m^(2-p) / (2-p)),
/// with its limits 2 (y log(y/m) - y + m) at p = 1 and 2 (log(m/y) + y/m - 1) at p = 2; (y - m)^2
/// at p = 0, of y of either sign.
///
/// Near y = m these terms cancel. With u = y/m - 1 the deviance is 2 m^(2-p) g(u) where g(0) =
/// g'(0) = 0 and g''(u) = (1 + u)^-p, so g(u) = sum_k binom(-p, k) u^(k+2) / ((k+1) (k+2)), whose
/// first term is the largest and positive where |u| max(1, |p|) is small. Elsewhere the terms'
/// rounding is relatively about 2^-52 / u at p = 1 and 2, and 2^-51 / (|1-p| |2-p| u^2) at others.
/// Cost: 20 to 70 ns.
[[nodiscard]] inline double tweedie_unit_deviance(double y, double m, double p) noexcept {
    if (p == 0) return (y - m) * (y - m);
    const double u = (y - m) / m;
    const double reach = p == 1 || p == 2 ? 0.03125 : 0.125;
    if (std::fabs(u) * std::max(1.0, std::fabs(p)) <= reach) {
        double binomial = 1;  // binom(-p, k) u^k
        double sum = 0;
        for (int k = 0; k < 40; ++k) {
            const double term = binomial / ((k + 1.0) * (k + 2.0));
            sum += term;
            if (std::fabs(term) < 1e-17 * sum) break;
            binomial *= -(p + k) / (k + 1.0) * u;
        }
        // (y - m)^2 m^-p, by factors that neither over- nor underflow before the product does.
        const double scale = p == 1 ? (y - m) * u : p == 2 ? u * u : u * u * std::pow(m, 2 - p);
        return 2 * sum * scale;
    }
    double value = 0;
    if (p == 1) {
        value = (y > 0 ? y * log_of_ratio(y, m) : 0.0) + (m - y);
    } else if (p == 2) {
        value = u - log_of_ratio(y, m);
    } else {
        value = std::pow(std::max(y, 0.0), 2 - p) / ((1 - p) * (2 - p)) -
                y * std::pow(m, 1 - p) / (1 - p) + std::pow(m, 2 - p) / (2 - p);
    }
    return value < 0 ? 0.0 : 2 * value;  // below zero only by rounding; NaN stays
}

/// The rows on which the deviance of power p is finite, or would be but for overflow: any for p =
/// 0; prediction > 0 for p < 0; also target >= 0 for 1 <= p < 2, and target > 0 for p >= 2.
[[nodiscard]] inline bool accepts_deviance(const regression_outcome& row, double p,
                                           rejections& rejected) noexcept {
    if (!rejected.accepts(row)) return false;
    if (p == 0) return true;
    const bool target = p < 0 || (p < 2 ? row.target >= 0 : row.target > 0);
    if (row.prediction > 0 && target) [[likely]]
        return true;
    ++rejected.range;
    return false;
}

}  // namespace detail

namespace loss {

/// 2 (y log(y / m) - y + m), y the target, at least 0, and m the prediction, above 0.
struct poisson_deviance {
    using sample_type = regression_outcome;
    static constexpr std::string_view name = "poisson_deviance";

    [[nodiscard]] double operator()(const regression_outcome& row) const noexcept {
        return detail::tweedie_unit_deviance(row.target, row.prediction, 1);
    }
    /// With M = scale m: y log(y/m) - y + m = y e log 2 + (m - M) + s (y - M) + y rest, where near
    /// y = m the first two are 0 and nothing cancels.
    [[nodiscard, gnu::always_inline]] static bool of_block(
        const regression_outcome::columns& rows, std::span<double, block_rows> losses) noexcept {
        std::uint64_t outside = 0;
        for (std::size_t i = 0; i < block_rows; ++i) {
            const double m = rows.prediction[i];
            // A count of 0 costs m: so does one that is 2^-200 of it.
            const double y = rows.target[i] + (rows.target[i] > 0 ? 0.0 : 1.0) * (m * 0x1p-200);
            const detail::log_of_quotient log(y, m);
            const double scaled = m * log.scale;
            losses[i] = 2 * (y * log.e_log_2 + (m - scaled) + log.s * (y - scaled) + y * log.rest);
            outside |= std::bit_cast<std::uint64_t>(rows.target[i]) | detail::far_from_the_ends(y) |
                       detail::far_from_the_ends(m);
        }
        return (outside >> 63) == 0;
    }
    [[nodiscard]] static bool accepts(const regression_outcome& row,
                                      rejections& rejected) noexcept {
        return detail::accepts_deviance(row, 1, rejected);
    }
};

/// 2 (log(m / y) + y / m - 1), target y and prediction m above 0.
struct gamma_deviance {
    using sample_type = regression_outcome;
    static constexpr std::string_view name = "gamma_deviance";

    [[nodiscard]] double operator()(const regression_outcome& row) const noexcept {
        return detail::tweedie_unit_deviance(row.target, row.prediction, 2);
    }
    /// With r = y/m and v = r / scale - 1 = s (1 + r / scale): r - 1 - log r = r (1 - 1 / scale) -
    /// e log 2 + s v - rest, where near y = m the first two are 0 and nothing cancels.
    [[nodiscard, gnu::always_inline]] static bool of_block(
        const regression_outcome::columns& rows, std::span<double, block_rows> losses) noexcept {
        std::uint64_t outside = 0;
        for (std::size_t i = 0; i < block_rows; ++i) {
            const detail::log_of_quotient log(rows.target[i], rows.prediction[i]);
            const double scaled = log.ratio / log.scale;
            const double v = log.s * (1 + scaled);
            losses[i] = 2 * ((log.ratio - scaled) - log.e_log_2 + log.s * v - log.rest);
            outside |= detail::far_from_the_ends(rows.target[i]) |
                       detail::far_from_the_ends(rows.prediction[i]);
        }
        return (outside >> 63) == 0;
    }
    [[nodiscard]] static bool accepts(const regression_outcome& row,
                                      rejections& rejected) noexcept {
        return detail::accepts_deviance(row, 2, rejected);
    }
};

/// The unit deviance whose variance grows as the mean to `power`: 0 is the squared error, 1
/// Poisson, 2 gamma, 3 inverse Gaussian; between 1 and 2 amounts that may be exactly 0. No such
/// distribution exists for powers between 0 and 1.
struct tweedie_deviance {
    using sample_type = regression_outcome;
    static constexpr std::string_view name = "tweedie_deviance";

    double power{1.5};

    [[nodiscard]] double operator()(const regression_outcome& row) const noexcept {
        return detail::tweedie_unit_deviance(row.target, row.prediction, power);
    }
    [[nodiscard]] bool accepts(const regression_outcome& row, rejections& rejected) const noexcept {
        return detail::accepts_deviance(row, power, rejected);
    }

    friend bool operator==(const tweedie_deviance&, const tweedie_deviance&) = default;
    [[nodiscard]] std::string defect() const {
        if (std::isfinite(power) && (power <= 0 || power >= 1)) return {};
        return "loss::tweedie_deviance: power is " + detail::shown(power) +
               ", expected a finite number outside (0, 1)";
    }
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("power", self.power);
    }
};

}  // namespace loss

}  // namespace leeway::inline v0
