// The gains of one ranked list, discounted by rank.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <span>

#include "leeway/core/tie_blocks.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// What an item of relevance g adds: g, or 2^g - 1, which lets the few best items count for most.
enum class relevance_gain : std::uint8_t { linear, exponential };

namespace detail {

/// 1 / log2(rank + 1) for ranks from 1: `before` items are above.
class rank_discounts {
  public:
    rank_discounts() noexcept : first_(table().data()) {}

    [[nodiscard]] double operator()(std::size_t before) const noexcept {
        if (before < ranks) [[likely]]
            return first_[before];
        return at(before);
    }

  private:
    static constexpr std::size_t ranks = 1024;

    [[nodiscard]] static double at(std::size_t before) noexcept {
        return 1 / std::log2(static_cast<double>(before) + 2);
    }
    [[nodiscard]] static const std::array<double, ranks>& table() noexcept {
        static const auto made = [] {
            std::array<double, ranks> first{};
            for (std::size_t i = 0; i < ranks; ++i) first[i] = at(i);
            return first;
        }();
        return made;
    }

    const double* first_;
};

/// Ranks that count: k, or all n of them when k is 0.
[[nodiscard]] constexpr std::size_t ranks(std::size_t k, std::size_t n) noexcept {
    return k == 0 ? n : std::min(k, n);
}

/// 2^g - 1, with all digits for a tiny g.
[[nodiscard]] inline double exponential_gain(double g) noexcept {
    return g < 1 ? std::expm1(g * std::numbers::ln2) : std::exp2(g) - 1;
}

/// Gains discounted by rank, the items in the order of `key`. Tied items share the mean gain of
/// their block.
template <item_order Order>
[[nodiscard]] double discounted_gain(std::span<const double> key, std::span<const double> relevance,
                                     std::size_t k, relevance_gain scale) noexcept {
    const std::size_t last = ranks(k, key.size());
    const rank_discounts discount;
    double sum = 0;
    const auto see = [&](const tie_block& block) {
        if (block.size == 1) {
            sum += block.gain * discount(block.before);
            return block.before + 1 < last;
        }
        const std::size_t end = std::min(block.before + block.size, last);
        double discounts = 0;
        for (std::size_t rank = block.before; rank < end; ++rank) discounts += discount(rank);
        sum += block.gain / static_cast<double>(block.size) * discounts;
        return end < last;
    };
    if (scale == relevance_gain::linear) {
        for_each_tie_block<Order>(
            key, relevance, last, [](double g) { return g; }, see);
    } else {
        for_each_tie_block<Order>(key, relevance, last, exponential_gain, see);
    }
    return sum;
}

}  // namespace detail

}  // namespace leeway::inline v0
