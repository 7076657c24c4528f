#include "leeway/evaluation/forecast_task.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "leeway/evaluation/evaluate.hpp"
#include "oracle/metrics_table.hpp"

using namespace leeway;

namespace {

using numbers = std::vector<double>;

std::vector<std::string> keys_of(const report& figures) {
    std::vector<std::string> keys;
    for (const auto& figure : figures.entries()) keys.push_back(figure.key);
    return keys;
}

const double not_a_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("a report of intervals has the figures of the tables") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("intervals")) {
        const auto target = from.numbers("target"), lower = from.numbers("lower"),
                   upper = from.numbers("upper"), weight = from.numbers("weight");
        if (target.empty()) continue;
        for (const double level : {0.95, 0.8}) {
            const report found =
                evaluate(forecast_task{.level = level},
                         forecast_columns{
                             .target = target, .lower = lower, .upper = upper, .weight = weight});
            oracle::check(from, "interval_coverage", found.at("interval_coverage"), seen);
            oracle::check(from, "mean_interval_width", found.at("mean_interval_width"), seen);
            const std::string key = level == 0.8 ? "winkler_score_0.2" : "winkler_score_0.05";
            oracle::check(from, key, found.at(key), seen);
        }
    }
    CHECK(seen.values >= 600);
}

TEST_CASE("a report of quantiles has the score of the tables, and each level's pinball loss") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("quantiles")) {
        const auto target = from.numbers("target"), levels = from.numbers("levels"),
                   quantiles = from.numbers("quantiles"), weight = from.numbers("weight");
        if (target.empty()) continue;
        const report found =
            evaluate(forecast_task{.levels = levels},
                     forecast_columns{.target = target, .quantiles = quantiles, .weight = weight});
        oracle::check(from, "weighted_interval_score", found.at("weighted_interval_score"), seen);
        if (found.rejected().total() > 0 || !found.at("weighted_interval_score")) continue;
        double sum = 0;
        for (const double level : levels) {
            sum += found.at("pinball_loss_" + detail::shown(level)).value();
        }
        CHECK(found.at("weighted_interval_score").value() ==
              Approx(2 * sum / static_cast<double>(levels.size())).epsilon(1e-12));
    }
    CHECK(seen.values >= 150);
}

TEST_CASE("two quantiles that leave out the same share are an interval") {
    const numbers target{1, 5, 9, 3}, levels{0.1, 0.4, 0.5, 0.9};
    const numbers quantiles{0, 1, 1, 2, 0, 1, 1, 4, 9, 9, 9, 9, 3.5, 4, 4, 5.5};
    const report found = evaluate(forecast_task{.levels = levels},
                                  forecast_columns{.target = target, .quantiles = quantiles});
    CHECK(keys_of(found) == std::vector<std::string>{"weighted_interval_score", "pinball_loss_0.1",
                                                     "pinball_loss_0.4", "pinball_loss_0.5",
                                                     "pinball_loss_0.9", "interval_coverage_0.8",
                                                     "mean_interval_width_0.8"});
    CHECK(found.at("interval_coverage_0.8").value() == 0.5);  // 5 is above 4, 3 below 3.5
    CHECK(found.at("mean_interval_width_0.8").value() == 2);  // of 2, 4, 0 and 2
}

TEST_CASE("a report of ensembles and of normal distributions has the figures of the tables") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("ensembles")) {
        const auto target = from.numbers("target"), members = from.numbers("members"),
                   weight = from.numbers("weight");
        if (target.empty()) continue;
        const report found =
            evaluate(forecast_task{},
                     forecast_columns{.target = target, .members = members, .weight = weight});
        for (const char* key : {"crps_ensemble", "fair_crps_ensemble"}) {
            oracle::check(from, key, found.at(key), seen, 1e-300);
        }
    }
    for (const auto& from : oracle::metric_cases("normals")) {
        const auto target = from.numbers("target"), mean = from.numbers("mean"),
                   deviation = from.numbers("deviation"), weight = from.numbers("weight");
        if (target.empty()) continue;
        const report found =
            evaluate(forecast_task{},
                     forecast_columns{
                         .target = target, .mean = mean, .deviation = deviation, .weight = weight});
        for (const char* key : {"crps_normal", "log_score_normal"}) {
            oracle::check(from, key, found.at(key), seen, 1e-12);
        }
    }
    CHECK(seen.values >= 300);
}

