#include "leeway/metrics/integrated_brier_score.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_interval.hpp"
#include "oracle/survival_states.hpp"

using leeway::integrated_brier_score;
using leeway::survival_brier_score;
using leeway::survival_outcomes;

TEST_CASE("the integrated Brier score equals its definition in rationals") {
    oracle::tally seen;
    std::size_t intervals = 0;
    for (const auto& from : oracle::metric_cases("survival")) {
        const auto states = oracle::survived_at_times(from);
        oracle::check_with_interval(from, "integrated",
                                    integrated_brier_score{from.numbers("times")}(states), seen,
                                    intervals);
    }
    CHECK(seen.values >= 220);
    CHECK(seen.undefined >= 20);
    CHECK(intervals >= 220);
}

TEST_CASE("it is the trapezoidal rule over the scores at the times") {
    const std::vector<double> times{0.5, 1, 3};
    std::vector<survival_outcomes> states(3);
    for (const auto& row : laws::survival_rows(200, true)) {
        for (std::size_t k = 0; k < 3; ++k) {
            auto at = row;
            at.risk = row.risk * static_cast<double>(k + 1) / 3;
            states[k].update(at);
        }
    }
    std::vector<double> scores;
    for (std::size_t k = 0; k < 3; ++k) {
        scores.push_back(survival_brier_score{times[k]}(states[k]).value());
    }
    const double area = 0.5 * (scores[0] + scores[1]) / 2 + 2 * (scores[1] + scores[2]) / 2;
    const leeway::estimate e = integrated_brier_score{times}(states);
    CHECK(e.value() == Approx(area / 2.5).epsilon(1e-13));
    laws::detail::interval_is_sound(e, integrated_brier_score::info);
    CHECK(e.has_interval());
}

TEST_CASE("states and times that do not belong together raise") {
    std::vector<survival_outcomes> two(2);
    CHECK(integrated_brier_score{{1, 2}}(two).reason() == leeway::undefined::empty);
    CHECK_THROWS_AS(integrated_brier_score{{1}}(two), std::invalid_argument);
    CHECK_THROWS_AS((integrated_brier_score{{1, 2, 3}}(two)), std::invalid_argument);
    CHECK_THROWS_AS((integrated_brier_score{{2, 1}}(two)), std::invalid_argument);
    CHECK_THROWS_AS((integrated_brier_score{{-1, 1}}(two)), std::invalid_argument);
    two[0].update({1, 1, 0.5});
    CHECK_THROWS_AS((integrated_brier_score{{0, 1}}(two)), std::invalid_argument);
    two[1].update({1, 0, 0.5});
    CHECK_THROWS_AS((integrated_brier_score{{0, 1}}(two)), std::invalid_argument);
}
