#include "leeway/metrics/pair_sums.hpp"

#include <cmath>
#include <vector>

#include "leeway/core/random.hpp"
#include "support/catch.hpp"

using namespace leeway::detail;

namespace {

using values = std::vector<double>;

/// The definition: every pair.
pair_sums by_definition(const values& positive, const values& negative) {
    pair_sums sums;
    std::vector<wide> u(negative.size(), 0);
    for (const double x : positive) {
        wide v = 0;
        for (std::size_t j = 0; j < negative.size(); ++j) {
            const wide pair = x > negative[j] ? 2 : x == negative[j] ? 1 : 0;
            v += pair;
            u[j] += pair;
        }
        sums.pairs += v;
        sums.positive_squares += v * v;
    }
    for (const wide each : u) sums.negative_squares += each * each;
    return sums;
}

values drawn(leeway::random_source& random, std::size_t n, auto draw) {
    values made(n);
    for (double& value : made) value = draw(random);
    return made;
}

}  // namespace

TEST_CASE("the pair sums of a few rows, of sorted rows and of split rows are the definition's") {
    leeway::random_source random(11);
    std::size_t few = 0;
    for (int round = 0; round < 400; ++round) {
        const bool ties = round % 2 == 0;
        const bool decades = round % 3 == 0;
        const auto draw = [&](leeway::random_source& r) {
            if (ties) return static_cast<double>(r.below(9)) / 4;
            return decades ? r.normal() * std::exp(50 * r.normal()) : r.normal();
        };
        const std::uint64_t most = round % 5 == 0 ? 300 : 40;
        values positive = drawn(random, 1 + random.below(most), draw);
        values negative = drawn(random, 1 + random.below(most), draw);
        const pair_sums expected = by_definition(positive, negative);
        INFO("round " << round << ": " << positive.size() << " by " << negative.size());
        if (are_few(positive.size(), negative.size())) {
            ++few;
            CHECK(pair_sums_of_few(positive, negative) == expected);
        }
        for (int splits = most_splits; splits >= 0; --splits) {
            CHECK(pair_sums_of(positive, negative, splits) == expected);
        }
        std::sort(positive.begin(), positive.end());
        std::sort(negative.begin(), negative.end());
        CHECK(pair_sums_of_sorted(positive, negative) == expected);
    }
    CHECK(few >= 100);
}

TEST_CASE("sums of stretches add up, each raised by what lies below and above") {
    const values low_p{1, 2, 2};
    const values low_n{0, 2};
    const values high_p{5, 6};
    const values high_n{5, 7, 8, 8};
    pair_sums sums;
    sums.add(by_definition(low_p, low_n), 3, 2, 0, 2);
    sums.add(by_definition(high_p, high_n), 2, 4, 2, 0);
    CHECK(sums == by_definition({1, 2, 2, 5, 6}, {0, 2, 5, 7, 8, 8}));
    CHECK(pair_sums::all_tied(3, 4) == by_definition({1, 1, 1}, {1, 1, 1, 1}));
}

TEST_CASE("sums of one class are zero") {
    values some{3, 1, 2};
    values none;
    CHECK(pair_sums_of(some, none, most_splits) == pair_sums{});
    CHECK(pair_sums_of(none, some, most_splits) == pair_sums{});
    CHECK(pair_sums_of_sorted({}, some) == pair_sums{});
}

TEST_CASE("squares beyond 64 bits stay exact") {
    // A million positives over 2^31 - 1 negatives, which are only counted: v^2 is near 2^64.
    const std::uint64_t p = 1'000'000;
    const std::uint64_t below = (std::uint64_t{1} << 31) - 1;
    pair_sums sums;
    sums.add({}, p, 0, below, 0);
    CHECK(sums.pairs == wide(2 * below) * p);
    CHECK(sums.positive_squares / (2 * below) == sums.pairs);
    CHECK(sums.positive_squares % (2 * below) == 0);
    CHECK(sums.negative_squares == 0);
}
