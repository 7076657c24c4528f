// Pointwise losses of forecasts that are an interval, quantiles, an ensemble or a distribution.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <numbers>
#include <span>
#include <string_view>

#include "leeway/core/forecast_sample.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

namespace detail {

/// Whether all numbers are finite; counts the row as missing when one is NaN, as not finite
/// otherwise.
[[nodiscard]] inline bool accepts_numbers(std::initializer_list<std::span<const double>> columns,
                                          rejections& rejected) noexcept {
    bool missing = false, finite = true;
    for (const std::span<const double> column : columns) {
        for (const double value : column) {
            missing = missing || std::isnan(value);
            finite = finite && std::isfinite(value);
        }
    }
    if (finite) return true;
    ++(missing ? rejected.missing : rejected.non_finite);
    return false;
}

/// sum over pairs i < j of x_j - x_i, for x in ascending order: the gap behind the k-th value lies
/// between k (m - k) pairs. Nothing is subtracted but neighbours, so no digits cancel.
[[nodiscard]] inline double sorted_pair_distances(std::span<const double> x) noexcept {
    double sum = 0;
    for (std::size_t k = 1; k < x.size(); ++k) {
        sum += static_cast<double>(k) * static_cast<double>(x.size() - k) * (x[k] - x[k - 1]);
    }
    return sum;
}

/// sum over all pairs of |a - b|, both in ascending order, by the gaps of the two merged.
[[nodiscard]] inline double sorted_pair_distances(std::span<const double> a,
                                                  std::span<const double> b) noexcept {
    double sum = 0, last = 0;
    std::size_t i = 0, j = 0;
    while (i < a.size() || j < b.size()) {
        const bool from_a = j == b.size() || (i < a.size() && a[i] <= b[j]);
        const double next = from_a ? a[i] : b[j];
        if (i + j > 0) {
            const auto pairs = static_cast<double>(i) * static_cast<double>(b.size() - j) +
                               static_cast<double>(j) * static_cast<double>(a.size() - i);
            sum += pairs * (next - last);
        }
        last = next;
        ++(from_a ? i : j);
    }
    return sum;
}

/// sum over pairs i < j of |x_i - x_j|, x in any order. O(m) when it is in order, O(m log m) up to
/// 512 values, O(m^2 log(512) / 512) beyond: an update must not allocate, so values are sorted in
/// blocks on the stack (8 KiB), and every two blocks are compared.
[[nodiscard]] inline double pair_distances(std::span<const double> x) noexcept {
    if (std::is_sorted(x.begin(), x.end())) return sorted_pair_distances(x);
    constexpr std::size_t block = 512;
    std::array<double, block> first_store;
    std::array<double, block> second_store;
    const auto sorted = [&](std::array<double, block>& store, std::size_t from) {
        const auto part = x.subspan(from, std::min(block, x.size() - from));
        const std::span<double> kept(store.data(), part.size());
        std::copy(part.begin(), part.end(), kept.begin());
        std::sort(kept.begin(), kept.end());
        return std::span<const double>(kept);
    };
    double sum = 0;
    for (std::size_t from = 0; from < x.size(); from += block) {
        const auto one = sorted(first_store, from);
        sum += sorted_pair_distances(one);
        for (std::size_t other = from + block; other < x.size(); other += block) {
            sum += sorted_pair_distances(one, sorted(second_store, other));
        }
    }
    return sum;
}

/// mean |x_i - y|, in the target's unit.
[[nodiscard]] inline double mean_distance(const ensemble_outcome& row) noexcept {
    compensated_sum sum;
    for (const double member : row.members) sum.add(std::fabs(member - row.target));
    return sum.value() / static_cast<double>(row.members.size());
}

/// An ensemble of at least `least` finite members.
[[nodiscard]] inline bool accepts_ensemble(const ensemble_outcome& row, std::size_t least,
                                           rejections& rejected) noexcept {
    if (!rejected.accepts_weight(row.weight)) return false;
    if (!accepts_numbers({{&row.target, 1}, row.members}, rejected)) return false;
    if (row.members.size() >= least) return true;
    ++rejected.range;
    return false;
}

/// A normal distribution of positive deviation.
[[nodiscard]] inline bool accepts_normal(const normal_outcome& row, rejections& rejected) noexcept {
    if (!rejected.accepts_weight(row.weight)) return false;
    const double numbers[] = {row.target, row.mean, row.deviation};
    if (!accepts_numbers({numbers}, rejected)) return false;
    if (row.deviation > 0) return true;
    ++rejected.range;
    return false;
}

/// Finite ends in order, whose distances are finite too.
[[nodiscard]] inline bool accepts_interval(const interval_outcome& row,
                                           rejections& rejected) noexcept {
    if (!rejected.accepts_weight(row.weight)) return false;
    const double numbers[] = {row.target, row.lower, row.upper};
    if (!accepts_numbers({numbers}, rejected)) return false;
    if (row.lower > row.upper) {
        ++rejected.range;
        return false;
    }
    const double reach = std::max(row.upper, row.target) - std::min(row.lower, row.target);
    if (std::isfinite(reach)) return true;
    ++rejected.non_finite;
    return false;
}

}  // namespace detail

