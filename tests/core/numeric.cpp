#include "leeway/core/numeric.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "leeway/core/random.hpp"
#include "leeway/core/state_file.hpp"
#include "support/catch.hpp"

using leeway::compensated_sum;
using leeway::detail::double_double;

namespace {

/// Integers, scaled by a power of two, in an order that makes plain addition lose them.
std::vector<double> cancelling_terms(std::uint64_t seed, std::int64_t& exact) {
    leeway::random_source random(seed);
    std::vector<double> terms;
    exact = 0;
    for (int i = 0; i < 1000; ++i) {
        const auto small = static_cast<std::int64_t>(random.below(1000)) - 500;
        const auto large = static_cast<std::int64_t>(random.below(1ULL << 52));
        terms.insert(terms.end(), {static_cast<double>(large), static_cast<double>(small),
                                   static_cast<double>(-large)});
        exact += small;
    }
    return terms;
}

}  // namespace

TEST_CASE("a compensated sum is exact where plain addition is not") {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        std::int64_t exact = 0;
        const auto terms = cancelling_terms(seed, exact);
        compensated_sum sum;
        for (const double term : terms) sum.add(term);
        CHECK(sum.value() == static_cast<double>(exact));
    }
    compensated_sum sum;
    double plain = 0;
    for (const double term : {1.0, 1e100, 1.0, -1e100}) {
        sum.add(term);
        plain += term;
    }
    CHECK(plain == 0);  // else this test could not fail
    CHECK(sum.value() == 2);
    compensated_sum tenths;
    for (int i = 0; i < 10'000'000; ++i) tenths.add(0.1);
    CHECK(tenths.value() == 1e6);
}

TEST_CASE("compensated sums merge without loss, in any order") {
    std::int64_t exact = 0;
    const auto terms = cancelling_terms(7, exact);
    leeway::random_source random(3);
    for (int order = 0; order < 50; ++order) {
        std::vector<compensated_sum> parts(1 + random.below(20));
        for (const double term : terms) parts[random.below(parts.size())].add(term);
        while (parts.size() > 1) {
            parts[random.below(parts.size() - 1)].merge(parts.back());
            parts.pop_back();
        }
        CHECK(parts[0].value() == static_cast<double>(exact));
    }
}

TEST_CASE("a compensated sum that overflows stays infinite, and equal to itself") {
    const double most = std::numeric_limits<double>::max();
    const double infinity = std::numeric_limits<double>::infinity();
    compensated_sum sum;
    sum.add(most);
    sum.add(most);
    CHECK(sum.value() == infinity);
    sum.add(-1);
    CHECK(sum.value() == infinity);
    const compensated_sum copy = sum;
    CHECK(copy == sum);
    compensated_sum other;
    other.add(3);
    other.merge(sum);
    CHECK(other.value() == infinity);
    sum.reset();
    CHECK(sum.value() == 0);
    CHECK(sum == compensated_sum());
    CHECK_FALSE(sum == copy);
}

TEST_CASE("scaling a compensated sum scales its value") {
    compensated_sum sum;
    for (const double term : {1.0, 1e100, 1.0, -1e100}) sum.add(term);
    sum.scale(0.5);
    CHECK(sum.value() == 1);
}

TEST_CASE("two_sum and two_product lose nothing") {
    leeway::random_source random(11);
    int wrong = 0;
    for (int i = 0; i < 100'000; ++i) {
        const auto a = static_cast<std::int64_t>(random.below(1ULL << 40)) - (1LL << 39);
        const auto b = static_cast<std::int64_t>(random.below(1ULL << 23)) - (1LL << 22);
        const auto x = static_cast<double>(a), y = static_cast<double>(b);
        const double small = y * 0x1p-60;  // so that low bits fall off the sum
        const auto sum = leeway::detail::two_sum(x, small);
        wrong += sum.high != x + small;
        wrong += sum.low != small - (sum.high - x);  // high - x is exact: they are neighbours
        const auto product = leeway::detail::two_product(x, y);  // exact in 64-bit integers
        wrong += static_cast<std::int64_t>(product.high) + static_cast<std::int64_t>(product.low) !=
                 a * b;
    }
    CHECK(wrong == 0);
    const auto square = leeway::detail::two_product(1 + 0x1p-30, 1 + 0x1p-30);
    CHECK(square.high == 1 + 0x1p-29);
    CHECK(square.low == 0x1p-60);
}

TEST_CASE("double-double arithmetic keeps about 106 bits") {
    const double_double third = double_double{1, 0} / double_double{3, 0};
    const double_double one = third * double_double{3, 0};
    CHECK(std::fabs((one - double_double{1, 0}).high) < 0x1p-103);
    CHECK(third.low != 0);
    // (1 + 2^-70)^2 - 1 = 2^-69 + 2^-140.
    const double_double near_one{1, 0x1p-70};
    CHECK((near_one * near_one - double_double{1, 0}).high == 0x1p-69);
    CHECK((-third).high == -third.high);
    CHECK((third + -third).high == 0);
}

TEST_CASE("pairwise sums add what is there") {
    const double terms[] = {1, 2, 3, 4, 5, 6, 7, 8};
    CHECK(leeway::detail::sum_of(terms) == 36);
}

TEST_CASE("select chooses") {
    CHECK(leeway::detail::select(true, 3, 5) == 3);
    CHECK(leeway::detail::select(false, 3, 5) == 5);
    CHECK(leeway::detail::select(true, 5, 3) == 5);
    CHECK(leeway::detail::select(false, 5, 3) == 3);
}

TEST_CASE("what rounding leaves of a constant is within rounding_of its terms") {
    CHECK((0.4 - 0.3) - (0.3 - 0.2) != 0);
    CHECK(std::fabs((0.4 - 0.3) - (0.3 - 0.2)) < leeway::detail::rounding_of(0.4));
    CHECK(leeway::detail::rounding_of(1) == std::ldexp(1.0, -46));
}
