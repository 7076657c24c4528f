#include "leeway/metrics/recall_at.hpp"

#include <stdexcept>

#include "laws/metric.hpp"
#include "oracle/ranking_states.hpp"

using leeway::recall_at;

static_assert(leeway::Metric<recall_at>);

TEST_CASE("recall at equals that of its definition over every order of tied items") {
    oracle::tally seen;
    for (const auto& metric : {recall_at{.k = 1}, recall_at{.k = 3}, recall_at{.k = 5}}) {
        oracle::check_ranking("ranking", metric, seen);
    }
    CHECK(seen.values >= 750);
    CHECK(seen.undefined >= 30);
}

TEST_CASE("recall at keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::ranked_rows(300, weighted);
        for (const auto& metric : {recall_at{.k = 1}, recall_at{.k = 3}, recall_at{.k = 5}}) {
            const auto make = [&] { return metric.empty_state(); };
            laws::metric(metric, make, rows);
        }
    }
}

TEST_CASE("recall at has its k in its key, and reads no other") {
    CHECK(recall_at{.k = 1}.key() == "recall_at_1");
    CHECK(recall_at{.k = 3}.key() == "recall_at_3");
    CHECK(recall_at{.k = 5}.key() == "recall_at_5");
    const auto state = recall_at{.k = 2}.empty_state();
    CHECK_THROWS_AS(recall_at{.k = 3}(state), std::invalid_argument);
    CHECK_NOTHROW(recall_at{.k = 2}(state));
}