/// Stateless function objects, safe from any thread.
namespace loss {

/// upper - lower, in the target's unit.
struct interval_width {
    using sample_type = interval_outcome;
    static constexpr std::string_view name = "interval_width";

    [[nodiscard]] double operator()(const interval_outcome& row) const noexcept {
        return row.upper - row.lower;
    }
    [[nodiscard]] static bool accepts(const interval_outcome& row, rejections& rejected) noexcept {
        return detail::accepts_interval(row, rejected);
    }
};

/// How far the target is outside of the interval, 0 inside; in the target's unit.
struct interval_miss {
    using sample_type = interval_outcome;
    static constexpr std::string_view name = "interval_miss";

    [[nodiscard]] double operator()(const interval_outcome& row) const noexcept {
        return std::max({row.lower - row.target, row.target - row.upper, 0.0});
    }
    [[nodiscard]] static bool accepts(const interval_outcome& row, rejections& rejected) noexcept {
        return detail::accepts_interval(row, rejected);
    }
};

/// Width and miss together: how they vary together follows from its variance.
struct interval_reach {
    using sample_type = interval_outcome;
    static constexpr std::string_view name = "interval_reach";

    [[nodiscard]] double operator()(const interval_outcome& row) const noexcept {
        return interval_width{}(row) + interval_miss{}(row);
    }
    [[nodiscard]] static bool accepts(const interval_outcome& row, rejections& rejected) noexcept {
        return detail::accepts_interval(row, rejected);
    }
};

/// Twice the mean over the levels a of the pinball loss, max(a (y - q), (a - 1) (y - q)), in the
/// target's unit. Levels must ascend inside (0, 1) and quantiles must not descend: crossing ones
/// are counted under range.
struct weighted_interval {
    using sample_type = quantile_outcome;
    static constexpr std::string_view name = "weighted_interval";

    [[nodiscard]] double operator()(const quantile_outcome& row) const noexcept {
        compensated_sum sum;
        for (std::size_t i = 0; i < row.levels.size(); ++i) {
            const double over = row.target - row.quantiles[i];
            sum.add(std::max(row.levels[i] * over, (row.levels[i] - 1) * over));
        }
        return 2 * sum.value() / static_cast<double>(row.levels.size());
    }
    [[nodiscard]] static bool accepts(const quantile_outcome& row, rejections& rejected) noexcept {
        if (!rejected.accepts_weight(row.weight)) return false;
        const std::span<const double> target(&row.target, 1);
        if (!detail::accepts_numbers({target, row.levels, row.quantiles}, rejected)) return false;
        bool good = !row.levels.empty() && row.levels.size() == row.quantiles.size();
        for (std::size_t i = 0; good && i < row.levels.size(); ++i) {
            good = row.levels[i] > (i == 0 ? 0 : row.levels[i - 1]) && row.levels[i] < 1 &&
                   (i == 0 || row.quantiles[i] >= row.quantiles[i - 1]);
        }
        if (!good) ++rejected.range;
        return good;
    }
};

/// Continuous ranked probability score of the ensemble's empirical distribution, mean |x_i - y| -
/// sum_{i < j} |x_i - x_j| / m^2, in the target's unit. An ensemble without members is counted
/// under range.
struct crps_ensemble {
    using sample_type = ensemble_outcome;
    static constexpr std::string_view name = "crps_ensemble";