TEST_CASE("point forecasts have scaled errors beside a regression's figures") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("forecasts")) {
        const auto target = from.numbers("target"), point = from.numbers("prediction"),
                   weight = from.numbers("weight");
        if (target.empty()) continue;
        const auto season = static_cast<std::size_t>(from.integers("season").at(0));
        const report found =
            evaluate(forecast_task{.scale = naive_scale::of(from.numbers("training"), season)},
                     forecast_columns{.target = target, .point = point, .weight = weight});
        oracle::check(from, "mean_absolute_scaled_error", found.at("mean_absolute_scaled_error"),
                      seen);
        oracle::check(from, "root_mean_squared_scaled_error",
                      found.at("root_mean_squared_scaled_error"), seen);
        const report plain = evaluate(regression_task{}, target, point, weight);
        CHECK(found.at("kendall_tau") == plain.at("kendall_tau"));
        CHECK(found.entries().size() == plain.entries().size() + 2);
    }
    CHECK(seen.values >= 380);
    CHECK(seen.undefined >= 120);
}

TEST_CASE("a row that one kind of forecast refuses counts once and serves the others") {
    const numbers target{1, 2, not_a_number, 4, 5}, point{1, 2, 3, 4, 5};
    const numbers lower{0, 3, 0, 0, 0}, upper{2, 1, 2, 5, 5};            // the second crosses
    const numbers mean{0, 0, 0, 0, 0}, deviation{1, 0, 1, 1, INFINITY};  // as does not deviate
    const report found = evaluate(forecast_task{.confidence = confidence_90},
                                  forecast_columns{.target = target,
                                                   .point = point,
                                                   .lower = lower,
                                                   .upper = upper,
                                                   .mean = mean,
                                                   .deviation = deviation});
    CHECK(found.task() == "forecast");
    CHECK(found.rows() == 5);
    CHECK(found.rejected().range == 1);
    CHECK(found.rejected().missing == 1);
    CHECK(found.rejected().non_finite == 1);
    CHECK(found.rejected().total() == 3);
    CHECK(found.weight() == 2);
    CHECK(found.at("interval_coverage").weight() == 3);
    CHECK(found.at("interval_coverage").confidence() == 0.90);
    CHECK(found.at("winkler_score_0.1").weight() == 3);
    CHECK(found.at("crps_normal").weight() == 2);
    CHECK(found.at("mean_squared_error").weight() == 4);
}

TEST_CASE("columns of forecasts that do not fit raise") {
    const numbers two{1, 2}, three{1, 2, 3};
    const auto with = [&](forecast_task task, forecast_columns rows) {
        return evaluate(task, rows);
    };
    CHECK_THROWS_WITH(with({}, {.target = two}),
                      Catch::Contains("no forecasts, expected point, lower"));
    CHECK_THROWS_AS(with({}, {.target = two, .point = three}), std::invalid_argument);
    CHECK_THROWS_AS(with({}, {.target = two, .lower = two}), std::invalid_argument);
    CHECK_THROWS_AS(with({}, {.target = two, .mean = two}), std::invalid_argument);
    CHECK_THROWS_AS(with({}, {.target = two, .members = three}), std::invalid_argument);
    CHECK_THROWS_AS(with({.levels = {0.5}}, {.target = two}), std::invalid_argument);
    CHECK_THROWS_WITH(with({.levels = {0.5, 0.5}}, {.target = {}}),
                      Catch::Contains("forecast_task.levels[1] is 0.5"));
    CHECK_THROWS_AS(with({.level = 1}, {.target = two, .lower = two, .upper = two}),
                    std::invalid_argument);
    CHECK_THROWS_AS(with({.scale = naive_scale{}}, {.target = two, .mean = two, .deviation = two}),
                    std::invalid_argument);
    CHECK(with({}, {}).rows() == 0);
}
