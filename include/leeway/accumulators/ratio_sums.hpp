// What the ratio of two means and its large-sample error are read from.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "leeway/core/block_sums.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/version.hpp"
#include "leeway/core/weight_sum.hpp"

namespace leeway::inline v0 {

/// Weighted sums of two numbers a row, a above and b below a fraction line, of their squares and of
/// their product; all compensated. Not a state itself: states and exact read-outs fill one.
///
/// The ratio sum w a / sum w b moves by w (a - R b) / sum w b with a row, so its variance is that
/// of a - R b over b's mean, over Kish's effective rows. Source: W. Cochran, "Sampling Techniques",
/// 3rd ed. (1977), section 6.3.
class ratio_sums {
  public:
    /// A finite a and b; `weight` > 0 and finite.
    constexpr void add(double a, double b, double weight) noexcept {
        weight_.add(weight);
        above_.add(weight * a);
        below_.add(weight * b);
        above_squared_.add(weight * a * a);
        product_.add(weight * a * b);
        below_squared_.add(weight * b * b);
    }

    /// block_rows rows; weights of 1 when there are none. False, with nothing added, when a number
    /// or a square is not finite or a weight is not > 0 and finite.
    [[nodiscard]] bool add_block(std::span<const double, block_rows> a,
                                 std::span<const double, block_rows> b,
                                 std::span<const double> weights) noexcept {
        const auto terms = [](auto x, auto y, auto wx, auto wy) {
            return std::array{wx, wy, wx * x, wx * y, wy * y};
        };
        const auto sums =
            weights.empty()
                ? block_sums([&](auto x, auto y) { return terms(x, y, x, y); }, a.data(), b.data())
                : block_sums([&](auto x, auto y, auto w) { return terms(x, y, w * x, w * y); },
                             a.data(), b.data(), weights.data());
        if (!all_finite(sums) || !weight_.add_block(weights)) return false;
        above_.add(sums[0]);
        below_.add(sums[1]);
        above_squared_.add(sums[2]);
        product_.add(sums[3]);
        below_squared_.add(sums[4]);
        return true;
    }

    constexpr void merge(const ratio_sums& other) noexcept {
        weight_.merge(other.weight_);
        above_.merge(other.above_);
        below_.merge(other.below_);
        above_squared_.merge(other.above_squared_);
        product_.merge(other.product_);
        below_squared_.merge(other.below_squared_);
    }

    constexpr void reset() noexcept { *this = ratio_sums(); }

    [[nodiscard]] constexpr std::uint64_t rows() const noexcept { return weight_.rows(); }
    [[nodiscard]] constexpr double weight() const noexcept { return weight_.value(); }
    [[nodiscard]] constexpr double sum_of_squared_weights() const noexcept {
        return weight_.squares();
    }
    /// sum w a and sum w b.
    [[nodiscard]] constexpr double above() const noexcept { return above_.value(); }
    [[nodiscard]] constexpr double below() const noexcept { return below_.value(); }

    /// sum w (a - R b)^2 / W over the square of b's mean: what a row's pull on the ratio R comes to
    /// in the mean square. NaN or infinite where a square overflowed.
    [[nodiscard]] double mean_squared_pull() const noexcept {
        using wide = detail::double_double;
        const wide ratio = above_.parts() / below_.parts();
        const wide left = above_squared_.parts() - wide{2, 0} * ratio * product_.parts() +
                          ratio * ratio * below_squared_.parts();
        const double mean_below = below() / weight();
        const double square = left.high / weight() / mean_below / mean_below;
        return square < 0 ? 0.0 : square;  // below zero only by rounding; NaN stays
    }

    friend constexpr bool operator==(const ratio_sums&, const ratio_sums&) = default;

    [[nodiscard]] std::string defect() const {
        if (above_squared_.value() < 0 || below_squared_.value() < 0)
            return "ratio_sums: a sum of squares is negative";
        return {};
    }

    template <class Self, class Visitor>
    static constexpr void fields(Self& self, Visitor&& visit) {
        visit("weight", self.weight_);
        visit("above", self.above_);
        visit("below", self.below_);
        visit("above_squared", self.above_squared_);
        visit("product", self.product_);
        visit("below_squared", self.below_squared_);
    }

  private:
    weight_sum weight_;
    compensated_sum above_;
    compensated_sum below_;
    compensated_sum above_squared_;
    compensated_sum product_;
    compensated_sum below_squared_;
};

}  // namespace leeway::inline v0
