#include "leeway/metrics/mean_average_precision.hpp"

#include <stdexcept>

#include "laws/metric.hpp"
#include "oracle/ranking_states.hpp"

using leeway::mean_average_precision;

static_assert(leeway::Metric<mean_average_precision>);

TEST_CASE("mean average precision equals that of its definition over every order of tied items") {
    oracle::tally seen;
    for (const auto& metric : {mean_average_precision{}, mean_average_precision{.k = 1},
                               mean_average_precision{.k = 3}}) {
        oracle::check_ranking("ranking", metric, seen);
    }
    CHECK(seen.values >= 750);
    CHECK(seen.undefined >= 30);
}

TEST_CASE("mean average precision keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::ranked_rows(300, weighted);
        for (const auto& metric : {mean_average_precision{}, mean_average_precision{.k = 1},
                                   mean_average_precision{.k = 3}}) {
            const auto make = [&] { return metric.empty_state(); };
            laws::metric(metric, make, rows);
        }
    }
}

TEST_CASE("mean average precision has its k in its key, and reads no other") {
    CHECK(mean_average_precision{}.key() == "mean_average_precision");
    CHECK(mean_average_precision{.k = 1}.key() == "mean_average_precision_at_1");
    CHECK(mean_average_precision{.k = 3}.key() == "mean_average_precision_at_3");
    const auto state = mean_average_precision{.k = 2}.empty_state();
    CHECK_THROWS_AS(mean_average_precision{.k = 3}(state), std::invalid_argument);
    CHECK_NOTHROW(mean_average_precision{.k = 2}(state));
}
