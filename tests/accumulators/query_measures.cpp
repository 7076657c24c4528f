#include "leeway/accumulators/query_measures.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "leeway/core/random.hpp"
#include "support/catch.hpp"

using leeway::ranked_query;
namespace per_query = leeway::per_query;

static_assert(leeway::QueryMeasure<per_query::dcg> && leeway::QueryMeasure<per_query::ndcg>);
static_assert(leeway::QueryMeasure<per_query::average_precision>);
static_assert(leeway::QueryMeasure<per_query::reciprocal_rank>);
static_assert(leeway::QueryMeasure<per_query::precision> &&
              leeway::QueryMeasure<per_query::recall>);
static_assert(leeway::QueryMeasure<per_query::hit> && leeway::QueryMeasure<per_query::r_precision>);

namespace {

template <leeway::QueryMeasure M>
double of(const M& measure, const std::vector<double>& relevance,
          const std::vector<double>& score) {
    const auto figure = measure({.relevance = relevance, .score = score});
    REQUIRE(figure.has_value());
    return *figure;
}

}  // namespace

TEST_CASE("measures of one query, by hand") {
    const std::vector<double> relevance{0, 3, 0, 1}, score{4, 3, 2, 1};
    const double gain = 3 / std::log2(3.0) + 1 / std::log2(5.0);
    CHECK(of(per_query::dcg{}, relevance, score) == Approx(gain).epsilon(1e-15));
    CHECK(of(per_query::dcg{2}, relevance, score) == Approx(3 / std::log2(3.0)).epsilon(1e-15));
    CHECK(of(per_query::dcg{2, leeway::relevance_gain::exponential}, relevance, score) ==
          Approx(7 / std::log2(3.0)).epsilon(1e-15));
    CHECK(of(per_query::ndcg{}, relevance, score) ==
          Approx(gain / (3 + 1 / std::log2(3.0))).epsilon(1e-15));
    CHECK(of(per_query::average_precision{}, relevance, score) == 0.5);  // (1/2 + 2/4) / 2
    CHECK(of(per_query::average_precision{2}, relevance, score) == 0.25);
    CHECK(of(per_query::average_precision{1}, relevance, score) == 0);
    CHECK(of(per_query::reciprocal_rank{}, relevance, score) == 0.5);
    CHECK(of(per_query::reciprocal_rank{1}, relevance, score) == 0);
    CHECK(of(per_query::precision{3}, relevance, score) == Approx(1.0 / 3).epsilon(1e-15));
    CHECK(of(per_query::precision{10}, relevance, score) == 0.2);  // of ten, in a list of four
    CHECK(of(per_query::recall{3}, relevance, score) == 0.5);
    CHECK(of(per_query::hit{1}, relevance, score) == 0);
    CHECK(of(per_query::hit{2}, relevance, score) == 1);
    CHECK(of(per_query::r_precision{}, relevance, score) == 0.5);
}

TEST_CASE("tied items share what their orders give on average") {
    const std::vector<double> relevance{0, 1, 0, 1}, score{1, 1, 1, 0};
    CHECK(of(per_query::precision{1}, relevance, score) == Approx(1.0 / 3).epsilon(1e-15));
    CHECK(of(per_query::hit{2}, relevance, score) == Approx(2.0 / 3).epsilon(1e-15));
    // 1, 1/2, 1/3 with equal chances.
    CHECK(of(per_query::reciprocal_rank{}, relevance, score) == Approx(11.0 / 18).epsilon(1e-15));
    CHECK(of(per_query::average_precision{}, relevance, score) ==
          Approx((11.0 / 18 + 0.5) / 2).epsilon(1e-15));
}

TEST_CASE("a query without a relevant item has no figure") {
    const std::vector<double> none{0, 0}, score{1, 2};
    const ranked_query query{none, score}, empty{};
    const auto undefined = [&](const auto& measure) { return !measure(query) && !measure(empty); };
    CHECK(undefined(per_query::dcg{}));
    CHECK(undefined(per_query::ndcg{}));
    CHECK(undefined(per_query::average_precision{}));
    CHECK(undefined(per_query::reciprocal_rank{}));
    CHECK(undefined(per_query::precision{}));
    CHECK(undefined(per_query::recall{}));
    CHECK(undefined(per_query::hit{}));
    CHECK(undefined(per_query::r_precision{}));
}

