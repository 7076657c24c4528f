#include "leeway/monitor/reference_builder.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/state_file.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "monitor/fixture.hpp"
#include "support/catch.hpp"

using leeway::prediction_task;
using leeway::reference;
using leeway::reference_builder;
using leeway::schema;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

reference of_values(const std::vector<double>& values, leeway::reference_options options = {}) {
    reference_builder build(schema{}.numeric("x"), options);
    leeway::training_columns batch;
    batch.features.emplace_back(values);
    build.update(batch);
    return build.finish();
}

}  // namespace

TEST_CASE("rows and columns build the same reference") {
    const auto rows = fixture::world(5).rows(2000);
    const reference by_row = fixture::reference_of(rows);
    std::vector<std::vector<double>> features(3);
    std::vector<double> labels;
    std::vector<double> scores;
    for (const auto& row : rows) {
        for (std::size_t j = 0; j < 3; ++j) features[j].push_back(row.features[j]);
        labels.push_back(row.label);
        scores.push_back(row.score);
    }
    reference_builder build(fixture::columns());
    leeway::training_columns batch;
    for (const auto& column : features) batch.features.emplace_back(column);
    batch.label = labels;
    batch.score = scores;
    build.update(batch);
    CHECK(build.rows() == 2000);
    CHECK(build.finish() == by_row);
    CHECK(build.finish().id() == by_row.id());
}

TEST_CASE("a numeric feature gets sixteen bins of equal mass") {
    const reference made = fixture::reference(1600);
    const auto& amount = made["amount"];
    CHECK(amount.bins().regular() == 16);
    for (const auto count : amount.counts().regular()) CHECK(count == 100);
    CHECK(amount.rows() == 1600);
    CHECK(amount.missing_rate() == 0);
    CHECK(amount.mean().value() == Approx(0).margin(0.1));
    CHECK(amount.standard_deviation().value() == Approx(1).margin(0.1));
    CHECK(amount.minimum().value() < -2);
    CHECK(amount.maximum().value() > 2);
    CHECK(amount.lag_one().value() == Approx(0).margin(0.1));
    CHECK(made["country"].kind() == leeway::feature_kind::categorical);
    CHECK(made["country"].bins().regular() == 4);
    CHECK(!made["country"].mean());
}

TEST_CASE("missing and infinite training values are counted apart") {
    const double infinite = std::numeric_limits<double>::infinity();
    std::vector<double> values;
    for (int i = 0; i < 100; ++i) values.insert(values.end(), {i * 1.0, not_a_number, infinite, 1});
    const reference made = of_values(values);
    const auto& x = made["x"];
    CHECK(x.missing() == 100);
    CHECK(x.missing_rate() == 0.25);
    CHECK(x.counts()[x.bins().non_finite()] == 100);
    CHECK(x.maximum().value() == 99);
    CHECK(x.mean().value() == Approx((99 * 50.0 + 100) / 200));
}

TEST_CASE("constant and empty features are legal") {
    const reference constant = of_values(std::vector<double>(50, 3.5));
    CHECK(constant["x"].bins().regular() == 1);
    CHECK(constant["x"].bins()(3.5) == 0);
    CHECK(constant["x"].bins()(3.6) == constant["x"].bins().unseen());
    CHECK(constant["x"].standard_deviation().value() == 0);
    CHECK(!constant["x"].lag_one());

    const reference absent = of_values(std::vector<double>(50, not_a_number));
    CHECK(!absent["x"].mean());
    CHECK(absent["x"].missing_rate() == 1);
    CHECK(leeway::from_bytes<reference>(leeway::to_bytes(absent)));

    const reference one_row = of_values({7});
    CHECK(one_row.rows() == 1);
    CHECK(!one_row["x"].standard_deviation());
    CHECK(leeway::from_bytes<reference>(leeway::to_bytes(one_row)));
}

