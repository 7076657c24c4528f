#include "leeway/evaluation/task.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

#include "leeway/evaluation/evaluate.hpp"
#include "leeway/metrics/accuracy.hpp"
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
