#include "leeway/evaluation/evaluate.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/random.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "leeway/metrics/brier_score.hpp"
#include "leeway/metrics/f_beta.hpp"
#include "leeway/metrics/log_loss.hpp"
#include "leeway/metrics/matthews_correlation.hpp"
#include "leeway/metrics/mean_average_precision.hpp"
#include "leeway/metrics/mean_reciprocal_rank.hpp"
#include "leeway/metrics/ndcg.hpp"
#include "leeway/metrics/precision.hpp"
#include "leeway/metrics/r_squared.hpp"
#include "leeway/metrics/recall.hpp"
#include "leeway/metrics/recall_at.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "leeway/metrics/root_mean_squared_error.hpp"
#include "support/catch.hpp"

using namespace leeway;

namespace {

using labels = std::vector<std::int32_t>;
using numbers = std::vector<double>;

const double not_a_number = std::numeric_limits<double>::quiet_NaN();
const double infinite = std::numeric_limits<double>::infinity();

std::vector<std::string> keys_of(const std::vector<report::entry>& entries) {
    std::vector<std::string> keys;
    for (const auto& figure : entries) keys.push_back(figure.key);
    return keys;
}

bool is(const estimate& figure, undefined reason) {
    return figure.reason() == reason;
}

double uniform(random_source& random) {
    return static_cast<double>(random() >> 11) * 0x1p-53;
}

/// Keys at the head of a report; what follows is tests/metrics/task_metrics.cpp's business.
std::vector<std::string> first_keys(const std::vector<report::entry>& entries, std::size_t n) {
    auto keys = keys_of(entries);
    keys.resize(std::min(n, keys.size()));
    return keys;
}

}  // namespace

TEST_CASE("evaluate: a binary task by hand") {
    // Sorted by score: 0.1- 0.35+ 0.4- 0.5+ 0.8+; 0.5 is at the threshold and so positive.
    const labels truth{0, 0, 1, 1, 1};
    const numbers scores{0.1, 0.4, 0.35, 0.5, 0.8};
    const report all = evaluate(binary_task{.threshold = 0.5}, truth, scores);
    CHECK(all.task() == "binary");
    CHECK(all.rows() == 5);
    CHECK(all.weight() == 5);
    CHECK(all.rejected() == rejections{});
    CHECK(first_keys(all.entries(), 11) ==
          std::vector<std::string>{"accuracy", "precision", "recall", "f1", "specificity",
                                   "balanced_accuracy", "matthews_correlation", "roc_auc",
                                   "log_loss", "brier_score", "expected_calibration_error"});
    CHECK(all[accuracy{}].value() == 0.8);
    CHECK(all[precision{}].value() == 1);
    CHECK(all[recall{}].value() == Approx(2.0 / 3));
    CHECK(all[f_beta{}].value() == Approx(0.8));
    CHECK(all.at("specificity").value() == 1);
    CHECK(all.at("balanced_accuracy").value() == Approx((2.0 / 3 + 1) / 2));
    CHECK(all[matthews_correlation{}].value() == Approx(2 * 2 / 6.0));
    CHECK(all[roc_auc{}].value() == Approx(5.0 / 6));
    CHECK(all[log_loss{}].value() ==
          Approx(-(std::log(0.9) + std::log(0.6) + std::log(0.35) + std::log(0.5) + std::log(0.8)) /
                 5));
    CHECK(all[brier_score{}].value() == Approx((0.01 + 0.16 + 0.65 * 0.65 + 0.25 + 0.04) / 5));
    CHECK(all.at("expected_calibration_error").value() ==
          Approx((0.1 + 0.4 + 0.65 + 0.5 + 0.2) / 5));
    CHECK(all.classes().empty());
    std::size_t headline = 11;  // each of these has an interval, wherever it is defined
    for (const auto& [key, figure] : all.entries()) {
        CAPTURE(key);
        CHECK(figure.weight() == 5);
        if (headline > 0) {
            --headline;
            REQUIRE(figure.has_interval());
        }
        if (!figure.has_interval()) continue;
        CHECK(figure.confidence() == 0.95);
        CHECK(figure.lower() <= figure.value());
        CHECK(figure.value() <= figure.upper());
    }
}

