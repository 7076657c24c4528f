// Bad observations are counted by reason and never lost: this is where.
#pragma once

#include <cmath>
#include <cstdint>

#include "leeway/core/forecast_sample.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Rows that a state did not take, by the first reason that applied, in the order of the members.
///
/// Every state that can refuse a sample holds one and returns it from rejected(). A sample of
/// weight zero is not rejected: it is absent, and counted nowhere.
struct rejections {
    std::uint64_t weight{0};      ///< weight negative, NaN, or no good_weight
    std::uint64_t missing{0};     ///< a value, score, prediction or target is NaN
    std::uint64_t non_finite{0};  ///< one of them is infinite
    std::uint64_t label{0};       ///< label, event or predicted class outside 0 .. classes - 1
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

    /// What a row that is to be counted may weigh. Figures multiply sums of weights and of their
    /// squares: within these powers of two, about 1e-60 and 1e60, no such product leaves the range
    /// of doubles, whatever the number of rows.
    static constexpr double least_weight = 0x1p-200;
    static constexpr double largest_weight = 0x1p200;

    /// The weight of a row that is to be counted.
    [[nodiscard]] static constexpr bool good_weight(double value) noexcept {
        return value >= least_weight && value <= largest_weight;
    }

    /// Whether a row of this weight is to be counted. False for a bad weight, which is counted
    /// here, and for weight zero, which is not.
    [[nodiscard]] constexpr bool accepts_weight(double value) noexcept {
        if (good_weight(value)) [[likely]]
            return true;
        if (value != 0) ++weight;
        return false;
    }

    /// Whether a row is to be counted: a good weight and finite numbers. A refused row
    /// is counted here, under the first reason.
    [[nodiscard]] bool accepts(const weighted_value& row) noexcept {
        return accepts_weight(row.weight) && !counts(row.value);
    }
    [[nodiscard]] bool accepts(const regression_outcome& row) noexcept {
        if (!accepts_weight(row.weight)) return false;
        if (std::isfinite(row.target) && std::isfinite(row.prediction)) [[likely]]
            return true;
        ++(std::isnan(row.target) || std::isnan(row.prediction) ? missing : non_finite);
        return false;
    }
    /// The same, and the label must be 0 or 1.
    [[nodiscard]] bool accepts(const probability_outcome& row) noexcept {
        if (!accepts_weight(row.weight) || counts(row.score)) return false;
        if (row.label == 0 || row.label == 1) [[likely]]
            return true;
        ++label;
        return false;
    }

    /// The same, the event must be 0 or 1 and the time not negative.
    [[nodiscard]] bool accepts(const survival_outcome& row) noexcept {
        if (!accepts_weight(row.weight)) return false;
        if (!std::isfinite(row.time) || !std::isfinite(row.risk)) [[unlikely]] {
            ++(std::isnan(row.time) || std::isnan(row.risk) ? missing : non_finite);
            return false;
        }
        if (row.event != 0 && row.event != 1) [[unlikely]] {
            ++label;
            return false;
        }
        if (row.time >= 0) [[likely]]
            return true;
        ++range;
        return false;
    }

    /// A probability outcome, and the score must lie in [0, 1].
    [[nodiscard]] bool accepts_probability(const probability_outcome& row) noexcept {
        if (!accepts(row)) return false;
        if (row.score >= 0 && row.score <= 1) [[likely]]
            return true;
        ++range;
        return false;
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
