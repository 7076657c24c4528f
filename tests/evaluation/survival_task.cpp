#include "leeway/evaluation/survival_task.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "leeway/evaluation/evaluate.hpp"
#include "oracle/metrics_table.hpp"

using namespace leeway;

TEST_CASE("a report of survival has the figures of the tables") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("survival")) {
        const auto time = from.numbers("time"), risk = from.numbers("risk"),
                   weight = from.numbers("weight"), times = from.numbers("times");
        const auto event = from.integers("event");
        std::vector<double> probability(time.size() * times.size());
        for (std::size_t k = 0; k < times.size(); ++k) {
            const auto column = from.numbers("risk_" + std::to_string(k));
            for (std::size_t row = 0; row < column.size(); ++row) {
                probability[row * times.size() + k] = column[row];
            }
        }
        const report found =
            evaluate(survival_task{.times = times}, survival_columns{.time = time,
                                                                     .event = event,
                                                                     .risk = risk,
                                                                     .probability = probability,
                                                                     .weight = weight});
        if (!risk.empty())
            oracle::check(from, "concordance_index", found.at("concordance_index"), seen);
        for (std::size_t k = 0; k < times.size(); ++k) {
            oracle::check(from, "brier_" + std::to_string(k),
                          found.at("survival_brier_score_" + detail::shown(times[k])), seen, 1e-15);
        }
        if (times.size() > 1)
            oracle::check(from, "integrated", found.at("integrated_brier_score"), seen, 1e-15);
    }
    CHECK(seen.values >= 900);
    CHECK(seen.undefined >= 40);
}

TEST_CASE("a row of survival that cannot be used is left out of every figure") {
    const double missing = std::numeric_limits<double>::quiet_NaN();
    const std::vector<double> time{1, 2, 3, -1, 2, 4}, risk{5, 4, 3, 2, 1, 0};
    const std::vector<std::int32_t> event{1, 1, 2, 1, 1, 0};
    const std::vector<double> probability{0.9, 0.9, 0.5, 0.6,     0.2, 0.3,
                                          0.1, 0.1, 0.1, missing, 0.1, 0.2};
    const report found = evaluate(
        survival_task{.times = {1, 3}, .confidence = confidence_90},
        survival_columns{.time = time, .event = event, .risk = risk, .probability = probability});
    CHECK(found.task() == "survival");
    CHECK(found.rows() == 6);
    CHECK(found.weight() == 3);
    CHECK(found.rejected().label == 1);
    CHECK(found.rejected().range == 1);
    CHECK(found.rejected().missing == 1);
    for (const auto& figure : found.entries()) CHECK(figure.value.weight() == 3);
    CHECK(found.at("concordance_index").value() == 1);
    // Nobody is censored before 3: (0.1^2 + 0.5^2 + 0.1^2) / 3 and (0.1^2 + 0.4^2 + 0.2^2) / 3.
    CHECK(found.at("survival_brier_score_1").value() == Approx(0.09).epsilon(1e-14));
    CHECK(found.at("survival_brier_score_3").value() == Approx(0.07).epsilon(1e-14));
    CHECK(found.at("integrated_brier_score").value() == Approx(0.08).epsilon(1e-14));
    CHECK(found.at("survival_brier_score_1").confidence() == 0.90);
}

TEST_CASE("risks and probabilities are judged where they are") {
    const std::vector<double> time{1, 2}, one{0.2, 0.1};
    const std::vector<std::int32_t> event{1, 0};
    const report ranked =
        evaluate(survival_task{}, survival_columns{.time = time, .event = event, .risk = one});
    CHECK(ranked.entries().size() == 1);
    CHECK(ranked.contains("concordance_index"));
    const report judged =
        evaluate(survival_task{.times = {1}},
                 survival_columns{.time = time, .event = event, .probability = one});
    CHECK(judged.entries().size() == 1);
    CHECK(judged.contains("survival_brier_score_1"));
}

TEST_CASE("columns of survival that do not fit raise") {
    const std::vector<double> two{1, 2}, three{1, 2, 3};
    const std::vector<std::int32_t> event{1, 0};
    const auto with = [&](const survival_task& task, const survival_columns& rows) {
        return evaluate(task, rows);
    };
    CHECK_THROWS_WITH(with({}, {.time = two, .event = event}),
                      Catch::Contains("neither risks nor times"));
    CHECK_THROWS_AS(with({}, {.time = three, .event = event, .risk = three}),
                    std::invalid_argument);
    CHECK_THROWS_AS(with({}, {.time = two, .event = event, .risk = three}), std::invalid_argument);
    CHECK_THROWS_AS(with({.times = {1}}, {.time = two, .event = event}), std::invalid_argument);
    CHECK_THROWS_WITH(with({.times = {2, 1}}, {.time = {}, .event = {}}),
                      Catch::Contains("survival_task.times[1] is 1"));
}
