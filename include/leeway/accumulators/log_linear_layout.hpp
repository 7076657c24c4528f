// Which cell of a log-linear histogram a double falls into.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "leeway/core/error.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Cells of constant relative width: the order-preserving integer image of a double, its low
/// mantissa bits dropped.
///
/// Each power of two from 2^min_exponent up to 2^(max_exponent + 1) is cut into 2^mantissa_bits
/// cells of equal width, so a cell [a, b) has (b - a) / a <= 2^-mantissa_bits. In value order the
/// cells are: one for everything at or below -2^(max_exponent + 1); the negative cells (-b, -a];
/// one *zero cell* for magnitudes below 2^min_exponent; the positive cells [a, b); one for
/// everything at or above 2^(max_exponent + 1). Without `negative` a single cell holds everything
/// at or below -2^min_exponent. Adding 1 to a double's bits moves to the next double, so dropping
/// low bits keeps the order: a <= b implies index(a) <= index(b).
class log_linear_layout {
  public:
    /// 0 <= mantissa_bits <= 16, -1022 <= min_exponent <= max_exponent <= 1023, at most 2^22 cells.
    constexpr log_linear_layout(int mantissa_bits, int min_exponent, int max_exponent,
                                bool negative)
        : mantissa_bits_(mantissa_bits),
          min_exponent_(min_exponent),
          max_exponent_(max_exponent),
          negative_(negative) {
        if (const std::string_view wrong = flaw(); !wrong.empty()) raise(std::string(wrong));
        prepare();
    }
    constexpr log_linear_layout() : log_linear_layout(7, -126, 127, true) {}

    /// Every normal float, both signs: 65,027 cells, 508 KiB of doubles, relative width 2^-7.
    [[nodiscard]] static constexpr log_linear_layout any() { return {7, -126, 127, true}; }
    /// [0, 1] and up to 2: 3,203 cells, 25 KiB, relative width 2^-7 down to 2^-24 (6e-8). Scores of
    /// exactly 1 are the only probabilities in their cell.
    [[nodiscard]] static constexpr log_linear_layout probabilities() { return {7, -24, 0, false}; }
    /// Logits from -8 to 8, to be counted as logit + logit_offset: one power of two, so its 2,048
    /// cells are all 1/128 wide; 2,051 cells, 16 KiB. any() is finest near a logit of 0, where few
    /// rows of a rare class are. Adding a constant keeps the order, rounding included.
    [[nodiscard]] static constexpr log_linear_layout logits() { return {11, 4, 4, false}; }
    static constexpr double logit_offset = 24;

    [[nodiscard]] constexpr int mantissa_bits() const noexcept { return mantissa_bits_; }
    [[nodiscard]] constexpr int min_exponent() const noexcept { return min_exponent_; }
    [[nodiscard]] constexpr int max_exponent() const noexcept { return max_exponent_; }
    [[nodiscard]] constexpr bool negative() const noexcept { return negative_; }

    [[nodiscard]] constexpr std::size_t cells() const noexcept {
        return static_cast<std::size_t>(zero_ + last_ + 1);
    }
    /// The cell of magnitudes below 2^min_exponent.
    [[nodiscard]] constexpr std::size_t zero_cell() const noexcept {
        return static_cast<std::size_t>(zero_);
    }

    /// The cell of a value, in 0 .. cells() - 1. (That of NaN is an outer one: ask before.)
    [[nodiscard]] constexpr std::size_t index(double value) const noexcept {
        if (inside(value)) [[likely]]
            return inside_index(value);
        const std::int64_t from_zero =
            std::max<std::int64_t>((magnitude_of(value) >> shift_), below_) - below_;
        if (std::bit_cast<std::int64_t>(value) < 0)
            return static_cast<std::size_t>(zero_ - std::min(from_zero, zero_));
        return static_cast<std::size_t>(zero_ + std::min(from_zero, last_));
    }

    /// Whether the value is finite and neither in an outer cell nor, in a layout without
    /// `negative`, of negative sign.
    [[nodiscard]] constexpr bool inside(double value) const noexcept {
        return image_of(value) < limit_;
    }

