#include "leeway/core/lanes.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <type_traits>

#include "support/catch.hpp"

using leeway::detail::lane_width;
using leeway::detail::lanes;

namespace {

/// f of each number must be f of all at once.
template <std::size_t Width>
void check_arithmetic() {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    const std::array a{1.5, -0.0, -infinite, 3e-310, -7.25, 1e308, -2.0, 0.1};
    const std::array b{-2.5, 0.0, 1.0, -1e-310, 7.25, 1e308, -3.0, 0.2};
    for (std::size_t first = 0; first < a.size(); first += Width) {
        const lanes<Width> x(a.data() + first), y(b.data() + first);
        const std::array made{x + y, x - y, x * y, magnitude(x), lanes<Width>(4.5), lanes<Width>()};
        for (std::size_t i = 0; i < Width; ++i) {
            const double one = a[first + i];
            const double other = b[first + i];
            const std::array expected{one + other,    one - other, one * other,
                                      std::fabs(one), 4.5,         0.0};
            for (std::size_t k = 0; k < made.size(); ++k) {
                double stored[Width];
                made[k].store(stored);
                CHECK(stored[i] == expected[k]);
                CHECK(std::signbit(stored[i]) == std::signbit(expected[k]));
            }
        }
    }
}

}  // namespace

TEST_CASE("lanes compute each number as it would be alone") {
    check_arithmetic<1>();
    check_arithmetic<leeway::detail::narrow_lanes::value>();
#if defined(__GNUC__)
    check_arithmetic<4>();
#endif
}

TEST_CASE("work is done once, with the widest registers there are") {
    int times = 0;
    std::size_t used = 0;
    leeway::detail::with_lanes([&](auto width) {
        ++times;
        used = decltype(width)::value;
    });
    CHECK(times == 1);
#if defined(__GNUC__) && defined(__x86_64__)
    CHECK(used == (leeway::detail::has_wide_lanes() ? 4U : 2U));
#else
    CHECK(used == leeway::detail::narrow_lanes::value);
#endif
}

TEST_CASE("functions for different processors agree on how lanes are passed") {
    static_assert(!std::is_trivially_copyable_v<lanes<1>>);
    static_assert(!std::is_trivially_copyable_v<lanes<leeway::detail::narrow_lanes::value>>);
    lanes<1> a(2.0);
    const lanes<1> b(3.0);
    a = b;
    double stored = 0;
    a.store(&stored);
    CHECK(stored == 3);
}
