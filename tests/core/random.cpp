#include "leeway/core/random.hpp"

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "support/catch.hpp"

using leeway::random_source;

TEST_CASE("the generator gives the published numbers") {
    // splitmix64 from seed 0: the first outputs of the reference code of S. Vigna.
    random_source random(0);
    random_source again(0);
    CHECK(random == again);
    // xoshiro256++ on that state: rotl(s0 + s3, 23) + s0, worked out below from the splitmix words.
    const std::uint64_t s[] = {0xe220a8397b1dcdafULL, 0x6e789e6aa1b965f4ULL, 0x06c45d188009454fULL,
                               0xf88bb8a8724c81ecULL};
    CHECK(random() == std::rotl(s[0] + s[3], 23) + s[0]);
    CHECK_FALSE(random == again);
    CHECK(again() != random());
    CHECK(random_source(1)() != random_source(2)());
    static_assert(std::uniform_random_bit_generator<random_source>);
}

TEST_CASE("the same seed gives the same numbers for ever") {
    // Pinned when written: simulations, examples and oracles depend on them.
    random_source random(42);
    const std::uint64_t first = random(), second = random();
    random_source again(42);
    CHECK(again() == first);
    CHECK(again() == second);
    CHECK(first == 15021278609987233951ULL);
    CHECK(second == 5881210131331364753ULL);
}

TEST_CASE("uniform numbers are multiples of 2^-53 with the right moments") {
    random_source random(5);
    double sum = 0, squares = 0;
    constexpr int n = 1'000'000;
    bool inside = true, on_grid = true;
    for (int i = 0; i < n; ++i) {
        const double u = random.uniform();
        inside = inside && u >= 0 && u < 1;
        on_grid = on_grid && std::ldexp(u, 53) == std::floor(std::ldexp(u, 53));
        sum += u;
        squares += u * u;
    }
    CHECK(inside);
    CHECK(on_grid);
    // Standard errors: 0.29 / sqrt(n) and 0.30 / sqrt(n); five of them.
    CHECK(sum / n == Approx(0.5).margin(1.5e-3));
    CHECK(squares / n == Approx(1.0 / 3).margin(1.5e-3));
}

TEST_CASE("normal numbers have the normal's first four moments") {
    random_source random(6);
    constexpr int n = 1'000'000;
    double m1 = 0, m2 = 0, m3 = 0, m4 = 0;
    for (int i = 0; i < n; ++i) {
        const double z = random.normal();
        m1 += z;
        m2 += z * z;
        m3 += z * z * z;
        m4 += z * z * z * z;
    }
    // Standard errors: 1, sqrt 2, sqrt 15, sqrt 96, each over sqrt(n); five of them.
    CHECK(m1 / n == Approx(0).margin(0.005));
    CHECK(m2 / n == Approx(1).margin(0.0071));
    CHECK(m3 / n == Approx(0).margin(0.02));
    CHECK(m4 / n == Approx(3).margin(0.05));
}

TEST_CASE("below is uniform over its range and never reaches the bound") {
    random_source random(7);
    for (const std::uint64_t bound : {1ULL, 2ULL, 3ULL, 10ULL, 1000ULL}) {
        std::vector<int> seen(bound, 0);
        const int n = static_cast<int>(2000 * bound);
        bool inside = true;
        for (int i = 0; i < n; ++i) {
            const std::uint64_t drawn = random.below(bound);
            inside = inside && drawn < bound;
            if (drawn < bound) ++seen[drawn];
        }
        CHECK(inside);
        // Each count has mean 2,000 and deviation below 45; six of them for 1,000 bins.
        bool even = true;
        for (const int count : seen) even = even && std::abs(count - 2000) < 270;
        CHECK(even);
    }
    // A bound of 3/4 of 2^64 rejects a quarter of the draws: the mean shows a bias if it did not.
    double sum = 0;
    constexpr std::uint64_t large = 3ULL << 62;
    for (int i = 0; i < 100'000; ++i) {
        sum += static_cast<double>(random.below(large)) / static_cast<double>(large);
    }
    CHECK(sum / 100'000 == Approx(0.5).margin(0.005));
}

TEST_CASE("bernoulli is right as often as told") {
    random_source random(8);
    int right = 0;
    for (int i = 0; i < 100'000; ++i) right += random.bernoulli(0.2);
    CHECK(right == Approx(20'000).margin(650));  // five standard deviations of 126
    CHECK_FALSE(random.bernoulli(0));
    CHECK(random.bernoulli(1));
}
