#include "leeway/metrics/dcg.hpp"

#include <stdexcept>

#include "laws/metric.hpp"
#include "oracle/ranking_states.hpp"

using leeway::dcg;
using leeway::relevance_gain;

static_assert(leeway::Metric<dcg>);

TEST_CASE("dcg equals scikit-learn's") {
    oracle::tally seen;
    for (const auto& metric :
         {dcg{}, dcg{.k = 1}, dcg{.k = 3}, dcg{.gain = relevance_gain::exponential},
          dcg{.k = 3, .gain = relevance_gain::exponential}}) {
        oracle::check_ranking("ranking", metric, seen);
    }
    CHECK(seen.values >= 1250);
    CHECK(seen.undefined >= 50);
}

TEST_CASE("dcg keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::ranked_rows(300, weighted);
        for (const auto& metric :
             {dcg{}, dcg{.k = 1}, dcg{.k = 3}, dcg{.gain = relevance_gain::exponential},
              dcg{.k = 3, .gain = relevance_gain::exponential}}) {
            const auto make = [&] { return metric.empty_state(); };
            laws::metric(metric, make, rows);
        }
    }
}

TEST_CASE("dcg has its k in its key, and reads no other") {
    CHECK(dcg{}.key() == "dcg");
    CHECK(dcg{.k = 1}.key() == "dcg_at_1");
    CHECK(dcg{.k = 3}.key() == "dcg_at_3");
    CHECK(dcg{.gain = relevance_gain::exponential}.key() == "dcg_exponential");
    CHECK(dcg{.k = 3, .gain = relevance_gain::exponential}.key() == "dcg_exponential_at_3");
    const auto state = dcg{.k = 2}.empty_state();
    CHECK_THROWS_AS(dcg{.k = 3}(state), std::invalid_argument);
    CHECK_NOTHROW(dcg{.k = 2}(state));
}
