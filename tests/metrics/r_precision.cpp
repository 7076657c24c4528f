#include "leeway/metrics/r_precision.hpp"

#include <stdexcept>

#include "laws/metric.hpp"
#include "oracle/ranking_states.hpp"

using leeway::r_precision;

static_assert(leeway::Metric<r_precision>);

TEST_CASE("r precision equals that of its definition over every order of tied items") {
    oracle::tally seen;
    oracle::check_ranking("ranking", r_precision{}, seen);
    CHECK(seen.values >= 250);
    CHECK(seen.undefined >= 10);
}

TEST_CASE("r precision keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::ranked_rows(300, weighted);
        laws::metric(
            r_precision{}, [] { return r_precision{}.empty_state(); }, rows);
    }
}