TEST_CASE("kinds that were not told come from the data") {
    reference_builder build(schema{}.feature("text").feature("number"));
    for (int i = 0; i < 100; ++i) {
        build.update(std::vector<double>{build.code("text", i % 3 == 0 ? "DE" : "FR"), i * 0.5});
    }
    const reference made = build.finish();
    CHECK(made["text"].kind() == leeway::feature_kind::categorical);
    CHECK(made["number"].kind() == leeway::feature_kind::numeric);
    REQUIRE(made["text"].categories().size() == 2);
    CHECK(made["text"].label(0) == "FR");  // the most frequent first
    CHECK(made["text"].label(1) == "DE");
}

TEST_CASE("two categories of one code are refused by name") {
    // Found by walking a cycle of the hash: their low 52 bits agree.
    const std::string one = "c6267bb249d2c8";
    const std::string other = "ca0265ab6fd88b";
    REQUIRE(leeway::category_code(one) == leeway::category_code(other));
    reference_builder build(schema{}.categorical("a").categorical("b"));
    CHECK(build.code("a", one) == build.code("b", other));  // each feature on its own
    CHECK(build.code("a", one) == leeway::category_code(one));
    CHECK_THROWS_WITH(build.code("a", other),
                      "reference_builder: the categories 'c6267bb249d2c8' and 'ca0265ab6fd88b' of "
                      "feature 'a' have the same code; rename one of them");
}

TEST_CASE("labels and scores give a task, metrics and losses") {
    const auto rows = fixture::world(8).rows(3000);
    const reference made = fixture::reference_of(rows);
    CHECK(made.task() == prediction_task::binary);
    REQUIRE(made.score() != nullptr);
    CHECK(made.score()->rows() == 3000);

    leeway::confusion_matrix counts;
    leeway::scored_outcomes scores;
    for (const auto& row : rows) {
        const std::int32_t label = row.label == 1 ? 1 : 0;
        counts.update({label, row.score >= 0.5 ? 1 : 0});
        scores.update({label, row.score});
    }
    CHECK(made.metric("accuracy") == leeway::accuracy{}(counts));
    CHECK(made.metric("roc_auc") == leeway::roc_auc{}(scores));
    CHECK(made.metrics().size() == 11);
    CHECK(!made.metric("no_such_metric"));
    REQUIRE(made.error() != nullptr);
    CHECK(made.error()->levels() == 2);
    CHECK(made.error()->mean() == Approx(1 - made.metric("accuracy").value()).epsilon(1e-12));
}

TEST_CASE("scores that are no probabilities have no probability metrics") {
    auto rows = fixture::world(8).rows(500);
    for (auto& row : rows) row.score = 20 * row.score - 10;
    leeway::reference_options options;
    options.threshold = 0;
    const reference made = fixture::reference_of(rows, true, options);
    CHECK(made.metrics().size() == 8);
    CHECK(made.metric("roc_auc").value() > 0.6);
    CHECK(!made.metric("brier_score"));
}

TEST_CASE("a regression's losses are clipped at a quantile and rounded up") {
    reference_builder build(schema{}.numeric("x"));
    for (int i = 1; i <= 1000; ++i) {  // errors 0.001 .. 1, squares up to 1
        build.update(std::vector<double>{1.0}, {.label = 5 + i / 1000.0, .score = 5});
    }
    const reference made = build.finish();
    CHECK(made.task() == prediction_task::regression);
    const auto* error = made.error();
    REQUIRE(error != nullptr);
    CHECK(error->levels() == 64);
    CHECK(error->quantile == 0.95);
    CHECK(error->scale == Approx(0.95 * 0.95).epsilon(1e-9));
    CHECK(error->counts[0] == 0);    // no error is 0, and rounding is up
    CHECK(error->counts[63] >= 51);  // the clipped ones
    CHECK(error->rows() == 1000);
    double exact = 0;
    for (int i = 1; i <= 1000; ++i) exact += std::min(i * i / 1e6 / error->scale, 1.0) / 1000;
    CHECK(error->mean() >= exact);
    CHECK(error->mean() <= exact + 1.0 / 63);
    CHECK(made.metric("mean_absolute_error").value() == Approx(0.5005));
}