TEST_CASE("evaluate: figures are those of the metrics on states filled by hand") {
    random_source random(3);
    labels truth;
    numbers scores;
    numbers weights;
    scored_outcomes outcomes;
    confusion_matrix counts(2);
    for (int i = 0; i < 10'000; ++i) {
        const double score = uniform(random);
        const std::int32_t label = uniform(random) < score ? 1 : 0;
        const double weight = 0.5 + uniform(random);
        truth.push_back(label);
        scores.push_back(score);
        weights.push_back(weight);
        outcomes.update({label, score, weight});
        counts.update({label, score >= 0.4 ? 1 : 0, weight});
    }
    const binary_task task{.threshold = 0.4, .confidence = confidence_99};
    const report all = evaluate(task, truth, scores, weights);
    const roc_auc auc{.confidence = confidence_99};
    // From the sorted curve and from pair sums: the ends in other roundings of the same variance.
    CHECK(all[auc].value() == auc(outcomes).value());
    CHECK(all[auc].lower() == Approx(auc(outcomes).lower()).epsilon(1e-13));
    CHECK(all[auc].upper() == Approx(auc(outcomes).upper()).epsilon(1e-13));
    CHECK(all[precision{.confidence = confidence_99}] ==
          precision{.confidence = confidence_99}(counts));
    CHECK(all.weight() == Approx(counts.total()).epsilon(1e-12));

    const report by_columns = evaluate(task, {.label = truth, .score = scores, .weight = weights});
    CHECK(by_columns.entries() == all.entries());
}

TEST_CASE("evaluate: decisions without scores give the figures of the decisions") {
    const labels truth{0, 0, 1, 1, 1, 7};
    const labels decided{0, 1, 1, 1, 0, 1};
    const report all = evaluate(binary_task{}, truth, decided);
    auto keys = keys_of(all.entries());
    CHECK(keys.size() >= 20);
    CHECK(std::count(keys.begin(), keys.end(), "cohen_kappa") == 1);
    CHECK(std::count(keys.begin(), keys.end(), "roc_auc") == 0);
    CHECK(std::count(keys.begin(), keys.end(), "brier_score") == 0);
    keys.resize(7);
    CHECK(keys == std::vector<std::string>{"accuracy", "precision", "recall", "f1", "specificity",
                                           "balanced_accuracy", "matthews_correlation"});
    CHECK(all[accuracy{}].value() == 0.6);
    CHECK(all.rows() == 6);
    CHECK(all.weight() == 5);
    CHECK(all.rejected().label == 1);
    CHECK(evaluate(binary_task{}, {.label = truth, .prediction = decided}).entries() ==
          all.entries());
}

TEST_CASE("evaluate: bad rows are left out and counted by reason") {
    const labels truth{0, 1, 0, 1, 2, 0, 1, 0};
    const numbers scores{0.2, 0.7, not_a_number, infinite, 0.5, 0.1, 0.9, 1.5};
    const numbers weights{1, 1, 1, 1, 1, -1, 0, 1};
    const report all = evaluate(binary_task{}, truth, scores, weights);
    CHECK(all.rows() == 8);
    CHECK(all.rejected() ==
          rejections{.weight = 1, .missing = 1, .non_finite = 1, .label = 1, .range = 1});
    // The score of 1.5 is no probability, but it can be decided on and ranked.
    CHECK(all.weight() == 3);
    CHECK(all[roc_auc{}].weight() == 3);
    CHECK(all[roc_auc{}].value() == 0.5);
    CHECK(all[accuracy{}].value() == Approx(2.0 / 3));
    CHECK(all[log_loss{}].weight() == 2);
    CHECK(all[brier_score{}].value() == Approx((0.04 + 0.09) / 2));
}

TEST_CASE("evaluate: undefined comes with its reason") {
    const report none = evaluate(binary_task{}, labels{}, numbers{});
    CHECK(none.entries().size() >= 45);
    for (const char* key : {"cohen_kappa", "average_precision", "d2_log_loss", "ks_separation",
                            "maximum_calibration_error"}) {
        CAPTURE(key);
        CHECK(none.contains(key));
    }
    for (const auto& [key, figure] : none.entries()) CHECK(is(figure, undefined::empty));

    const report one_class = evaluate(binary_task{}, labels{0, 0}, numbers{0.1, 0.2});
    CHECK(is(one_class[roc_auc{}], undefined::one_class));
    CHECK(is(one_class[precision{}], undefined::zero_denominator));
    CHECK(one_class[accuracy{}].value() == 1);
}