    /// The cell of a value that is inside. No branch depends on its sign or on its being zero: no
    /// predictor would learn them.
    [[nodiscard]] constexpr std::size_t inside_index(double value) const noexcept {
        const auto image = static_cast<std::int64_t>(image_of(value));
        const std::int64_t clamped = std::max(image >> shift_, below_);
        const std::int64_t sign = std::bit_cast<std::int64_t>(value) >> 63;  // -1 or 0
        // zero + (clamped - below), or zero - (clamped - below) with ~clamped = -clamped - 1.
        return static_cast<std::size_t>((clamped ^ sign) + origin_[1 + sign]);
    }

    /// The ends of a cell: minus infinity below the first, infinity above the last.
    [[nodiscard]] constexpr double lower_edge(std::size_t cell) const noexcept {
        const auto at = static_cast<std::int64_t>(cell) - zero_;
        if (at > 0) return magnitude(at);
        return -at == zero_ ? -infinity : -magnitude(1 - at);
    }
    [[nodiscard]] constexpr double upper_edge(std::size_t cell) const noexcept {
        const auto at = static_cast<std::int64_t>(cell) - zero_;
        if (at < 0) return -magnitude(-at);
        return at == last_ ? infinity : magnitude(at + 1);
    }

    friend constexpr bool operator==(const log_linear_layout&, const log_linear_layout&) = default;

    [[nodiscard]] std::string defect() const { return std::string(flaw()); }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("mantissa_bits", self.mantissa_bits_);
        visit("min_exponent", self.min_exponent_);
        visit("max_exponent", self.max_exponent_);
        visit("negative", self.negative_);
        if constexpr (!std::is_const_v<Self>) {
            if (self.flaw().empty()) self.prepare();
        }
    }

  private:
    static constexpr double infinity = std::numeric_limits<double>::infinity();

    [[nodiscard]] constexpr std::string_view flaw() const noexcept {
        if (mantissa_bits_ < 0 || mantissa_bits_ > 16)
            return "log_linear_layout: mantissa_bits is not in 0 to 16";
        if (min_exponent_ < -1022 || max_exponent_ > 1023 || min_exponent_ > max_exponent_)
            return "log_linear_layout: expected -1022 <= min_exponent <= max_exponent <= 1023";
        if (((max_exponent_ - min_exponent_ + 1LL) << mantissa_bits_) * (negative_ ? 2 : 1) >
            (1LL << 22)) {
            return "log_linear_layout: more than 2^22 cells";
        }
        return {};
    }

    constexpr void prepare() noexcept {
        shift_ = 52 - mantissa_bits_;
        // Cell 0 holds the images below that of 2^min_exponent, whose biased exponent is +1023.
        below_ = (static_cast<std::int64_t>(min_exponent_ + 1023) << mantissa_bits_) - 1;
        last_ =
            (static_cast<std::int64_t>(max_exponent_ - min_exponent_ + 1) << mantissa_bits_) + 1;
        zero_ = negative_ ? last_ : 1;
        constexpr auto magnitude_bits =
            static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
        mask_ = negative_ ? magnitude_bits : ~std::uint64_t{0};
        limit_ = static_cast<std::uint64_t>(last_ + below_) << shift_;
        origin_[0] = zero_ + below_ + 1;
        origin_[1] = zero_ - below_;
    }

    /// The value's bits, in the order of magnitudes: NaN above infinity above all others, and a
    /// negative value above those where the layout has none.
    [[nodiscard]] constexpr std::uint64_t image_of(double value) const noexcept {
        return std::bit_cast<std::uint64_t>(value) & mask_;
    }
    [[nodiscard]] static constexpr std::int64_t magnitude_of(double value) noexcept {
        return std::bit_cast<std::int64_t>(value) & std::numeric_limits<std::int64_t>::max();
    }

    /// The smallest magnitude of cell `at` > 0, counted from the zero cell.
    [[nodiscard]] constexpr double magnitude(std::int64_t at) const noexcept {
        return std::bit_cast<double>((at + below_) << shift_);
    }

    int mantissa_bits_;
    int min_exponent_;
    int max_exponent_;
    bool negative_;
    int shift_{0};
    std::int64_t below_{0};
    std::int64_t last_{0};
    std::int64_t zero_{0};
    std::int64_t origin_[2]{};
    std::uint64_t mask_{0};
    std::uint64_t limit_{0};
};

}  // namespace leeway::inline v0
