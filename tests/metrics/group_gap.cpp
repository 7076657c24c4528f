#include "leeway/metrics/group_gap.hpp"

#include <cmath>
#include <vector>

#include "leeway/core/random.hpp"
#include "leeway/metrics/demographic_parity.hpp"
#include "leeway/metrics/equalised_odds.hpp"
#include "support/catch.hpp"

using leeway::demographic_parity_difference;
using leeway::demographic_parity_ratio;
using leeway::grouped_counts;
using leeway::undefined;

namespace {

/// `selected` of `rows` predicted positive; label 1 for the first `positive`.
void fill(grouped_counts& state, int group, int rows, int selected, int positive = 0) {
    for (int i = 0; i < rows; ++i) {
        state.update({.group = group, .label = i < positive, .prediction = i < selected});
    }
}

}  // namespace

TEST_CASE("two groups: Newcombe's interval, as published") {
    // Newcombe (1998), table II, (a): 56/70 less 48/80, method 10: 0.0524 to 0.3339.
    grouped_counts state(2);
    fill(state, 0, 70, 56);
    fill(state, 1, 80, 48);
    const auto gap = demographic_parity_difference{}(state);
    CHECK(gap.value() == Approx(0.2).epsilon(1e-14));
    CHECK(gap.lower() == Approx(0.0524).margin(5e-5).epsilon(0));
    CHECK(gap.upper() == Approx(0.3339).margin(5e-5).epsilon(0));
    CHECK(demographic_parity_ratio{}(state).value() == Approx(0.75).epsilon(1e-14));
}

TEST_CASE("a group without support is left out, and counted") {
    grouped_counts state(5);
    fill(state, 0, 20, 10, 12);
    fill(state, 2, 20, 10, 20);
    fill(state, 3, 9, 9, 5);
    const demographic_parity_difference parity;
    CHECK(parity(state).value() == 0);
    CHECK(parity(state).weight() == 49);
    CHECK(left_out(parity, state) == 1);
    const auto rates = per_group(parity, state);
    REQUIRE(rates.size() == 5);
    CHECK(rates[0].value() == 0.5);
    CHECK(rates[1].reason() == undefined::empty);
    CHECK(rates[3].reason() == undefined::too_little_data);
    CHECK(demographic_parity_difference{.least_support = 9}(state).value() == 0.5);

    // No negative row in group 2, five positive ones in group 3.
    const leeway::equalised_odds_difference odds;
    CHECK(left_out(odds, state) == 3);
    CHECK(per_group(odds, state, 1)[2].reason() == undefined::zero_denominator);
    CHECK(odds(state).reason() == undefined::too_little_data);
    CHECK(odds(grouped_counts(3)).reason() == undefined::empty);
}

TEST_CASE("a support of n equal rows is n, whatever their weight") {
    for (const double weight : {1.0, 0.1, 0.3, 1e-7, 3e9}) {
        grouped_counts state(2);
        for (int i = 0; i < 20; ++i) {
            state.update({.group = i % 2, .label = 0, .prediction = i % 3 == 0, .weight = weight});
        }
        CHECK(demographic_parity_difference{.least_support = 10}(state).defined());
        CHECK_FALSE(demographic_parity_difference{.least_support = 10.001}(state).defined());
    }
}

TEST_CASE("a rate of 0 bounds the ratio by the quotient of intervals") {
    grouped_counts state(2);
    fill(state, 0, 50, 0);
    fill(state, 1, 50, 25);
    const auto ratio = demographic_parity_ratio{}(state);
    CHECK(ratio.value() == 0);
    CHECK(ratio.lower() == 0);
    // Wilson: 0/50 up to 0.0713476, 25/50 from 0.3664461
    CHECK(ratio.upper() == Approx(0.0713475 / 0.3664461).epsilon(1e-5));
    grouped_counts none(2);
    fill(none, 0, 50, 0);
    fill(none, 1, 50, 0);
    CHECK(demographic_parity_ratio{}(none).reason() == undefined::zero_denominator);
    CHECK(demographic_parity_difference{}(none).value() == 0);
}

TEST_CASE("the intervals cover the true gap") {
    // Rates of 2 and 5 groups, 60 rows each, 1,500 data sets: the gap of the true rates lies in
    // the 90 % interval in at least 90 % of them, less three standard errors (0.8 %) and 1 % for
    // what Wilson's interval itself misses.
    leeway::random_source random(23);
    for (const std::vector<double>& rates :
         {std::vector<double>{0.3, 0.3}, std::vector<double>{0.2, 0.6},
          std::vector<double>{0.05, 0.1}, std::vector<double>{0.5, 0.5, 0.5, 0.5, 0.5},
          std::vector<double>{0.1, 0.2, 0.3, 0.4, 0.5}}) {
        const auto [low, high] = std::minmax_element(rates.begin(), rates.end());
        int differences = 0;
        int ratios = 0;
        for (int round = 0; round < 1500; ++round) {
            grouped_counts state(rates.size());
            for (std::size_t g = 0; g < rates.size(); ++g) {
                for (int i = 0; i < 60; ++i) {
                    state.update({.group = static_cast<std::int32_t>(g),
                                  .label = 0,
                                  .prediction = random.bernoulli(rates[g])});
                }
            }
            const auto gap =
                demographic_parity_difference{.confidence = leeway::confidence_90}(state);
            differences += gap.lower() <= *high - *low && *high - *low <= gap.upper();
            const auto ratio = demographic_parity_ratio{.confidence = leeway::confidence_90}(state);
            if (!ratio) {
                ++ratios;  // no claim was made
                continue;
            }
            ratios += ratio.lower() <= *low / *high && *low / *high <= ratio.upper();
        }
        CAPTURE(rates.size(), *low, *high, differences, ratios);
        CHECK(differences >= 1500 * 0.866);
        CHECK(ratios >= 1500 * 0.866);
    }
}