TEST_CASE("a regression without error has a scale nevertheless") {
    reference_builder perfect(schema{}.numeric("x"));
    for (int i = 0; i < 100; ++i)
        perfect.update(std::vector<double>{1.0}, {.label = 1.5 * i, .score = 1.5 * i});
    CHECK(perfect.finish().error()->scale == 1);
    perfect.update(std::vector<double>{1.0}, {.label = 4, .score = 1});
    CHECK(perfect.finish().error()->scale == 9);
}

TEST_CASE("what is not known is left out of the metrics") {
    reference_builder build(schema{}.numeric("x"));
    for (int i = 0; i < 100; ++i) {
        leeway::training_outcome outcome;
        if (i % 2 == 0) outcome.score = 0.75;
        if (i % 4 == 0) outcome.label = i % 8 == 0 ? 1 : 0;
        build.update(std::vector<double>{1.0 * i}, outcome);
    }
    const reference made = build.finish();
    CHECK(made.score()->missing() == 50);
    CHECK(made.error()->rows() == 25);
    CHECK(made.metric("accuracy").value() == Approx(13.0 / 25));
    CHECK(leeway::from_bytes<reference>(leeway::to_bytes(made)));

    CHECK(fixture::reference(100, 1, false).task() == prediction_task::none);
    CHECK(fixture::reference(100, 1, false).error() == nullptr);
    CHECK(fixture::reference(100, 1, false).score() != nullptr);
}

TEST_CASE("weights enter the metrics, not the losses") {
    reference_builder build(schema{}.numeric("x"));
    build.update(std::vector<double>{1.0}, {.label = 1, .score = 0.9, .weight = 3});
    build.update(std::vector<double>{2.0}, {.label = 1, .score = 0.1, .weight = 1});
    const reference made = build.finish();
    CHECK(made.metric("accuracy").value() == 0.75);
    CHECK(made.error()->mean() == 0.5);
}

TEST_CASE("wrong training data raises") {
    reference_builder build(schema{}.numeric("x").numeric("y"));
    CHECK_THROWS_WITH(build.finish(), "reference_builder: no training row was given");
    CHECK_THROWS_WITH(build.update(std::vector<double>{1}),
                      "reference_builder::update: row.size() is 1, expected one value a feature "
                      "of the schema, 2");
    CHECK_THROWS_AS(build.update(std::vector<double>{1, 2}, {.weight = -1}), std::invalid_argument);
    leeway::training_columns ragged;
    const std::vector<double> two{1, 2};
    const std::vector<double> three{1, 2, 3};
    ragged.features = {two, three};
    CHECK_THROWS_AS(build.update(ragged), std::invalid_argument);
    CHECK(build.rows() == 0);  // nothing of them was taken

    reference_builder binary(schema{}.numeric("x"), {.task = prediction_task::binary});
    binary.update(std::vector<double>{1}, {.label = 2, .score = 0.5});
    CHECK_THROWS_WITH(binary.finish(),
                      "reference_builder: the task is binary, but a label is neither 0 nor 1");

    reference_builder nothing(schema{});
    nothing.update(std::vector<double>{});
    CHECK_THROWS_WITH(nothing.finish(),
                      "reference_builder: neither a feature nor a score was given");
    nothing.update(std::vector<double>{}, {.score = 0.5});
    CHECK(nothing.finish().score() != nullptr);  // a score alone can be watched
    CHECK_THROWS_AS(reference_builder(schema{}.numeric("x"), {.loss_quantile = 0}),
                    std::invalid_argument);
    CHECK_THROWS_AS(reference_builder(schema{}.numeric("x"), {.loss_levels = 1}),
                    std::invalid_argument);
    CHECK_THROWS_AS(reference_builder(schema{}.numeric("x"), {.threshold = not_a_number}),
                    std::invalid_argument);
}

TEST_CASE("many categories stay bounded in the reference") {
    reference_builder build(schema{}.categorical("id"));
    for (int i = 0; i < 100'000; ++i) {
        build.update(std::vector<double>{build.code("id", "user" + std::to_string(i))});
    }
    const reference made = build.finish();
    CHECK(made["id"].bins().points().size() == 4096);
    CHECK(made["id"].categories().size() == 4096);
    CHECK(made["id"].label(made["id"].bins().regular() - 1) == "other");
    CHECK(leeway::to_bytes(made).size() < 400'000);
}
