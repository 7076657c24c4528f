#include "leeway/metrics/precision_at.hpp"

#include <stdexcept>

#include "laws/metric.hpp"
#include "oracle/ranking_states.hpp"

using leeway::precision_at;

static_assert(leeway::Metric<precision_at>);

TEST_CASE("precision at equals that of its definition over every order of tied items") {
    oracle::tally seen;
    for (const auto& metric : {precision_at{.k = 1}, precision_at{.k = 3}, precision_at{.k = 5}}) {
        oracle::check_ranking("ranking", metric, seen);
    }
    CHECK(seen.values >= 750);
    CHECK(seen.undefined >= 30);
}

TEST_CASE("precision at keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::ranked_rows(300, weighted);
        for (const auto& metric :
             {precision_at{.k = 1}, precision_at{.k = 3}, precision_at{.k = 5}}) {
            const auto make = [&] { return metric.empty_state(); };
            laws::metric(metric, make, rows);
        }
    }
}

TEST_CASE("precision at has its k in its key, and reads no other") {
    CHECK(precision_at{.k = 1}.key() == "precision_at_1");
    CHECK(precision_at{.k = 3}.key() == "precision_at_3");
    CHECK(precision_at{.k = 5}.key() == "precision_at_5");
    const auto state = precision_at{.k = 2}.empty_state();
    CHECK_THROWS_AS(precision_at{.k = 3}(state), std::invalid_argument);
    CHECK_NOTHROW(precision_at{.k = 2}(state));
}
