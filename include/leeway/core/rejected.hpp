// Bad observations are counted by reason and never lost: this is where.
#pragma once

#include <cmath>
#include <cstdint>

#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Rows that a state did not take, by the first reason that applied, in the order of the members.
///
/// Every state that can refuse a sample holds one and returns it from rejected(). A sample of
/// weight zero is not rejected: it is absent, and counted nowhere.
struct rejections {
    std::uint64_t weight{0};      ///< weight negative, NaN or infinite
    std::uint64_t missing{0};     ///< a value, score, prediction or target is NaN
    std::uint64_t non_finite{0};  ///< one of them is infinite
    std::uint64_t label{0};       ///< label or predicted class outside 0 .. classes - 1
    std::uint64_t range{0};       ///< a number outside the range that the state's definition needs

    [[nodiscard]] constexpr std::uint64_t total() const noexcept {
        return weight + missing + non_finite + label + range;
    }

    constexpr void merge(const rejections& other) noexcept {
        weight += other.weight;
        missing += other.missing;
        non_finite += other.non_finite;
        label += other.label;
        range += other.range;
    }

    /// Counts a value that is NaN or infinite; true when it is one of the two.
    [[nodiscard]] bool counts(double value) noexcept {
        if (std::isfinite(value)) [[likely]]
            return false;
        ++(std::isnan(value) ? missing : non_finite);
        return true;
    }

    /// Counts a weight that is not a finite number >= 0; true when it is not.
    [[nodiscard]] bool counts_weight(double value) noexcept {
        if (value >= 0 && std::isfinite(value)) [[likely]]
            return false;
        ++weight;
        return true;
    }

    friend constexpr bool operator==(const rejections&, const rejections&) = default;

    template <class Self, class Visitor>
    static constexpr void fields(Self& self, Visitor&& visit) {
        visit("weight", self.weight);
        visit("missing", self.missing);
        visit("non_finite", self.non_finite);
        visit("label", self.label);
        visit("range", self.range);
    }
};

}  // namespace leeway::inline v0
