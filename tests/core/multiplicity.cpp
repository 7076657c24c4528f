#include "leeway/core/multiplicity.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "support/catch.hpp"

using leeway::poisson_multiplicity;
using leeway::detail::poisson_of;
using leeway::detail::poisson_thresholds;

TEST_CASE("the thresholds are Poisson's distribution function in 64 bits") {
    // In long double the sum is good to some 2^-62.
    long double term = std::exp(-1.0L), sum = term;
    for (std::size_t k = 0; k < poisson_thresholds.size(); ++k) {
        const long double share = std::ldexp(static_cast<long double>(poisson_thresholds[k]), -64);
        CHECK(std::fabs(static_cast<double>(share - sum)) < 1e-18);
        term /= static_cast<long double>(k + 1);
        sum += term;
        if (k > 0) CHECK(poisson_thresholds[k] > poisson_thresholds[k - 1]);
    }
    // The gaps of the upper tail, where the sum says nothing: 2^64 P(N > k), by hand from 1/(k+1)!.
    CHECK(~poisson_thresholds[12] + 1 == 1173171848);
    CHECK(~poisson_thresholds[17] + 1 == 1119);
    CHECK(~poisson_thresholds[20] + 1 == 1);
}

TEST_CASE("a number is the count of thresholds at or below it") {
    CHECK(poisson_of(0) == 0);
    for (unsigned k = 0; k < poisson_thresholds.size(); ++k) {
        CHECK(poisson_of(poisson_thresholds[k] - 1) == k);
        CHECK(poisson_of(poisson_thresholds[k]) == k + 1);
    }
    CHECK(poisson_of(std::numeric_limits<std::uint64_t>::max()) == 21);
}

TEST_CASE("multiplicities are Poisson over keys, replicates and seeds") {
    const auto check = [](auto&& multiplicity) {
        constexpr std::uint64_t n = 1'000'000;
        std::vector<double> seen(22, 0.0);
        for (std::uint64_t i = 0; i < n; ++i) ++seen[multiplicity(i)];
        double chance = std::exp(-1.0), statistic = 0;
        for (unsigned k = 0; k < 8; ++k) {
            const double expected = chance * static_cast<double>(n);
            statistic += (seen[k] - expected) * (seen[k] - expected) / expected;
            chance /= k + 1;
        }
        CHECK(statistic < 29.9);  // chi-squared of 8 degrees, level 2e-4
    };
    check([](std::uint64_t i) { return poisson_multiplicity(i, 0, 0); });
    check([](std::uint64_t i) { return poisson_multiplicity(i << 40, 3, 9); });
    check([](std::uint64_t i) { return poisson_multiplicity(7, i, 1); });
    check([](std::uint64_t i) { return poisson_multiplicity(7, 2, i); });
}

TEST_CASE("replicates and neighbouring keys are uncorrelated") {
    constexpr int n = 200'000;
    double replicates = 0, keys = 0, seeds = 0, shifted = 0;
    for (std::uint64_t i = 0; i < n; ++i) {
        const auto draw = [](std::uint64_t key, std::uint64_t replicate, std::uint64_t seed) {
            return static_cast<double>(poisson_multiplicity(key, replicate, seed)) - 1;
        };
        const double here = draw(i, 0, 5);
        replicates += here * draw(i, 1, 5);
        keys += here * draw(i + 1, 0, 5);
        seeds += here * draw(i, 0, 6);
        shifted += here * draw(i + 1, 1, 4);
    }
    const double margin = 5 / std::sqrt(n);  // each term has mean 0 and variance 1
    CHECK(replicates / n == Approx(0).margin(margin));
    CHECK(keys / n == Approx(0).margin(margin));
    CHECK(seeds / n == Approx(0).margin(margin));
    CHECK(shifted / n == Approx(0).margin(margin));
}

TEST_CASE("multiplicities stay what they are") {
    // Pinned when written: saved replicates depend on them.
    std::uint64_t digits = 0;
    for (std::uint64_t replicate = 0; replicate < 16; ++replicate) {
        digits = digits * 10 + poisson_multiplicity(42, replicate, 7);
    }
    CHECK(digits == 1043121102200102);
    static_assert(poisson_multiplicity(1, 2, 3) == poisson_multiplicity(1, 2, 3));
}