TEST_CASE("a measure of the first k of a long list is that of the list cut there") {
    leeway::random_source random(3);
    for (const std::size_t n : {100U, 2000U, 5000U}) {
        std::vector<double> relevance, score;
        for (std::size_t i = 0; i < n; ++i) {
            relevance.push_back(random.bernoulli(0.2) ? 1.0 + static_cast<double>(random.below(3))
                                                      : 0.0);
            score.push_back(-static_cast<double>(i));
        }
        const auto cut = [&](std::size_t k) {
            return std::vector<double>(relevance.begin(),
                                       relevance.begin() + static_cast<std::ptrdiff_t>(k));
        };
        for (const std::size_t k : {20U, 90U}) {
            const auto head = cut(k);
            const auto scores =
                std::vector<double>(score.begin(), score.begin() + static_cast<std::ptrdiff_t>(k));
            CHECK(of(per_query::dcg{k}, relevance, score) == of(per_query::dcg{}, head, scores));
            CHECK(of(per_query::precision{k}, relevance, score) ==
                  of(per_query::precision{k}, head, scores));
            CHECK(of(per_query::reciprocal_rank{k}, relevance, score) ==
                  of(per_query::reciprocal_rank{}, head, scores));
        }
        // Discounts beyond the table of the first ranks.
        double gain = 0;
        for (std::size_t i = 0; i < n; ++i)
            gain += relevance[i] / std::log2(static_cast<double>(i) + 2);
        CHECK(of(per_query::dcg{}, relevance, score) == Approx(gain).epsilon(1e-13));
        double hits = 0, precisions = 0;
        for (std::size_t i = 0; i < n; ++i) {
            if (relevance[i] == 0) continue;
            hits += 1;
            precisions += hits / static_cast<double>(i + 1);
        }
        CHECK(of(per_query::average_precision{}, relevance, score) ==
              Approx(precisions / hits).epsilon(1e-13));
        CHECK(of(per_query::ndcg{}, relevance, relevance) == Approx(1).epsilon(1e-14));
    }
}

TEST_CASE("a query in order has the figures of the same query in any order") {
    leeway::random_source random(19);
    std::size_t seen = 0;
    const auto alike = [&](auto measure, const ranked_query& query,
                           const leeway::ordered_query& ordered) {
        const auto expected = measure(query);
        const auto found = measure(ordered);
        REQUIRE(found.has_value() == expected.has_value());
        if (!expected) return;
        CHECK(*found == Approx(*expected).epsilon(1e-14).margin(1e-15));
        ++seen;
    };
    for (const std::size_t n : {1u, 2u, 3u, 7u, 20u, 33u, 100u, 700u, 2000u}) {
        std::vector<double> relevance, score;
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < n; ++i) {
            relevance.push_back(random.below(3) == 0 ? random.uniform() * 3 : 0);
            score.push_back(static_cast<double>(random.below(n)));  // with ties
            order.push_back(i);
        }
        std::sort(order.begin(), order.end(),
                  [&](std::size_t a, std::size_t b) { return score[a] > score[b]; });
        std::vector<double> by_score, scores, best = relevance;
        for (const std::size_t i : order) {
            by_score.push_back(relevance[i]);
            scores.push_back(score[i]);
        }
        std::sort(best.rbegin(), best.rend());
        const ranked_query query{.relevance = relevance, .score = score};
        const leeway::ordered_query ordered{{.relevance = by_score, .score = scores}, best};
        for (const std::size_t k : {1u, 5u, 40u, 600u}) {
            alike(per_query::dcg{k}, query, ordered);
            alike(per_query::ndcg{k}, query, ordered);
            alike(per_query::ndcg{k, leeway::relevance_gain::exponential}, query, ordered);
            alike(per_query::average_precision{k}, query, ordered);
            alike(per_query::reciprocal_rank{k}, query, ordered);
            alike(per_query::precision{k}, query, ordered);
            alike(per_query::recall{k}, query, ordered);
            alike(per_query::hit{k}, query, ordered);
        }
        alike(per_query::ndcg{}, query, ordered);
        alike(per_query::r_precision{}, query, ordered);
    }
    CHECK(seen > 200);
}

TEST_CASE("a measure with a k of 0 or an unknown gain says so") {
    CHECK(per_query::precision{0}.defect() == "precision: k is 0, expected at least 1");
    CHECK_FALSE(per_query::recall{0}.defect().empty());
    CHECK_FALSE(per_query::hit{0}.defect().empty());
    CHECK_FALSE(per_query::dcg{1, static_cast<leeway::relevance_gain>(2)}.defect().empty());
    CHECK_FALSE(per_query::ndcg{1, static_cast<leeway::relevance_gain>(9)}.defect().empty());
    CHECK(per_query::ndcg{}.defect().empty());
}
