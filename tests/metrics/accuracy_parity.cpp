#include "leeway/metrics/accuracy_parity.hpp"

#include "laws/metric.hpp"
#include "oracle/group_states.hpp"

using leeway::accuracy_parity_difference;
using leeway::accuracy_parity_ratio;

static_assert(leeway::Metric<accuracy_parity_difference> &&
              leeway::GroupGapMetric<accuracy_parity_difference>);
static_assert(leeway::Metric<accuracy_parity_ratio> &&
              leeway::GroupGapMetric<accuracy_parity_ratio>);

TEST_CASE("accuracy parity equals that from scikit-learn's counts") {
    oracle::tally seen, with_ends;
    for (const auto& from : oracle::metric_cases("groups")) {
        const auto state = oracle::groups_of(from);
        const accuracy_parity_difference difference{.least_support = 3};
        const accuracy_parity_ratio ratio{.least_support = 3};
        oracle::check_group(from, difference, difference(state), seen, with_ends);
        oracle::check_group(from, ratio, ratio(state), seen, with_ends);
    }
    CHECK(seen.values >= 190);
    CHECK(seen.undefined >= 30);
    CHECK(with_ends.values == seen.values);
}

TEST_CASE("accuracy parity keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        for (const std::int32_t groups : {2, 4}) {
            const auto rows = laws::grouped_rows(600, groups, weighted);
            const auto make = [&] {
                return leeway::grouped_counts(static_cast<std::size_t>(groups));
            };
            laws::metric(accuracy_parity_difference{}, make, rows);
            laws::metric(accuracy_parity_ratio{}, make, rows);
        }
    }
}
