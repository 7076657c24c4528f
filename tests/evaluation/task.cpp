#include "leeway/evaluation/task.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "leeway/evaluation/bounded_evaluation.hpp"
#include "leeway/evaluation/evaluate.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "leeway/metrics/expected_cost.hpp"
#include "leeway/metrics/f_beta.hpp"
#include "oracle/metrics_table.hpp"
#include "support/catch.hpp"

using namespace leeway;

namespace {

using labels = std::vector<std::int32_t>;
using numbers = std::vector<double>;

const double not_a_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("task: the threshold is where it says") {
    const labels truth{0, 1};
    const numbers scores{0.3, 0.7};
    CHECK(evaluate(binary_task{.threshold = 0.7}, truth, scores)[accuracy{}].value() == 1);
    CHECK(evaluate(binary_task{.threshold = std::nextafter(0.7, 1.0)}, truth, scores)[accuracy{}]
              .value() == 0.5);
    CHECK(evaluate(binary_task{.threshold = 0.3}, truth, scores)[accuracy{}].value() == 0.5);
}

TEST_CASE("task: wrong settings raise") {
    const labels truth{0, 1};
    const numbers scores{0.1, 0.9};
    CHECK_THROWS_AS(evaluate(binary_task{.threshold = not_a_number}, truth, scores),
                    std::invalid_argument);
    CHECK_THROWS_AS(evaluate(binary_task{}, truth, numbers{0.1}), std::invalid_argument);
    CHECK_THROWS_AS(evaluate(binary_task{}, truth, scores, numbers{1.0}), std::invalid_argument);
    CHECK_THROWS_AS(evaluate(binary_task{.confidence = {1.5, 2}}, truth, scores),
                    std::invalid_argument);
    CHECK_THROWS_AS(evaluate(multiclass_task{.classes = 1}, truth, labels{0, 0}),
                    std::invalid_argument);
    CHECK_THROWS_AS(evaluate(multiclass_task{.classes = 1'000'000}, truth, labels{0, 0}),
                    std::invalid_argument);
    CHECK_THROWS_AS(evaluate(multiclass_task{.classes = 2}, truth, labels{0}),
                    std::invalid_argument);
    CHECK_THROWS_AS(evaluate(multiclass_task{.classes = 3}, truth, numbers(5, 0.2)),
                    std::invalid_argument);
    CHECK_THROWS_AS(evaluate(multiclass_task{.classes = 3, .names = {"a"}}, truth, labels{0, 0}),
                    std::invalid_argument);
    CHECK_THROWS_AS(evaluate(multiclass_task{.classes = 3}, multiclass_columns{.label = truth}),
                    std::invalid_argument);
    CHECK_THROWS_AS(evaluate(regression_task{}, scores, numbers{1.0}), std::invalid_argument);
}

TEST_CASE("task: its confidence is that of every interval") {
    const labels truth{0, 1, 0, 1, 1};
    const numbers scores{0.1, 0.9, 0.6, 0.4, 0.8};
    const report usual = evaluate(binary_task{}, truth, scores);
    const report wide = evaluate(binary_task{.confidence = confidence_99}, truth, scores);
    CHECK(usual.confidence().level == 0.95);
    CHECK(wide.confidence().level == 0.99);
    for (const auto& [key, figure] : wide.entries()) {
        if (!figure.has_interval()) continue;
        CAPTURE(key);
        CHECK(figure.confidence() == 0.99);
        CHECK(figure.lower() <= usual.at(key).lower());
    }
    const report classes = evaluate(multiclass_task{.classes = 3, .confidence = confidence_90},
                                    labels{0, 1, 2}, labels{0, 1, 1});
    CHECK(classes.at("f1_macro").confidence() == 0.90);
    CHECK(classes.classes()[0].entries[0].value.confidence() == 0.90);
    const report errors =
        evaluate(regression_task{confidence_90}, numbers{1, 2, 4}, numbers{1, 3, 3});
    for (const auto& [key, figure] : errors.entries()) {
        CAPTURE(key);
        if (figure.has_interval()) CHECK(figure.confidence() == 0.90);
    }
    CHECK(errors.at("mean_absolute_error").has_interval());
}

TEST_CASE("task: margins of two classes have a hinge loss and no figures of probabilities") {
    const std::vector<std::int32_t> label{1, 0, 1, 0};
    const std::vector<double> margin{2, -3, -0.5, 0.5};
    const report all = evaluate(binary_task{.threshold = 0, .margins = true}, label, margin);
    CHECK(all.at("hinge_loss").value() == 0.75);  // 0, 0, 1.5, 1.5
    CHECK(all.at("accuracy").value() == 0.5);
    CHECK(all.at("roc_auc").value() == 0.75);
    CHECK_FALSE(all.contains("log_loss"));
    CHECK_FALSE(all.contains("expected_calibration_error"));
    CHECK(all.rejected() == rejections{});
    CHECK_FALSE(evaluate(binary_task{}, label, margin).contains("hinge_loss"));
}

TEST_CASE("task: margins of several classes, and the k of top-k accuracy") {
    const std::vector<std::int32_t> label{0, 1, 2};
    const std::vector<double> score{5, 1, 0, /**/ 3, 1, -7, /**/ 0, 0.5, 0.25};
    multiclass_task task{.classes = 3, .margins = true, .top = {1, 2, 2, 3}};
    const report all = evaluate(task, label, score);
    CHECK(all.at("hinge_loss").value() == Approx((0 + 3 + 1.25) / 3));
    CHECK(all.at("top_1_accuracy").value() == Approx(1.0 / 3));
    CHECK(all.at("top_2_accuracy").value() == 1);
    CHECK_FALSE(all.contains("top_3_accuracy"));  // of all classes
    CHECK_FALSE(all.contains("brier_score"));
    CHECK(all.contains("roc_auc_macro"));
    task.top = {0};
    CHECK_THROWS_AS(evaluate(task, label, score), std::invalid_argument);
}

TEST_CASE("task: each of several costs is a figure of its own") {
    const std::vector<std::int32_t> label{0, 0, 1, 1};
    const std::vector<std::int32_t> decided{1, 0, 0, 1};
    const report all = evaluate(binary_task{.costs = {expected_cost({{0, 1}, {5, 0}}),
                                                      expected_cost({{0, 2}, {2, 0}}, "even")}},
                                label, decided);
    CHECK(all.at("expected_cost_0_1_5_0").value() == 1.5);
    CHECK(all.at("expected_cost_even").value() == 1);
    CHECK(all[expected_cost({{0, 1}, {5, 0}})].value() == 1.5);
    CHECK_THROWS_AS(
        evaluate(multiclass_task{.classes = 3, .costs = {expected_cost({{0, 1}, {5, 0}})}}, label,
                 decided),
        std::invalid_argument);
}

TEST_CASE("task: reports of decisions carry their confusion matrix, if it is not large") {
    const std::vector<std::int32_t> label{0, 0, 1};
    const std::vector<std::int32_t> decided{1, 0, 1};
    const auto names = [](const report& all) { return all.confusion().classes; };
    const report two = evaluate(binary_task{}, label, decided);
    CHECK(names(two) == std::vector<std::string>{"0", "1"});
    CHECK(two.confusion().cells == std::vector<double>{1, 1, 0, 1});
    const report named =
        evaluate(multiclass_task{.classes = 2, .names = {"a", "b"}}, label, decided);
    CHECK(names(named) == std::vector<std::string>{"a", "b"});
    const report many = evaluate(multiclass_task{.classes = 101}, label, decided);
    CHECK(names(many).empty());
    CHECK(many.confusion().cells.empty());
}

TEST_CASE("task: a thorough report has the costly figures too") {
    const std::vector<std::int32_t> label{1, 0, 1, 0, 1, 0};
    const std::vector<double> score{0.9, 0.2, 0.4, 0.6, 0.7, 0.3};
    const report usual = evaluate(binary_task{}, label, score);
    const report all = evaluate(binary_task{.thorough = true}, label, score);
    CHECK(all.entries().size() == usual.entries().size() + 8);
    CHECK(all.at("calibration_slope").value() > 0);
    CHECK(all.at("f_beta_2").value() == Approx(2.0 / 3));
    CHECK(all.at("balanced_accuracy_adjusted").value() == Approx(1.0 / 3));
    CHECK(all.contains("adaptive_expected_calibration_error_10"));
    // Decisions have no calibration, and margins none of probabilities.
    const std::vector<std::int32_t> decided{1, 0, 0, 1, 1, 0};
    const report decisions = evaluate(binary_task{.thorough = true}, label, decided);
    CHECK(decisions.contains("f_beta_0.5"));
    CHECK_FALSE(decisions.contains("calibration_slope"));
    const report margins = evaluate(binary_task{.margins = true, .thorough = true}, label, score);
    CHECK(margins.contains("pr_auc_trapezoid"));
    CHECK_FALSE(margins.contains("calibration_slope"));
}

TEST_CASE("a regression's powers, levels and features give the figures of the tables") {
    oracle::tally seen;
    const regression_task task{.powers = {0, 1.5}, .levels = {0.9}, .features = 4};
    const auto of = [&](const oracle::metric_case& from) {
        const auto target = from.numbers("target"), prediction = from.numbers("prediction"),
                   weight = from.numbers("weight");
        return evaluate(task, target, prediction, weight);
    };
    for (const auto& from : oracle::metric_cases("regression_pairs")) {
        const report found = of(from);
        for (const char* key :
             {"d2_tweedie_score_0", "d2_tweedie_score_1.5", "d2_pinball_score_0.9"}) {
            oracle::check(from, key, found.at(key), seen, 3e-12);
        }
    }
    for (const auto& from : oracle::metric_cases("regression_losses")) {
        const report found = of(from);
        oracle::check(from, "pinball_loss_0.9", found.at("pinball_loss_0.9"), seen);
        oracle::check(from, "mean_tweedie_deviance_0", found.at("mean_tweedie_deviance_0"), seen);
        const estimate& deviance = found.at("mean_tweedie_deviance_1.5");
        if (!from.has("mean_tweedie_deviance_1.5")) {
            CHECK(deviance.reason() == undefined::out_of_range);
        } else {
            oracle::check(from, "mean_tweedie_deviance_1.5", deviance, seen);
        }
    }
    for (const auto& from : oracle::metric_cases("regression_moments")) {
        oracle::check(from, "adjusted_r_squared_4", of(from).at("adjusted_r_squared_4"), seen,
                      1e-11);
    }
    CHECK(seen.values >= 1800);
    CHECK(seen.undefined >= 100);
    CHECK_FALSE(evaluate(regression_task{}, numbers{1}, numbers{1}).contains("pinball_loss_0.9"));
    CHECK_THROWS_AS(evaluate(regression_task{.powers = {0.5}}, numbers{1}, numbers{1}),
                    std::invalid_argument);
    CHECK_THROWS_AS(evaluate(regression_task{.levels = {1}}, numbers{1}, numbers{1}),
                    std::invalid_argument);
}

TEST_CASE("a report of several outputs has scikit-learn's aggregates") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("regression_outputs")) {
        const auto outputs = static_cast<std::size_t>(from.integers("outputs").at(0));
        std::vector<std::string> names;
        for (std::size_t k = 0; k < outputs; ++k) names.push_back("y" + std::to_string(k));
        const auto target = from.numbers("target"), prediction = from.numbers("prediction"),
                   weight = from.numbers("weight");
        const report found = evaluate(
            regression_task{},
            output_rows{.target = target, .prediction = prediction, .weight = weight}, names);
        for (const std::string metric : {"r_squared", "explained_variance"}) {
            for (const std::string average : {"_uniform_average", "_variance_weighted"}) {
                oracle::check(from, metric + average, found.at(metric + average), seen, 1e-12);
            }
        }
        for (const std::string metric :
             {"mean_squared_error", "root_mean_squared_error", "mean_absolute_error"}) {
            oracle::check(from, metric + "_uniform_average", found.at(metric + "_uniform_average"),
                          seen);
            const auto raw = from.numbers(metric + "_raw_values");
            REQUIRE(found.classes().size() == raw.size());
            for (std::size_t k = 0; k < raw.size(); ++k) {
                for (const auto& figure : found.classes()[k].entries) {
                    if (figure.key != metric) continue;
                    CHECK(figure.value.value() == Approx(raw[k]).epsilon(1e-12));
                }
            }
        }
    }
    CHECK(seen.values >= 2000);
}

