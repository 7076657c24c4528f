#include "leeway/metrics/ndcg.hpp"

#include <stdexcept>

#include "laws/metric.hpp"
#include "oracle/ranking_states.hpp"

using leeway::ndcg;
using leeway::relevance_gain;

static_assert(leeway::Metric<ndcg>);

TEST_CASE("ndcg equals scikit-learn's") {
    oracle::tally seen;
    for (const auto& metric :
         {ndcg{}, ndcg{.k = 1}, ndcg{.k = 3}, ndcg{.gain = relevance_gain::exponential},
          ndcg{.k = 3, .gain = relevance_gain::exponential}}) {
        oracle::check_ranking("ranking", metric, seen);
    }
    CHECK(seen.values >= 1000);
    CHECK(seen.undefined >= 50);
    // Queries without a relevant item count as 0, as scikit-learn has it.
    oracle::tally zero;
    oracle::check_ranking("ranking", ndcg{.k = 3}, zero, leeway::undefined_query::zero, "_zero");
    CHECK(zero.values >= 250);
    CHECK(zero.undefined == 0);
    for (const auto& from : oracle::metric_cases("ranking")) {
        CHECK(static_cast<double>(oracle::ranked(from, ndcg{}.empty_state()).undefined_queries()) ==
              from.numbers("undefined_queries").at(0));
    }
}

TEST_CASE("ndcg keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::ranked_rows(300, weighted);
        for (const auto& metric :
             {ndcg{}, ndcg{.k = 1}, ndcg{.k = 3}, ndcg{.gain = relevance_gain::exponential},
              ndcg{.k = 3, .gain = relevance_gain::exponential}}) {
            const auto make = [&] { return metric.empty_state(); };
            laws::metric(metric, make, rows);
        }
    }
}

TEST_CASE("ndcg has its k in its key, and reads no other") {
    CHECK(ndcg{}.key() == "ndcg");
    CHECK(ndcg{.k = 1}.key() == "ndcg_at_1");
    CHECK(ndcg{.k = 3}.key() == "ndcg_at_3");
    CHECK(ndcg{.gain = relevance_gain::exponential}.key() == "ndcg_exponential");
    CHECK(ndcg{.k = 3, .gain = relevance_gain::exponential}.key() == "ndcg_exponential_at_3");
    const auto state = ndcg{.k = 2}.empty_state();
    CHECK_THROWS_AS(ndcg{.k = 3}(state), std::invalid_argument);
    CHECK_NOTHROW(ndcg{.k = 2}(state));
}
