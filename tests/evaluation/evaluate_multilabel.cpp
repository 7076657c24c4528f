#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "leeway/evaluation/evaluate.hpp"
#include "leeway/metrics/coverage_error.hpp"
#include "leeway/metrics/exact_match.hpp"
#include "leeway/metrics/f_beta.hpp"
#include "leeway/metrics/label_ranking_average_precision.hpp"
#include "leeway/metrics/label_ranking_loss.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "support/catch.hpp"

using namespace leeway;

namespace {

using labels = std::vector<std::int32_t>;
using numbers = std::vector<double>;

const double not_a_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("evaluate: rows of several labels by hand") {
    // Three rows of two labels: right; the second missed; none, and the first said.
    const labels truth{1, 0, 1, 1, 0, 0};
    const labels said{1, 0, 1, 0, 1, 0};
    const report all =
        evaluate(multilabel_task{.labels = 2, .names = {"a", "b"}}, {truth, said, {}, {}});
    CHECK(all.task() == "multilabel");
    CHECK(all.rows() == 3);
    CHECK(all[exact_match{}].value() == Approx(1.0 / 3));
    CHECK(all.at("hamming_loss").value() == Approx(1.0 / 3));
    CHECK(all.at("precision_micro").value() == Approx(2.0 / 3));
    CHECK(all.at("recall_micro").value() == Approx(2.0 / 3));
    CHECK(all.at("recall_macro").value() == 0.5);                 // 1 and 0
    CHECK(all.at("recall_weighted").value() == Approx(2.0 / 3));  // support 2 and 1
    CHECK(all.at("recall_samples").value() == 0.75);              // 1 and 1/2; the third none
    CHECK(all[f_beta{1, average::samples}].value() == Approx(5.0 / 9));  // 1, 2/3, 0
    CHECK_FALSE(all.contains("specificity_samples"));
    CHECK_FALSE(all.contains("roc_auc_macro"));
    REQUIRE(all.classes().size() == 2);
    CHECK(all.classes()[0].name == "a");
    CHECK(all.classes()[0].weight == 2);
    CHECK(all.classes()[0].entries[0].key == "precision");
    CHECK(all.classes()[0].entries[0].value.value() == Approx(2.0 / 3));
    CHECK(all.classes()[1].entries[0].value.reason() == undefined::zero_denominator);
}

TEST_CASE("evaluate: the ranking of a row's labels, and rows without a label") {
    const labels truth{1, 0, 0, /**/ 0, 1, 1, /**/ 0, 0, 0};
    const numbers score{0.2, 0.9, 0.1, /**/ 0.1, 0.8, 0.7, /**/ 0.3, 0.2, 0.1};
    multilabel_task task{.labels = 3, .threshold = 0.5};
    const multilabel_columns rows{truth, {}, score, {}};
    const report all = evaluate(task, rows);
    CHECK(all[label_ranking_average_precision{}].value() == 0.75);  // 1/2 and 1
    CHECK(all[coverage_error{}].value() == 2);
    CHECK(all[label_ranking_loss{}].value() == 0.25);
    CHECK(all.skipped() == 1);
    CHECK(all.at("exact_match").value() == Approx(2.0 / 3));  // the second row, and the third
    CHECK(all[roc_auc{average::macro}].value() == Approx((0.5 + 0.5 + 1.0) / 3));
    task.without_label = undefined_query::one;
    const report one = evaluate(task, rows);
    CHECK(one.skipped() == 0);
    CHECK(one[label_ranking_average_precision{}].value() == Approx(2.5 / 3));
    // Decisions of their own beside the scores.
    const report both = evaluate(task, {truth, truth, score, {}});
    CHECK(both.at("exact_match").value() == 1);
    CHECK(both[label_ranking_loss{}].value() == 0.5);  // 1/2, 0, and 1 by the rule
}

TEST_CASE("evaluate: rows of labels that cannot be used are counted") {
    const labels truth{1, 0, 1, 2, 0, 1, 1, 1};
    const numbers score{0.5, 0.25, 0.5, 0.5, not_a_number, 0.5, 0.5, 0.5};
    const numbers weight{1, 1, 1, -1};
    const report all = evaluate(multilabel_task{.labels = 2}, {truth, {}, score, weight});
    CHECK(all.rows() == 4);
    CHECK(all.weight() == 1);
    CHECK(all.rejected() == rejections{.weight = 1, .missing = 1, .label = 1});
    CHECK(all.at("roc_auc_macro").reason() == undefined::one_class);
    CHECK(all.at("average_precision_macro").value() == 1);
    const report empty = evaluate(multilabel_task{.labels = 2}, {});
    CHECK(empty.at("exact_match").reason() == undefined::empty);
    CHECK(empty.at("average_precision_macro").reason() == undefined::empty);
    CHECK(empty.at("label_ranking_loss").reason() == undefined::empty);
}

TEST_CASE("evaluate: labels that cannot be") {
    const labels truth{1, 0, 1, 0};
    CHECK_THROWS_AS(evaluate(multilabel_task{}, {}), std::invalid_argument);
    CHECK_THROWS_AS(evaluate(multilabel_task{.labels = 3}, {truth, truth, {}, {}}),
                    std::invalid_argument);
    CHECK_THROWS_AS(evaluate(multilabel_task{.labels = 2}, {truth, {}, {}, {}}),
                    std::invalid_argument);
    CHECK_THROWS_AS(evaluate(multilabel_task{.labels = 2, .names = {"a"}}, {truth, truth, {}, {}}),
                    std::invalid_argument);
    const numbers short_one{0.5};
    CHECK_THROWS_AS(evaluate(multilabel_task{.labels = 2}, {truth, {}, short_one, {}}),
                    std::invalid_argument);
}

TEST_CASE("evaluate: the mean of average precision over labels averages their ends") {
    labels truth;
    numbers score;
    for (int row = 0; row < 40; ++row) {
        for (const int step : {7, 11}) {  // one label is ranked differently from the other
            truth.push_back(row % 2);
            score.push_back((row * step % 40 + (row % 2) * 15) / 55.0);
        }
        truth.back() = row % 4 == 0 ? 1 : 0;
    }
    const report all = evaluate(multilabel_task{.labels = 2}, {truth, {}, score, {}});
    const auto of = [&](std::size_t label) {
        for (const auto& [key, figure] : all.classes()[label].entries) {
            if (key == "average_precision") return figure;
        }
        return estimate(undefined::empty);
    };
    const estimate first = of(0), second = of(1);
    REQUIRE(first.has_interval());
    REQUIRE(second.has_interval());
    CHECK(first.value() != second.value());
    const estimate macro = all.at("average_precision_macro");
    CHECK(macro.value() == Approx((first.value() + second.value()) / 2));
    CHECK(macro.lower() == Approx((first.lower() + second.lower()) / 2));
    CHECK(macro.upper() == Approx((first.upper() + second.upper()) / 2));
    const estimate weighted = all.at("average_precision_weighted");  // 20 and 10 positives
    CHECK(weighted.lower() == Approx((2 * first.lower() + second.lower()) / 3));
}
