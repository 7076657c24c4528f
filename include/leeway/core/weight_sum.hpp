// The weights of the rows that a state took in.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "leeway/core/block_sums.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Number of rows, sum of their weights and of the squares of their weights.
///
/// Rows of weight 1 are counted in an integer, so unweighted streams are exact and cost one
/// increment; the other weights are summed compensated. value()^2 / squares() is Kish's effective
/// number of rows.
class weight_sum {
  public:
    /// A rejections::good_weight.
    constexpr void add(double weight) noexcept {
        ++rows_;
        if (weight != 1) [[unlikely]] {
            ++uneven_rows_;
            sum_.add(weight);
            squares_.add(weight * weight);
        }
    }
    /// `rows` rows of weight 1.
    constexpr void add_rows(std::uint64_t rows) noexcept { rows_ += rows; }

    /// block_rows rows of these weights, or `rows` of weight 1 when there are none. False, with
    /// nothing added, when one of them is no good_weight.
    [[nodiscard]] bool add_block(std::span<const double> weights,
                                 std::size_t rows = block_rows) noexcept {
        if (weights.empty()) {
            add_rows(rows);
            return true;
        }
        constexpr auto least = std::bit_cast<std::uint64_t>(rejections::least_weight);
        constexpr auto most = std::bit_cast<std::uint64_t>(rejections::largest_weight);
        std::uint64_t outside = 0;  // its first bit, when a weight's bits are outside least .. most
        double even[block_rows];
        for (std::size_t i = 0; i < block_rows; ++i) {
            const auto bits = std::bit_cast<std::uint64_t>(weights[i]);
            outside |= (bits - least) | (most - bits);
            even[i] = weights[i] == 1 ? 1 : 0;
        }
        const auto sums = block_sums(
            [](auto w, auto is_even) {
                const auto uneven = w - is_even;
                return std::array{is_even, uneven, uneven * uneven};
            },
            weights.data(), static_cast<const double*>(even));
        if ((outside >> 63) != 0) return false;
        rows_ += block_rows;
        uneven_rows_ += block_rows - static_cast<std::uint64_t>(sums[0]);
        sum_.add(sums[1]);
        squares_.add(sums[2]);
        return true;
    }

    constexpr void merge(const weight_sum& other) noexcept {
        rows_ += other.rows_;
        uneven_rows_ += other.uneven_rows_;
        sum_.merge(other.sum_);
        squares_.merge(other.squares_);
    }

    constexpr void reset() noexcept { *this = weight_sum{}; }

    [[nodiscard]] constexpr std::uint64_t rows() const noexcept { return rows_; }
    [[nodiscard]] constexpr double value() const noexcept { return parts().high; }
    [[nodiscard]] constexpr detail::double_double parts() const noexcept {
        return detail::double_double{even(), 0} + sum_.parts();
    }
    [[nodiscard]] constexpr double squares() const noexcept { return even() + squares_.value(); }

    friend constexpr bool operator==(const weight_sum&, const weight_sum&) = default;

    [[nodiscard]] std::string defect() const {
        if (uneven_rows_ > rows_) return "weight_sum: more rows of other weights than rows";
        if (uneven_rows_ == 0 ? sum_.value() != 0 : !(sum_.value() > 0))
            return "weight_sum: the rows and the sum of their weights disagree";
        if (!(squares_.value() >= 0)) return "weight_sum: a negative sum of squares";
        return {};
    }

    template <class Self, class Visitor>
    static constexpr void fields(Self& self, Visitor&& visit) {
        visit("rows", self.rows_);
        visit("uneven_rows", self.uneven_rows_);
        visit("sum", self.sum_);
        visit("squares", self.squares_);
    }

  private:
    [[nodiscard]] constexpr double even() const noexcept {
        return static_cast<double>(rows_ - uneven_rows_);
    }

    std::uint64_t rows_{0};
    std::uint64_t uneven_rows_{0};  // weight not 1
    compensated_sum sum_;
    compensated_sum squares_;
};

}  // namespace leeway::inline v0
