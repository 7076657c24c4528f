#include "leeway/metrics/coverage_error.hpp"

#include <stdexcept>

#include "laws/metric.hpp"
#include "oracle/ranking_states.hpp"

using leeway::coverage_error;

static_assert(leeway::Metric<coverage_error>);

TEST_CASE("coverage error equals scikit-learn's") {
    oracle::tally seen;
    oracle::check_ranking("label_ranking", coverage_error{}, seen);
    CHECK(seen.values >= 200);
    CHECK(seen.undefined >= 10);
    // All rows, with scikit-learn's word for those on which it is undefined.
    oracle::tally all;
    oracle::check_ranking("label_ranking", coverage_error{}, all, leeway::undefined_query::zero,
                          "_zero");
    CHECK(all.values >= 250);
}

TEST_CASE("coverage error keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::ranked_rows(300, weighted);
        laws::metric(
            coverage_error{}, [] { return coverage_error{}.empty_state(); }, rows);
    }
}
