#include "leeway/metrics/mean_of_queries.hpp"

#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "leeway/metrics/hit_rate_at.hpp"
#include "leeway/metrics/mean_reciprocal_rank.hpp"
#include "leeway/metrics/recall_at.hpp"
#include "support/catch.hpp"
#include "support/implied_t.hpp"

using leeway::recall_at;

TEST_CASE("the interval is that of a mean over queries") {
    const std::vector<double> score{2, 1}, first{1, 0}, second{0, 1};
    const recall_at metric{.k = 1};
    auto state = metric.empty_state();
    for (int i = 0; i < 30; ++i) state.update({.relevance = first, .score = score});
    for (int i = 0; i < 10; ++i) state.update({.relevance = second, .score = score});
    const auto figure = metric(state);
    // The standard error of the mean: sqrt(0.75 * 0.25 * 40 / 39 / 40).
    CHECK(figure.value() == 0.75);
    leeway_tests::check_ends(figure, std::sqrt(0.75 * 0.25 / 39),
                             leeway::student_critical(1.959963984540054, 39), recall_at::info);
    CHECK(figure.weight() == 40);
}

TEST_CASE("figures that are all alike are no certainty") {
    const std::vector<double> score{2, 1}, first{1, 0}, second{0, 1};
    const leeway::mean_reciprocal_rank metric;
    auto state = metric.empty_state();
    for (int i = 0; i < 20; ++i) state.update({.relevance = first, .score = score});
    // Wilson's lower end at a share of 1: n / (n + z^2)
    const double z2 = 1.959963984540054 * 1.959963984540054;
    CHECK(metric(state).value() == 1);
    CHECK(metric(state).lower() == Approx(20 / (20 + z2)).epsilon(1e-14));
    CHECK(metric(state).upper() == 1);
    auto halves = metric.empty_state();
    for (int i = 0; i < 20; ++i) halves.update({.relevance = second, .score = score});
    CHECK(metric(halves).value() == 0.5);
    CHECK(metric(halves).upper() - metric(halves).lower() ==
          Approx(2 * std::sqrt(z2) / (1 + z2 / 20) * std::sqrt(0.25 / 20 + z2 / 1600))
              .epsilon(1e-13));

    // A hit rate is a share: Wilson's whatever it is. 15 of 20, by scipy.stats.binomtest.
    const leeway::hit_rate_at hits{.k = 1};
    auto rate = hits.empty_state();
    for (int i = 0; i < 20; ++i)
        rate.update({.relevance = i < 15 ? first : second, .score = score});
    CHECK(hits(rate).lower() == Approx(0.5312991223812561).epsilon(1e-12));
    CHECK(hits(rate).upper() == Approx(0.8881382985923344).epsilon(1e-12));
}

TEST_CASE("queries that all were skipped are no empty state") {
    const recall_at metric{.k = 1};
    auto state = metric.empty_state();
    CHECK(metric(state).reason() == leeway::undefined::empty);
    const std::vector<double> none{0, 0}, score{2, 1};
    state.update({.relevance = none, .score = score});
    CHECK(metric(state).reason() == leeway::undefined::zero_denominator);
    auto zero = metric.empty_state(leeway::undefined_query::zero);
    zero.update({.relevance = none, .score = score});
    CHECK(metric(zero).value() == 0);
}

TEST_CASE("a state of another k is refused by name") {
    try {
        (void)recall_at{.k = 5}(recall_at{.k = 3}.empty_state());
        FAIL("read another k");
    } catch (const std::invalid_argument& problem) {
        CHECK(std::string(problem.what()) ==
              "recall_at: the state was filled with k: 3, the metric reads k: 5");
    }
    CHECK(leeway::key_at("ndcg", 10) == "ndcg_at_10");
    CHECK(leeway::key_at("ndcg", 0) == "ndcg");
}