TEST_CASE("evaluate: certainty in the wrong class is infinite and counted") {
    const report all = evaluate(binary_task{}, labels{0, 1, 1}, numbers{0.25, 0, 0.5});
    CHECK(all[log_loss{}].value() == infinite);
    CHECK(all.infinite_losses() == 1);
}

TEST_CASE("evaluate: threads share the rows and change nothing but last digits") {
    random_source random(61);
    const std::size_t n = 50'000;  // three parts
    labels truth(n);
    numbers scores(n), weights(n);
    for (std::size_t i = 0; i < n; ++i) {
        truth[i] = random.bernoulli(0.3) ? 1 : 0;
        scores[i] = std::clamp(0.5 + 0.1 * truth[i] + 0.15 * random.normal(), 0.001, 0.999);
        weights[i] = 0.5 + uniform(random);
    }
    truth[7] = 2;
    scores[n / 2] = not_a_number;
    scores[n - 1] = infinite;
    for (const bool weighted : {false, true}) {
        const auto with = [&](std::size_t threads) {
            return evaluate(binary_task{.threads = threads}, truth, scores,
                            weighted ? weights : numbers{});
        };
        const report one = with(1);
        const report three = with(3);
        CHECK(three.rejected() == one.rejected());
        CHECK(three.rejected().total() == 3);
        CHECK(three.rows() == n);
        CHECK(three.weight() == Approx(one.weight()).epsilon(1e-12));  // plain sums of 5e4
        REQUIRE(keys_of(three.entries()) == keys_of(one.entries()));
        for (std::size_t i = 0; i < one.entries().size(); ++i) {
            INFO(one.entries()[i].key);
            const estimate& a = one.entries()[i].value;
            const estimate& b = three.entries()[i].value;
            REQUIRE(a.defined() == b.defined());
            if (!a) continue;
            CHECK(b.value() == Approx(a.value()).epsilon(1e-12));
            REQUIRE(a.has_interval() == b.has_interval());
            if (a.has_interval()) CHECK(b.lower() == Approx(a.lower()).epsilon(1e-12));
            if (a.has_interval()) CHECK(b.upper() == Approx(a.upper()).epsilon(1e-12));
        }
        CHECK(with(3).entries() == three.entries());
    }
    CHECK_THROWS_AS(evaluate(binary_task{.threads = 0}, truth, scores), std::invalid_argument);
    CHECK_THROWS_AS(evaluate(binary_task{.threads = 2}, truth, numbers(n - 1)),
                    std::invalid_argument);
}

TEST_CASE("evaluate: a multiclass task from decisions, by hand") {
    const labels truth{0, 0, 1, 1, 2, 2};
    const labels decided{0, 0, 1, 2, 2, 0};
    const multiclass_task task{.classes = 3, .names = {"a", "b", "c"}};
    const report all = evaluate(task, truth, decided);
    CHECK(first_keys(all.entries(), 15) ==
          std::vector<std::string>{"accuracy", "balanced_accuracy", "matthews_correlation",
                                   "precision_micro", "precision_macro", "precision_weighted",
                                   "recall_micro", "recall_macro", "recall_weighted", "f1_micro",
                                   "f1_macro", "f1_weighted", "specificity_micro",
                                   "specificity_macro", "specificity_weighted"});
    CHECK(all.at("accuracy").value() == Approx(4.0 / 6));
    CHECK(all.at("f1_micro").value() == Approx(4.0 / 6));
    CHECK(all.at("precision_macro").value() == Approx((2.0 / 3 + 1 + 0.5) / 3));
    CHECK(all.at("recall_macro").value() == Approx((1 + 0.5 + 0.5) / 3));
    CHECK((all[f_beta{1.0, average::macro}].value()) == Approx((0.8 + 2.0 / 3 + 0.5) / 3));

    REQUIRE(all.classes().size() == 3);
    CHECK(all.classes()[1].name == "b");
    CHECK(all.classes()[1].weight == 2);
    CHECK(first_keys(all.classes()[1].entries, 4) ==
          std::vector<std::string>{"precision", "recall", "f1", "specificity"});
    CHECK(all.classes()[1].entries[0].value.value() == 1);
    CHECK(all.classes()[1].entries[1].value.value() == 0.5);
    CHECK(all.classes()[0].entries[3].value.value() == 0.75);
    CHECK(evaluate(multiclass_task{.classes = 3}, truth, decided).classes()[2].name == "2");
}

