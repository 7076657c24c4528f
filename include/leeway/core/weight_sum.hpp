// The weights of the rows that a state took in.
#pragma once

#include <cstdint>
#include <string>

#include "leeway/core/numeric.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Number of rows, sum of their weights and of the squares of their weights.
///
/// Rows of weight 1 are counted in an integer, so unweighted streams are exact and cost one
/// increment; the other weights are summed compensated. value()^2 / squares() is Kish's effective
/// number of rows.
class weight_sum {
  public:
    /// `weight` > 0 and finite.
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
