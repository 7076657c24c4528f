#include "leeway/monitor/monitored.hpp"

#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include "leeway/model/linear_model.hpp"
#include "leeway/model/logistic_model.hpp"
#include "monitor/fixture.hpp"
#include "support/catch.hpp"

using fixture::at;

namespace {

const auto first_feature = [](std::span<const double> row) { return fixture::probability(row[0]); };

struct move_only {
    std::unique_ptr<double> factor = std::make_unique<double>(0.125);
    double operator()(std::span<const double> row) const { return *factor * row[0]; }
};

}  // namespace

static_assert(leeway::Model<leeway::monitored<const decltype(first_feature)&>>);

TEST_CASE("a monitored model scores and records in one call") {
    leeway::monitor watch(fixture::reference());
    auto model = leeway::monitored(first_feature, watch);
    const auto rows = fixture::world(2).rows(100);
    for (const auto& row : rows) CHECK(model(row.features) == first_feature(row.features));
    const auto made = watch.snapshot(at(1));
    CHECK(made.rows == 100);
    CHECK(made.score->n_current == 100);

    std::vector<double> packed;
    for (const auto& row : rows)
        packed.insert(packed.end(), row.features.begin(), row.features.end());
    std::vector<double> scores(100);
    model(leeway::batch_view(packed, 3), scores);
    CHECK(scores[7] == first_feature(rows[7].features));
    CHECK(watch.snapshot(at(1)).rows == 200);
    // Itself a model: it can be wrapped again, and scored through the generic calls.
    CHECK(leeway::score_row(model, rows[0].features) == scores[0]);
}

TEST_CASE("each serving thread has its scorer") {
    leeway::monitor watch(fixture::reference());
    auto model = leeway::monitored(first_feature, watch);
    std::vector<std::thread> threads;
    for (std::uint64_t t = 0; t < 3; ++t) {
        threads.emplace_back([&, t] {
            auto scorer = model.scorer();
            fixture::world world(t);
            for (int i = 0; i < 1000; ++i) {
                const auto row = world();
                const auto [score, prediction] = scorer.score(row.features);
                scorer.label(prediction, row.label);
            }
        });
    }
    for (auto& thread : threads) thread.join();
    const auto made = watch.snapshot(at(1));
    CHECK(made.rows == 3000);
    CHECK(made.labels.matched == 3000);
}

TEST_CASE("a scorer takes batches and hands out tickets") {
    leeway::monitor watch(fixture::reference());
    auto model = leeway::monitored(first_feature, watch);
    auto scorer = model.scorer();
    const std::vector<double> packed{0, 30, 1, 2, 40, 2};
    std::vector<double> scores(2);
    std::vector<leeway::ticket> tickets(2);
    scorer(leeway::batch_view(packed, 3), scores, tickets);
    CHECK(scores[0] == 0.5);
    CHECK(scorer.label(tickets[1], 1));
    CHECK(watch.label(tickets[0], 0));
    const double score = scorer(std::span<const double>(packed).first(3));
    CHECK(score == 0.5);
    CHECK(watch.snapshot(at(1)).rows == 3);
}

TEST_CASE("linear and logistic models are watched like any other") {
    fixture::world world(6);
    const auto rows = world.rows(2000);
    std::vector<double> packed;
    std::vector<double> labels;
    for (const auto& row : rows) {
        packed.insert(packed.end(), row.features.begin(), row.features.end());
        labels.push_back(row.label);
    }
    const leeway::batch_view batch(packed, 3);
    const auto logistic = leeway::logistic_model::fit(batch, labels);
    const auto linear = leeway::linear_model::fit(batch, labels);
    std::vector<double> scores(2000);
    leeway::monitor watch(fixture::reference());
    leeway::monitored(logistic, watch)(batch, scores);
    CHECK(scores[3] == logistic(batch.row(3)));
    leeway::monitored(linear, watch)(batch, scores);
    CHECK(scores[3] == linear(batch.row(3)));
    CHECK(watch.snapshot(at(1)).rows == 4000);
}

TEST_CASE("a model given by name is referred to, a temporary is kept") {
    leeway::monitor watch(fixture::reference());
    const move_only named;
    auto by_name = leeway::monitored(named, watch);
    CHECK(&by_name.model() == &named);
    auto kept = leeway::monitored(move_only{}, watch);
    CHECK(kept(std::vector<double>{8, 30, 1}) == 1);
    auto moved = std::move(kept);
    CHECK(moved(std::vector<double>{8, 30, 1}) == 1);
}

TEST_CASE("a row whose scoring throws is not recorded") {
    leeway::monitor watch(fixture::reference());
    const auto broken = [](std::span<const double> row) -> double {
        if (row[0] > 0) throw std::runtime_error("no");
        return 0.5;
    };
    auto model = leeway::monitored(broken, watch);
    auto scorer = model.scorer();
    CHECK_THROWS_AS(scorer(std::vector<double>{1, 30, 1}), std::runtime_error);
    CHECK_THROWS_AS(model(std::vector<double>{1, 30, 1}), std::runtime_error);
    CHECK(scorer(std::vector<double>{-1, 30, 1}) == 0.5);
    CHECK(watch.snapshot(at(1)).rows == 1);
}