    [[nodiscard]] double operator()(const ensemble_outcome& row) const noexcept {
        const auto members = static_cast<double>(row.members.size());
        const double pairs = detail::pair_distances(row.members) / (members * members);
        return std::max(0.0,
                        detail::mean_distance(row) - pairs);  // never negative but for rounding
    }
    [[nodiscard]] static bool accepts(const ensemble_outcome& row, rejections& rejected) noexcept {
        return detail::accepts_ensemble(row, 1, rejected);
    }
};

/// The same with m (m - 1) for m^2: unbiased for the score of the distribution that the members
/// were drawn from. Never negative, since |x_i - x_j| <= |x_i - y| + |x_j - y|. An ensemble of
/// fewer than two members is counted under range.
struct fair_crps_ensemble {
    using sample_type = ensemble_outcome;
    static constexpr std::string_view name = "fair_crps_ensemble";

    [[nodiscard]] double operator()(const ensemble_outcome& row) const noexcept {
        const auto members = static_cast<double>(row.members.size());
        const double pairs = detail::pair_distances(row.members) / (members * (members - 1));
        return std::max(0.0, detail::mean_distance(row) - pairs);
    }
    [[nodiscard]] static bool accepts(const ensemble_outcome& row, rejections& rejected) noexcept {
        return detail::accepts_ensemble(row, 2, rejected);
    }
};

/// Continuous ranked probability score of a normal forecast, s (z (2 P(N <= z) - 1) + 2 phi(z) -
/// 1 / sqrt(pi)), z = (y - mean) / s, in the target's unit. A deviation that is not positive is
/// counted under range.
struct crps_normal {
    using sample_type = normal_outcome;
    static constexpr std::string_view name = "crps_normal";

    [[nodiscard]] double operator()(const normal_outcome& row) const noexcept {
        const double error = std::fabs(row.target - row.mean);
        const double x = error / row.deviation / std::numbers::sqrt2;
        // 2 phi(z) = sqrt(2 / pi) exp(-x^2); error * erf(x) does not overflow where z does.
        return error * std::erf(x) + row.deviation * std::numbers::inv_sqrtpi *
                                         (std::numbers::sqrt2 * std::exp(-x * x) - 1);
    }
    [[nodiscard]] static bool accepts(const normal_outcome& row, rejections& rejected) noexcept {
        return detail::accepts_normal(row, rejected);
    }
};

/// Minus the log density of a normal forecast at the target, log s + log(2 pi) / 2 + z^2 / 2, in
/// nats; of either sign, since a density can be above 1.
struct logarithmic_normal {
    using sample_type = normal_outcome;
    static constexpr std::string_view name = "logarithmic_normal";
    static constexpr bool may_be_negative = true;

    [[nodiscard]] double operator()(const normal_outcome& row) const noexcept {
        const double z = (row.target - row.mean) / row.deviation;
        constexpr double half_log_two_pi = 0.91893853320467274178;
        return std::log(row.deviation) + half_log_two_pi + z * z / 2;
    }
    [[nodiscard]] static bool accepts(const normal_outcome& row, rejections& rejected) noexcept {
        return detail::accepts_normal(row, rejected);
    }
};

}  // namespace loss

}  // namespace leeway::inline v0
