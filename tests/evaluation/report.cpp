#include "leeway/evaluation/report.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "leeway/evaluation/evaluate.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "leeway/metrics/average.hpp"
#include "leeway/metrics/f_beta.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "support/catch.hpp"

using namespace leeway;

namespace {

using labels = std::vector<std::int32_t>;
using numbers = std::vector<double>;

}  // namespace

TEST_CASE("report: a figure is found by its metric or by its key") {
    report::content figures;
    figures.task = "multiclass";
    figures.rows = 9;
    figures.weight = 8;
    figures.rejected.missing = 1;
    figures.infinite_losses = 2;
    figures.entries = {{"accuracy", estimate::of(0.5, 8)}, {"f1_macro", estimate::of(0.25, 8)}};
    figures.classes = {{.index = 0, .name = "a", .weight = 3}};
    const report made(std::move(figures));
    CHECK(made[accuracy{}].value() == 0.5);
    CHECK((made[f_beta{1, average::macro}].value()) == 0.25);
    CHECK(made.at("f1_macro").value() == 0.25);
    CHECK(made.contains("accuracy"));
    CHECK_FALSE(made.contains("Accuracy"));
    CHECK(made.task() == "multiclass");
    CHECK(made.rows() == 9);
    CHECK(made.weight() == 8);
    CHECK(made.rejected().missing == 1);
    CHECK(made.infinite_losses() == 2);
    CHECK(made.entries().size() == 2);
    CHECK(made.classes().front().name == "a");
}

TEST_CASE("report: what it does not hold raises, naming what is near") {
    const report all = evaluate(binary_task{}, labels{0, 1}, numbers{0.1, 0.9});
    CHECK(all.contains("f1"));
    CHECK_FALSE(all.contains("f1_macro"));
    std::string message;
    try {
        (void)all[f_beta{1.0, average::macro}];
    } catch (const std::invalid_argument& problem) {
        message = problem.what();
    }
    CHECK(message.find("no figure 'f1_macro' in a binary report. It has: accuracy, precision,") !=
          message.npos);
    try {
        (void)all.at("roc_uac");
    } catch (const std::invalid_argument& problem) {
        message = problem.what();
    }
    CHECK(message.find("did you mean 'roc_auc'? It has: ") != message.npos);
    // A figure at another confidence than was asked for would be a silent error.
    CHECK_THROWS_AS(all[roc_auc{.confidence = confidence_99}], std::invalid_argument);
}
