#include "leeway/metrics/hit_rate_at.hpp"

#include <stdexcept>

#include "laws/metric.hpp"
#include "oracle/ranking_states.hpp"

using leeway::hit_rate_at;

static_assert(leeway::Metric<hit_rate_at>);

TEST_CASE("hit rate at equals that of its definition over every order of tied items") {
    oracle::tally seen;
    for (const auto& metric : {hit_rate_at{.k = 1}, hit_rate_at{.k = 3}, hit_rate_at{.k = 5}}) {
        oracle::check_ranking("ranking", metric, seen);
    }
    CHECK(seen.values >= 750);
    CHECK(seen.undefined >= 30);
}

TEST_CASE("hit rate at keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::ranked_rows(300, weighted);
        for (const auto& metric : {hit_rate_at{.k = 1}, hit_rate_at{.k = 3}, hit_rate_at{.k = 5}}) {
            const auto make = [&] { return metric.empty_state(); };
            laws::metric(metric, make, rows);
        }
    }
}

TEST_CASE("hit rate at has its k in its key, and reads no other") {
    CHECK(hit_rate_at{.k = 1}.key() == "hit_rate_at_1");
    CHECK(hit_rate_at{.k = 3}.key() == "hit_rate_at_3");
    CHECK(hit_rate_at{.k = 5}.key() == "hit_rate_at_5");
    const auto state = hit_rate_at{.k = 2}.empty_state();
    CHECK_THROWS_AS(hit_rate_at{.k = 3}(state), std::invalid_argument);
    CHECK_NOTHROW(hit_rate_at{.k = 2}(state));
}
