#include "leeway/metrics/pr_auc_trapezoid.hpp"

#include "laws/metric.hpp"
#include "metrics/score_bands.hpp"

using namespace leeway;

static_assert(Metric<pr_auc_trapezoid>);

TEST_CASE("the trapezoid area under the precision-recall curve equals the judge's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("curves")) {
        const score_curve curve(oracle::scored(from, scored_outcomes()));
        oracle::check(from, "pr_auc_trapezoid", pr_auc_trapezoid{}(curve), seen);
    }
    CHECK(seen.values >= 280);
    CHECK(seen.undefined >= 10);
}

TEST_CASE("the trapezoid area flatters a constant score") {
    const std::vector<std::int32_t> label{1, 0, 0, 0};
    const std::vector<double> same{2, 2, 2, 2};
    CHECK(pr_auc_trapezoid{}(score_curve(label, same)).value() == 0.625);
}

TEST_CASE("the trapezoid area under the precision-recall curve keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::probability_rows(400, weighted);
        laws::metric(
            pr_auc_trapezoid{}, [] { return scored_outcomes(); }, rows);
    }
}