TEST_CASE("a row that one output refuses counts once") {
    const std::vector<std::string> names{"a", "b"};
    const numbers target{1, not_a_number, 3, 4, INFINITY, not_a_number};
    const numbers prediction{1, 2, 3, 5, 5, 6};
    const report found =
        evaluate(regression_task{}, output_rows{.target = target, .prediction = prediction}, names);
    CHECK(found.rows() == 3);
    CHECK(found.rejected().missing == 1);
    CHECK(found.rejected().non_finite == 1);
    CHECK(found.weight() == 1);
    CHECK(found.classes()[0].name == "a");
    CHECK(found.classes()[0].weight == 2);
    CHECK(found.classes()[1].weight == 1);
    CHECK_THROWS_AS(
        evaluate(regression_task{}, output_rows{.target = target, .prediction = {}}, names),
        std::invalid_argument);
    CHECK_THROWS_AS(evaluate(regression_task{}, output_rows{target, prediction},
                             std::span<const std::string>()),
                    std::invalid_argument);
}

TEST_CASE(
    "a bounded evaluation is asked for more when it is read, and says so to a task that asks") {
    binary_task task;
    task.also.betas = {3};
    CHECK_THROWS_WITH(bounded_evaluation(task), Catch::Contains("give it to result()"));
    multiclass_task classes{.classes = 3};
    classes.also.thorough = true;
    CHECK_THROWS_WITH(bounded_evaluation(classes), Catch::Contains("give it to result()"));
    CHECK_THROWS_AS(bounded_evaluation(regression_task{.deltas = {-2}}), std::invalid_argument);
    CHECK_THROWS_AS(bounded_evaluation(regression_task{.powers = {0.5}}), std::invalid_argument);

    bounded_evaluation seen{binary_task{}};
    const std::vector<std::int32_t> labels{0, 1, 1, 0, 1};
    const std::vector<double> scores{0.25, 0.75, 0.5, 0.75, 0.25};
    seen.update(probability_outcome::columns{labels, scores});
    const report bounded = seen.result({.betas = {3}, .precisions = {0.5}});
    const report exact = evaluate(task, labels, scores);
    CHECK(bounded[f_beta{3}].value() == exact[f_beta{3}].value());
    CHECK(bounded.contains("recall_at_precision_0.5"));
    CHECK_FALSE(seen.result().contains("f_beta_3"));
    CHECK_THROWS_WITH(seen.result({.bins = {5}}), Catch::Contains("bins need all rows"));
}

TEST_CASE("a class that was never met changes no average of the figures against the rest") {
    multiclass_task task{.classes = 3};
    task.also.thorough = true;
    const std::vector<std::int32_t> labels{0, 1, 1, 0, 1, 0};
    const std::vector<std::int32_t> predictions{0, 1, 0, 0, 1, 1};
    const report found = evaluate(task, labels, predictions);
    const double one = 1.0 / 3;  // of both classes alike: 2 of 3 right in each
    CHECK(found.at("informedness_macro").value() == Approx(one));
    CHECK(found.at("matthews_correlation_macro").value() == Approx(one));
    CHECK(found.at("balanced_accuracy_macro").value() == Approx(2.0 / 3));
    CHECK(found.at("informedness_macro").has_interval());
    CHECK_FALSE(found.contains("diagnostic_odds_ratio_macro"));
    REQUIRE(found.classes().size() == 3);
    const auto& never = found.classes()[2].entries;
    const auto informed = std::find_if(never.begin(), never.end(), [](const auto& figure) {
        return figure.key == "informedness";
    });
    REQUIRE(informed != never.end());
    CHECK(informed->value.reason() == undefined::one_class);
}
