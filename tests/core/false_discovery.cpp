#include "leeway/core/false_discovery.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "leeway/core/random.hpp"
#include "oracle/metrics_table.hpp"

using leeway::benjamini_hochberg;
using leeway::test_dependence;

TEST_CASE("adjusted p-values equal the definition in rationals") {
    std::size_t seen = 0;
    for (const auto& from : oracle::metric_cases("false_discovery")) {
        INFO("case " << from.name);
        const auto p = from.numbers("p");
        for (const auto dependence : {test_dependence::positive, test_dependence::any}) {
            const auto found = benjamini_hochberg(p, 0.05, dependence);
            const auto expected =
                from.numbers(dependence == test_dependence::any ? "any" : "positive");
            REQUIRE(found.adjusted.size() == expected.size());
            for (std::size_t i = 0; i < p.size(); ++i) {
                CHECK(found.adjusted[i] == Approx(expected[i]).epsilon(1e-14).scale(0));
                ++seen;
            }
        }
        CHECK(static_cast<double>(benjamini_hochberg(p, 0.05).discoveries) ==
              from.numbers("discoveries").at(0));
    }
    CHECK(seen >= 1000);
}

TEST_CASE("the published example has four discoveries") {
    const std::vector<double> p{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                                0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0};
    const auto found = benjamini_hochberg(p, 0.05);
    CHECK(found.discoveries == 4);
    CHECK(found.is_discovery(3));
    CHECK_FALSE(found.is_discovery(4));
}

TEST_CASE("of the discoveries at most the promised share is false") {
    // 40 tests, 30 of them true nulls with uniform p-values: 4,000 rounds.
    leeway::random_source random(11);
    double share = 0;
    for (int round = 0; round < 4000; ++round) {
        std::vector<double> p;
        for (int i = 0; i < 40; ++i) p.push_back(std::pow(random.uniform(), i < 30 ? 1 : 8));
        const auto found = benjamini_hochberg(p, 0.2);
        double wrong = 0;
        for (std::size_t i = 0; i < 30; ++i) wrong += found.is_discovery(i) ? 1 : 0;
        if (found.discoveries > 0) share += wrong / static_cast<double>(found.discoveries);
    }
    // Exactly level * 30 / 40 = 0.15 for independent tests; five standard errors of 0.0025.
    CHECK(share / 4000 == Approx(0.15).margin(0.0125).epsilon(0));
}

TEST_CASE("what is no probability is refused") {
    const std::vector<double> fine{0.5}, above{1.5},
        missing{std::numeric_limits<double>::quiet_NaN()};
    CHECK_THROWS_AS(benjamini_hochberg(above), std::invalid_argument);
    CHECK_THROWS_AS(benjamini_hochberg(missing), std::invalid_argument);
    CHECK_THROWS_AS(benjamini_hochberg(fine, 0), std::invalid_argument);
    CHECK_THROWS_AS(benjamini_hochberg(fine, 1), std::invalid_argument);
    CHECK(benjamini_hochberg({}).discoveries == 0);
}
