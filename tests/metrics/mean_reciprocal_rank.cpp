#include "leeway/metrics/mean_reciprocal_rank.hpp"

#include <stdexcept>

#include "laws/metric.hpp"
#include "oracle/ranking_states.hpp"

using leeway::mean_reciprocal_rank;

static_assert(leeway::Metric<mean_reciprocal_rank>);

TEST_CASE("mean reciprocal rank equals that of its definition over every order of tied items") {
    oracle::tally seen;
    for (const auto& metric :
         {mean_reciprocal_rank{}, mean_reciprocal_rank{.k = 1}, mean_reciprocal_rank{.k = 3}}) {
        oracle::check_ranking("ranking", metric, seen);
    }
    CHECK(seen.values >= 750);
    CHECK(seen.undefined >= 30);
}

TEST_CASE("mean reciprocal rank keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::ranked_rows(300, weighted);
        for (const auto& metric :
             {mean_reciprocal_rank{}, mean_reciprocal_rank{.k = 1}, mean_reciprocal_rank{.k = 3}}) {
            const auto make = [&] { return metric.empty_state(); };
            laws::metric(metric, make, rows);
        }
    }
}

TEST_CASE("mean reciprocal rank has its k in its key, and reads no other") {
    CHECK(mean_reciprocal_rank{}.key() == "mean_reciprocal_rank");
    CHECK(mean_reciprocal_rank{.k = 1}.key() == "mean_reciprocal_rank_at_1");
    CHECK(mean_reciprocal_rank{.k = 3}.key() == "mean_reciprocal_rank_at_3");
    const auto state = mean_reciprocal_rank{.k = 2}.empty_state();
    CHECK_THROWS_AS(mean_reciprocal_rank{.k = 3}(state), std::invalid_argument);
    CHECK_NOTHROW(mean_reciprocal_rank{.k = 2}(state));
}