TEST_CASE("evaluate: a multiclass task from probabilities, by hand") {
    const labels truth{0, 1, 2, 2};
    const numbers probability{
        0.5,  0.25, 0.25,  // right
        0.4,  0.4,  0.2,   // a tie: the lowest index, so wrong
        0.1,  0.2,  0.7,   // right
        0.25, 0.5,  0.25,  // wrong
    };
    const report all = evaluate(multiclass_task{.classes = 3}, truth, probability);
    CHECK(all.at("accuracy").value() == 0.5);
    CHECK(all.at("log_loss").value() ==
          Approx(-(std::log(0.5) + std::log(0.4) + std::log(0.7) + std::log(0.25)) / 4));
    const double brier = (0.25 + 2 * 0.0625) + (0.16 + 0.36 + 0.04) + (0.01 + 0.04 + 0.09) +
                         (0.0625 + 0.25 + 0.5625);
    CHECK(all.at("brier_score").value() == Approx(brier / 4));
    // Top labels at 0.4 (wrong), 0.5 twice (one right), 0.7 (right): bins of width a tenth.
    CHECK(all.at("expected_calibration_error").value() == Approx((0.4 + 0 + 0.3) / 4));
    const double auc_0 = 1;        // 0.5 above 0.4, 0.1, 0.25
    const double auc_1 = 2.0 / 3;  // 0.4 above 0.25 and 0.2, below 0.5
    const double auc_2 = 3.5 / 4;  // 0.7 above both, 0.25 tied with one and above the other
    CHECK((all[roc_auc{average::macro}].value()) == Approx((auc_0 + auc_1 + auc_2) / 3));
    CHECK((all[roc_auc{average::weighted}].value()) == Approx((auc_0 + auc_1 + 2 * auc_2) / 4));
    const auto& third = all.classes()[2].entries;
    const auto found = std::find_if(third.begin(), third.end(),
                                    [](const auto& entry) { return entry.key == "roc_auc"; });
    REQUIRE(found != third.end());
    CHECK(found->value.value() == Approx(auc_2));
}

TEST_CASE("evaluate: given decisions win over the largest probability") {
    const labels truth{0, 1};
    const labels decided{1, 1};
    const numbers probability{0.9, 0.1, 0.2, 0.8};
    const report all =
        evaluate(multiclass_task{.classes = 2},
                 {.label = truth, .prediction = decided, .probability = probability});
    CHECK(all.at("accuracy").value() == 0.5);
    CHECK(all.at("log_loss").value() == Approx(-(std::log(0.9) + std::log(0.8)) / 2));
}

TEST_CASE("evaluate: bad multiclass rows are left out and counted by reason") {
    const labels truth{0, 1, 2, 3, 0, 1, 0};
    const numbers probability{
        0.6, 0.2,          0.2,       // right
        0.1, not_a_number, 0.9,       // missing
        0.1, 0.1,          infinite,  // not finite
        0.1, 0.1,          0.8,       // label 3
        0.9, 0.9,          0.9,       // no distribution: decided (class 0), but no loss
        0.2, 0.7,          0.1,       // weight -1
        0.1, 0.8,          0.1,       // weight 0: absent
    };
    const numbers weights{1, 1, 1, 1, 1, -1, 0};
    const report all = evaluate(multiclass_task{.classes = 3}, truth, probability, weights);
    CHECK(all.rows() == 7);
    CHECK(all.rejected() ==
          rejections{.weight = 1, .missing = 1, .non_finite = 1, .label = 1, .range = 1});
    CHECK(all.weight() == 2);
    CHECK(all.at("accuracy").value() == 1);
    CHECK(all.at("log_loss").value() == Approx(-std::log(0.6)));
    CHECK(all.at("expected_calibration_error").weight() == 1);
    CHECK(is(all.at("roc_auc_macro"), undefined::one_class));
    CHECK(is(all.classes()[1].entries[0].value, undefined::zero_denominator));

    const report decided =
        evaluate(multiclass_task{.classes = 3}, labels{0, 1, 5}, labels{0, -1, 0});
    CHECK(decided.rejected().label == 2);
    CHECK(decided.weight() == 1);
}

