#include "leeway/metrics/survival_brier_score.hpp"

#include "laws/metric.hpp"
#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "oracle/metrics_interval.hpp"
#include "oracle/survival_states.hpp"

using leeway::survival_brier_score;
using state = survival_brier_score::state_type;

static_assert(leeway::Metric<survival_brier_score>);

TEST_CASE("the Brier score of survival equals its definition in rationals") {
    oracle::tally seen;
    std::size_t intervals = 0;
    for (const auto& from : oracle::metric_cases("survival")) {
        const auto times = from.numbers("times");
        const auto states = oracle::survived_at_times(from);
        for (std::size_t k = 0; k < times.size(); ++k) {
            oracle::check_with_interval(from, "brier_" + std::to_string(k),
                                        survival_brier_score{times[k]}(states[k]), seen, intervals);
        }
    }
    CHECK(seen.values >= 600);
    CHECK(seen.undefined >= 30);
    CHECK(intervals >= 550);
}

TEST_CASE("without censoring it is the Brier score of the event by then") {
    state rows;
    leeway::mean_loss<leeway::loss::brier> plain;
    for (auto row : laws::survival_rows(300, true)) {
        row.event = 1;
        rows.update(row);
        plain.update({row.time <= 2 ? 1 : 0, row.risk, row.weight});
    }
    CHECK(survival_brier_score{2}(rows).value() == Approx(plain.mean()).epsilon(1e-13));
}

TEST_CASE("the Brier score of survival has a reason where there is none") {
    state rows;
    CHECK(survival_brier_score{1}(rows).reason() == leeway::undefined::empty);
    rows.update({2, 1, 0.5});
    CHECK(survival_brier_score{2}(rows).defined());
    CHECK(survival_brier_score{2.5}(rows).reason() == leeway::undefined::out_of_range);
    rows.update({3, 1, 1.5});
    CHECK(survival_brier_score{1}(rows).reason() == leeway::undefined::out_of_range);
    CHECK_THROWS_AS(survival_brier_score{-1}(rows), std::invalid_argument);
    CHECK_THROWS_AS(survival_brier_score{laws::not_a_number}(rows), std::invalid_argument);
    CHECK(survival_brier_score{12}.key() == "survival_brier_score_12");
}

TEST_CASE("the Brier score of survival keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            survival_brier_score{2}, [] { return state(); }, laws::survival_rows(300, weighted));
    }
}
