// Lag-1 autocorrelation from counts and the sum of neighbouring products; and the one door to a
// monitor_state's sums.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "leeway/core/result.hpp"
#include "leeway/monitor/monitor_state.hpp"

namespace leeway::inline v0::detail {

/// r = (sum x_t x_(t-1) / pairs - mean^2) / variance with mean and variance from all the counts:
/// lag_one_correlation up to the ends of the stream, but mergeable. The weight is the number of
/// pairs.
template <class Location>
[[nodiscard]] estimate lag_one(std::span<const std::uint64_t> counts, double products,
                               std::uint64_t pairs, Location location) {
    const auto weight = static_cast<double>(pairs);
    if (pairs < 3) return {pairs == 0 ? undefined::empty : undefined::too_little_data, weight};
    double n = 0;
    double sum = 0;
    double squares = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const auto count = static_cast<double>(counts[i]);
        const double x = location(i);
        n += count;
        sum += count * x;
        squares += count * x * x;
    }
    const double mean = sum / n;
    const double variance = squares / n - mean * mean;
    if (!(variance > 1e-12 * squares / n)) return {undefined::constant_target, weight};
    return estimate::of((products / weight - mean * mean) / variance, weight);
}

class state_reader {
  public:
    [[nodiscard]] static const channel_sums& sums(const monitor_state& state,
                                                  std::size_t channel) noexcept {
        return state.sums_[channel];
    }
    [[nodiscard]] static std::uint64_t pairs(const monitor_state& state) noexcept {
        return state.pairs_;
    }
    [[nodiscard]] static double error_products(const monitor_state& state) noexcept {
        return state.error_products_;
    }
    [[nodiscard]] static std::uint64_t error_pairs(const monitor_state& state) noexcept {
        return state.error_pairs_;
    }
};

}  // namespace leeway::inline v0::detail
