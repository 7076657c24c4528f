// Pointwise losses of a regression: relative, logarithmic, robust and of a quantile.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numbers>
#include <span>
#include <string>
#include <string_view>

#include "leeway/accumulators/losses.hpp"
#include "leeway/core/block_sums.hpp"
#include "leeway/core/fast_log.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Function objects without state of their own but their parameters, safe from any thread.
namespace loss {

/// |target - prediction| / max(|target|, 2^-52), a share. The floor is scikit-learn's: it keeps a
/// row whose target is 0 from dividing by it, and makes such a row count 4.5e15 times its error, so
/// that nobody can overlook it.
struct absolute_percentage_error {
    using sample_type = regression_outcome;
    static constexpr std::string_view name = "absolute_percentage_error";
    static constexpr bool every_finite_row = true;

    [[nodiscard]] double operator()(const regression_outcome& row) const noexcept {
        return std::fabs(row.target - row.prediction) /
               std::max(std::fabs(row.target), std::numeric_limits<double>::epsilon());
    }
    [[nodiscard]] static bool accepts(const regression_outcome& row,
                                      rejections& rejected) noexcept {
        return rejected.accepts(row);
    }
};

/// 2 |target - prediction| / (|target| + |prediction|), in [0, 2]; 0 where both are 0, since they
/// agree.
struct symmetric_absolute_percentage_error {
    using sample_type = regression_outcome;
    static constexpr std::string_view name = "symmetric_absolute_percentage_error";
    static constexpr bool every_finite_row = true;

    [[nodiscard]] double operator()(const regression_outcome& row) const noexcept {
        double scale = std::fabs(row.target) + std::fabs(row.prediction);
        double error = std::fabs(row.target - row.prediction);
        if (scale > std::numeric_limits<double>::max()) {
            // An eighth of each: neither sum overflows, and no digit of such numbers is lost.
            scale = std::fabs(row.target / 8) + std::fabs(row.prediction / 8);
            error = std::fabs(row.target / 8 - row.prediction / 8);
        }
        return scale == 0 ? 0.0 : 2 * (error / scale);  // NaN stays
    }
    [[nodiscard]] static bool accepts(const regression_outcome& row,
                                      rejections& rejected) noexcept {
        return rejected.accepts(row);
    }
};

/// (log(1 + target) - log(1 + prediction))^2, of numbers above -1; others are rejected as out of
/// range.
struct squared_log_error {
    using sample_type = regression_outcome;
    static constexpr std::string_view name = "squared_log_error";

    [[nodiscard]] double operator()(const regression_outcome& row) const noexcept {
        // Numbers within a factor of two subtract exactly, and the logarithm of their ratio then
        // keeps the digits that the difference of two logarithms would lose.
        const double error = row.target - row.prediction;
        const double d = std::fabs(error) < 0.5 * (1 + row.prediction)
                             ? std::log1p(error / (1 + row.prediction))
                             : std::log1p(row.target) - std::log1p(row.prediction);
        return d * d;
    }
    [[nodiscard, gnu::always_inline]] static bool of_block(
        const regression_outcome::columns& rows, std::span<double, block_rows> losses) noexcept {
        std::uint64_t outside = 0;
        for (std::size_t i = 0; i < block_rows; ++i) {
            const auto a = detail::two_sum(1, rows.target[i]);
            const auto b = detail::two_sum(1, rows.prediction[i]);
            const detail::log_of_quotient log(a.high, b.high, a.low, b.low);
            const double d = log.e_log_2 + (2 * log.s + log.rest);
            losses[i] = d * d;
            outside |= detail::far_from_the_ends(a.high) | detail::far_from_the_ends(b.high);
        }
        return (outside >> 63) == 0;
    }
    [[nodiscard]] static bool accepts(const regression_outcome& row,
                                      rejections& rejected) noexcept {
        if (!rejected.accepts(row)) return false;
        if (row.target > -1 && row.prediction > -1) [[likely]]
            return true;
        ++rejected.range;
        return false;
    }
};

/// With e = target - prediction: e^2 / 2 up to |e| = delta, delta (|e| - delta / 2) beyond.
struct huber {
    using sample_type = regression_outcome;
    static constexpr std::string_view name = "huber";
    static constexpr bool every_finite_row = true;

    double delta{1};

    [[nodiscard]] double operator()(const regression_outcome& row) const noexcept {
        const double error = std::fabs(row.target - row.prediction);
        // Both branches in one, which compilers vectorise; NaN stays.
        const double inside = std::min(error, delta);
        return inside * (error - 0.5 * inside);
    }
    [[nodiscard]] static bool accepts(const regression_outcome& row,
                                      rejections& rejected) noexcept {
        return rejected.accepts(row);
    }

    friend bool operator==(const huber&, const huber&) = default;
    [[nodiscard]] std::string defect() const {
        if (delta > 0 && std::isfinite(delta)) return {};
        return "loss::huber: delta is " + detail::shown(delta) + ", expected a finite number > 0";
    }
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("delta", self.delta);
    }
};

/// log(cosh(target - prediction)): e^2 / 2 for small errors e, |e| - log 2 for large ones.
struct log_cosh {
    using sample_type = regression_outcome;
    static constexpr std::string_view name = "log_cosh";
    static constexpr bool every_finite_row = true;

    [[nodiscard]] double operator()(const regression_outcome& row) const noexcept {
        const double error = std::fabs(row.target - row.prediction);
        // cosh e = 1 + 2 sinh^2(e / 2) keeps the digits of small errors; for large ones cosh itself
        // would overflow.
        if (error < 1) {
            const double half = std::sinh(0.5 * error);
            return std::log1p(2 * half * half);
        }
        return error + (std::log1p(std::exp(-2 * error)) - std::numbers::ln2);
    }
    [[nodiscard]] static bool accepts(const regression_outcome& row,
                                      rejections& rejected) noexcept {
        return rejected.accepts(row);
    }
};

/// With e = target - prediction: level e where it is positive, (level - 1) e where negative. The
/// prediction that costs least on average is the quantile of that level.
struct pinball {
    using sample_type = regression_outcome;
    static constexpr std::string_view name = "pinball";
    static constexpr bool every_finite_row = true;

    double level{0.5};

    [[nodiscard]] double operator()(const regression_outcome& row) const noexcept {
        const double error = row.target - row.prediction;
        return std::max(level * error, (level - 1) * error);  // NaN stays
    }
    [[nodiscard]] static bool accepts(const regression_outcome& row,
                                      rejections& rejected) noexcept {
        return rejected.accepts(row);
    }

    friend bool operator==(const pinball&, const pinball&) = default;
    [[nodiscard]] std::string defect() const {
        // At 0 and 1 one side is free, and an infinite error on it would cost nothing or NaN.
        if (level > 0 && level < 1) return {};
        return "loss::pinball: level is " + detail::shown(level) + ", expected in (0, 1)";
    }
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("level", self.level);
    }
};

}  // namespace loss

}  // namespace leeway::inline v0
