#include "leeway/metrics/label_ranking_average_precision.hpp"

#include <stdexcept>

#include "laws/metric.hpp"
#include "oracle/ranking_states.hpp"

using leeway::label_ranking_average_precision;

static_assert(leeway::Metric<label_ranking_average_precision>);

TEST_CASE("label ranking average precision equals scikit-learn's") {
    oracle::tally seen;
    oracle::check_ranking("label_ranking", label_ranking_average_precision{}, seen);
    CHECK(seen.values >= 200);
    CHECK(seen.undefined >= 10);
    // All rows, with scikit-learn's word for those on which it is undefined.
    oracle::tally all;
    oracle::check_ranking("label_ranking", label_ranking_average_precision{}, all,
                          leeway::undefined_query::one, "_one");
    CHECK(all.values >= 250);
}

TEST_CASE("label ranking average precision keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::ranked_rows(300, weighted);
        laws::metric(
            label_ranking_average_precision{},
            [] { return label_ranking_average_precision{}.empty_state(); }, rows);
    }
}
