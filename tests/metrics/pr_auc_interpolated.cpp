#include "leeway/metrics/pr_auc_interpolated.hpp"

#include "laws/metric.hpp"
#include "metrics/score_bands.hpp"

using namespace leeway;

static_assert(Metric<pr_auc_interpolated>);

TEST_CASE("the interpolated area under the precision-recall curve equals the judge's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("curves")) {
        const score_curve curve(oracle::scored(from, scored_outcomes()));
        oracle::check(from, "pr_auc_interpolated", pr_auc_interpolated{}(curve), seen);
    }
    CHECK(seen.values >= 280);
    CHECK(seen.undefined >= 10);
}

TEST_CASE(
    "the interpolated area under the precision-recall curve: the certified band holds the exact "
    "figure") {
    std::size_t defined = 0;
    for (const auto& metric : {pr_auc_interpolated{}}) {
        const bands::tally cases = bands::of_oracle_cases(metric);
        CHECK(cases.violated == 0);
        const bands::tally random = bands::of_random_cases(metric, 500, 22);
        CHECK(random.violated == 0);
        defined += cases.defined + random.defined;
    }
    CHECK(defined >= 280 * 5);
}

TEST_CASE("the interpolated area of a constant score is the rate, and of two points an integral") {
    const std::vector<std::int32_t> label{1, 0, 0, 1};
    const std::vector<double> same{2, 2, 2, 2};
    CHECK(pr_auc_interpolated{}(score_curve(label, same)).value() == 0.5);
    // One positive on top, then 1 and 2 tied: 1/2 + 1/2 integral of (1 + u) / (1 + 3 u).
    const std::vector<double> score{3, 2, 2, 2};
    const double integral = 1.0 / 3 + 2.0 / 9 * std::log(4.0);
    CHECK(pr_auc_interpolated{}(score_curve(label, score)).value() ==
          Approx(0.5 + integral / 2).epsilon(1e-14));
}

TEST_CASE("the interpolated area under the precision-recall curve keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::probability_rows(400, weighted);
        laws::metric(
            pr_auc_interpolated{}, [] { return scored_outcomes(); }, rows);
        laws::metric(
            pr_auc_interpolated{}, [] { return score_table(log_linear_layout::probabilities()); },
            rows);
    }
}