TEST_CASE("evaluate: multiclass rows of nothing") {
    const report none = evaluate(multiclass_task{.classes = 3}, multiclass_columns{});
    CHECK(none.contains("roc_auc_macro"));
    for (const auto& [key, figure] : none.entries()) CHECK(is(figure, undefined::empty));
    CHECK(none.classes().size() == 3);
}

TEST_CASE("evaluate: a regression by hand") {
    const numbers target{3, -0.5, 2, 7, not_a_number};
    const numbers predicted{2.5, 0.0, 2, 8, 1};
    const report all = evaluate(regression_task{}, target, predicted);
    CHECK(first_keys(all.entries(), 4) ==
          std::vector<std::string>{"mean_squared_error", "root_mean_squared_error",
                                   "mean_absolute_error", "r_squared"});
    CHECK(all.at("mean_squared_error").value() == 0.375);
    CHECK(all[root_mean_squared_error{}].value() == Approx(std::sqrt(0.375)));
    CHECK(all.at("mean_absolute_error").value() == 0.5);
    CHECK(all[r_squared{}].value() == Approx(0.9486081370449679).epsilon(1e-14));
    CHECK(all.rows() == 5);
    CHECK(all.weight() == 4);
    CHECK(all.rejected().missing == 1);
    CHECK(is(evaluate(regression_task{}, numbers{1, 1}, numbers{1, 2})[r_squared{}],
             undefined::constant_target));
}

TEST_CASE("evaluate: a ranking, a row a query") {
    // Three queries: relevant first of two, relevant last of three, none relevant.
    const std::vector<double> relevance{1, 0, 0, 0, 1, 0, 0};
    const std::vector<double> score{2, 1, 3, 2, 1, 1, 2};
    const std::vector<std::size_t> offsets{0, 2, 5, 7};
    const ranked_query::columns queries{relevance, score, offsets};
    const report figures = evaluate(ranking_task{.cutoffs = {1}}, queries);
    CHECK(figures.task() == "ranking");
    CHECK(figures.rows() == 3);
    CHECK(figures.skipped() == 1);
    CHECK(figures[mean_reciprocal_rank{}].value() == Approx((1 + 1.0 / 3) / 2).epsilon(1e-15));
    CHECK(figures[ndcg{}].value() == Approx((1 + 0.5) / 2).epsilon(1e-15));  // 1 / log2(4)
    CHECK(figures.at("precision_at_1").value() == 0.5);
    CHECK(figures.at("hit_rate_at_1").weight() == 2);

    const report all = evaluate(ranking_task{.without_relevant = undefined_query::zero}, queries);
    CHECK(all.skipped() == 0);
    CHECK(all[mean_reciprocal_rank{}].value() == Approx((1 + 1.0 / 3) / 3).epsilon(1e-15));
    CHECK_THROWS_AS(evaluate(ranking_task{.cutoffs = {0}}, queries), std::invalid_argument);
    CHECK(evaluate(ranking_task{}, ranked_query::columns{}).at("ndcg").reason() ==
          undefined::empty);
}

TEST_CASE("evaluate: a ranking has the figures of its states, also where a query is refused") {
    leeway::random_source random(5);
    std::vector<double> relevance, score;
    std::vector<std::size_t> offsets{0};
    for (int query = 0; query < 40; ++query) {
        for (std::size_t items = random.below(60); items > 0; --items) {
            relevance.push_back(static_cast<double>(random.below(4)));
            score.push_back(static_cast<double>(random.below(30)));
        }
        offsets.push_back(score.size());
    }
    score[3] = std::nan("");
    relevance[offsets[20]] = HUGE_VAL;
    relevance[offsets[30]] = -1;
    const ranked_query::columns queries{relevance, score, offsets};
    const report figures = evaluate(ranking_task{.cutoffs = {3}}, queries);
    const auto same = [&](auto metric) {
        auto state = metric.empty_state();
        state.update(queries);
        const estimate expected = metric(state);
        CHECK(figures[metric].value() == Approx(expected.value()).epsilon(1e-14));
        CHECK(figures[metric].lower() == Approx(expected.lower()).epsilon(1e-13));
        CHECK(figures.rejected() == state.rejected());
        CHECK(state.rejected().total() == 3);
    };
    same(ndcg{});
    same(ndcg{.k = 3});
    same(mean_average_precision{});
    same(recall_at{.k = 3});
}
