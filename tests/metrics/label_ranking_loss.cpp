#include "leeway/metrics/label_ranking_loss.hpp"

#include <stdexcept>

#include "laws/metric.hpp"
#include "oracle/ranking_states.hpp"

using leeway::label_ranking_loss;

static_assert(leeway::Metric<label_ranking_loss>);

TEST_CASE("label ranking loss equals scikit-learn's, tied pairs half") {
    oracle::tally seen;
    oracle::check_ranking("label_ranking", label_ranking_loss{}, seen);
    CHECK(seen.values >= 200);
    CHECK(seen.undefined >= 10);
    // All rows, with scikit-learn's word for those on which it is undefined.
    oracle::tally all;
    oracle::check_ranking("label_ranking", label_ranking_loss{}, all, leeway::undefined_query::zero,
                          "_zero");
    CHECK(all.values >= 100);
}

TEST_CASE("label ranking loss keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::ranked_rows(300, weighted);
        laws::metric(
            label_ranking_loss{}, [] { return label_ranking_loss{}.empty_state(); }, rows);
    }
}
