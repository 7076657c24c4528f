#include "leeway/metrics/equalised_odds.hpp"

#include "laws/metric.hpp"
#include "oracle/group_states.hpp"

using leeway::equalised_odds_difference;
using leeway::equalised_odds_ratio;

static_assert(leeway::Metric<equalised_odds_difference> &&
              leeway::GroupGapMetric<equalised_odds_difference>);
static_assert(leeway::Metric<equalised_odds_ratio> && leeway::GroupGapMetric<equalised_odds_ratio>);

TEST_CASE("equalised odds equals that from scikit-learn's counts") {
    oracle::tally seen, with_ends;
    for (const auto& from : oracle::metric_cases("groups")) {
        const auto state = oracle::groups_of(from);
        const equalised_odds_difference difference{.least_support = 3};
        const equalised_odds_ratio ratio{.least_support = 3};
        oracle::check_group(from, difference, difference(state), seen, with_ends);
        oracle::check_group(from, ratio, ratio(state), seen, with_ends);
    }
    CHECK(seen.values >= 80);
    CHECK(seen.undefined >= 30);
    CHECK(with_ends.values == seen.values);
}

TEST_CASE("equalised odds keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        for (const std::int32_t groups : {2, 4}) {
            const auto rows = laws::grouped_rows(600, groups, weighted);
            const auto make = [&] {
                return leeway::grouped_counts(static_cast<std::size_t>(groups));
            };
            laws::metric(equalised_odds_difference{}, make, rows);
            laws::metric(equalised_odds_ratio{}, make, rows);
        }
    }
}
