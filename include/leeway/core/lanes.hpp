// Arithmetic on the numbers of several rows at once, as many as the processor at hand can hold.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>

#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

namespace detail {

template <std::size_t Width>
struct lane_storage;
template <>
struct lane_storage<1> {
    using type = double;
};
#if defined(__GNUC__)
template <>
struct lane_storage<2> {
    using type [[gnu::vector_size(16)]] = double;
    using bits [[gnu::vector_size(16)]] = std::int64_t;
};
template <>
struct lane_storage<4> {
    // A number's alignment is promised, because a column of numbers is all there is.
    using type [[gnu::vector_size(32), gnu::aligned(16)]] = double;
    using bits [[gnu::vector_size(32), gnu::aligned(16)]] = std::int64_t;
};
#endif

/// The numbers of Width neighbouring rows; arithmetic is on all of them at once.
///
/// Copied by functions of its own on purpose: a type that is not trivial is passed by address, so
/// that functions for different processors agree on how it is passed when they are not inlined.
template <std::size_t Width>
class lanes {
  public:
    using type = typename lane_storage<Width>::type;

    lanes() noexcept = default;
    lanes(double of_all) noexcept : value_(of_all - type{}) {}
    explicit lanes(const double* rows) noexcept { std::memcpy(&value_, rows, sizeof value_); }
    lanes(const lanes& other) noexcept : value_(other.value_) {}
    lanes& operator=(const lanes& other) noexcept {
        value_ = other.value_;
        return *this;
    }
    ~lanes() = default;

    friend lanes operator+(const lanes& a, const lanes& b) noexcept {
        return lanes(a.value_ + b.value_, {});
    }
    friend lanes operator-(const lanes& a, const lanes& b) noexcept {
        return lanes(a.value_ - b.value_, {});
    }
    friend lanes operator*(const lanes& a, const lanes& b) noexcept {
        return lanes(a.value_ * b.value_, {});
    }
    friend lanes operator/(const lanes& a, const lanes& b) noexcept {
        return lanes(a.value_ / b.value_, {});
    }

    /// Absolute values. Found by argument-dependent lookup.
    friend lanes magnitude(const lanes& a) noexcept {
        if constexpr (Width == 1) {
            return std::fabs(a.value_);
        } else {
            typename lane_storage<Width>::bits bits;
            std::memcpy(&bits, &a.value_, sizeof bits);
            bits &= std::numeric_limits<std::int64_t>::max();  // all but the sign
            lanes size;
            std::memcpy(&size.value_, &bits, sizeof bits);
            return size;
        }
    }

    /// The smaller and the larger of two, `a` where a NaN is among them. Found like magnitude.
    friend lanes least(const lanes& a, const lanes& b) noexcept {
        return lanes(b.value_ < a.value_ ? b.value_ : a.value_, {});
    }
    friend lanes most(const lanes& a, const lanes& b) noexcept {
        return lanes(b.value_ > a.value_ ? b.value_ : a.value_, {});
    }

    /// 1 where a >= b, else 0.
    friend lanes one_where_at_least(const lanes& a, const lanes& b) noexcept {
        return lanes(a.value_ >= b.value_ ? lanes(1.0).value_ : lanes(0.0).value_, {});
    }

    /// Writes the Width numbers.
    void store(double* rows) const noexcept { std::memcpy(rows, &value_, sizeof value_); }

  private:
    struct as_it_is {};
    lanes(const type& value, as_it_is) noexcept : value_(value) {}

    type value_{};
};

template <std::size_t Width>
using lane_width = std::integral_constant<std::size_t, Width>;

// Every x86-64 and every 64-bit ARM has registers of two doubles: no flag is needed.
#if defined(__GNUC__)
using narrow_lanes = lane_width<2>;
#else
using narrow_lanes = lane_width<1>;
#endif

#if defined(__GNUC__) && defined(__x86_64__)
/// Everything that work does is inlined here, and so compiled for registers of four doubles.
template <class Work>
[[gnu::target("avx2"), gnu::flatten]] void with_wide_lanes(const Work& work) noexcept {
    work(lane_width<4>());
}

[[nodiscard]] inline bool has_wide_lanes() noexcept {
    return __builtin_cpu_supports("avx2") != 0;
}
#endif

/// Runs work(width) with the number of doubles in a register of this processor, compiled for it:
/// so a batch is as fast as the machine without a flag. The work is a lambda of loops over a block,
/// whose result may not depend on the width; AVX2 brings no fused multiplications that would round
/// differently. Cost: one test that is always predicted.
template <class Work>
void with_lanes(const Work& work) noexcept {
#if defined(__GNUC__) && defined(__x86_64__)
    if (has_wide_lanes()) {
        with_wide_lanes(work);
        return;
    }
#endif
    work(narrow_lanes());
}

}  // namespace detail

}  // namespace leeway::inline v0
