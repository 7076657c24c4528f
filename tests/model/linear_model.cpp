#include "leeway/model/linear_model.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "leeway/core/random.hpp"
#include "leeway/core/state_file.hpp"
#include "leeway/model/model.hpp"
#include "support/catch.hpp"

using leeway::batch_view;
using leeway::linear_model;

static_assert(leeway::RowModel<linear_model> && leeway::BatchModel<linear_model>);

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

struct rows_of_three {
    std::vector<double> values;
    std::vector<double> targets;

    explicit rows_of_three(std::size_t n, double noise = 0) {
        leeway::random_source random(7);
        for (std::size_t i = 0; i < n; ++i) {
            const double a = random.normal();
            const double b = 1e6 + 100 * random.normal();
            const double c = random.uniform() + a;
            values.insert(values.end(), {a, b, c});
            targets.push_back(3 - 2 * a + 0.5 * b + 4 * c + noise * random.normal());
        }
    }
    [[nodiscard]] batch_view batch() const { return batch_view(values, 3); }
};

}  // namespace

TEST_CASE("without noise or ridge the coefficients come back") {
    const rows_of_three data(200);
    const auto model = linear_model::fit(data.batch(), data.targets, 0);
    REQUIRE(model.coefficients().size() == 3);
    CHECK(model.coefficients()[0] == Approx(-2).epsilon(1e-9));
    CHECK(model.coefficients()[1] == Approx(0.5).epsilon(1e-9));
    CHECK(model.coefficients()[2] == Approx(4).epsilon(1e-9));
    // The intercept carries the cancellation of 0.5 * 1e6.
    CHECK(model.intercept() == Approx(3).margin(1e-3));
    CHECK(model.rows_used() == 200);
}

TEST_CASE("the ridge objective is at its minimum") {
    const rows_of_three data(500, 1.0);
    constexpr double ridge = 0.3;
    const auto model = linear_model::fit(data.batch(), data.targets, ridge);
    // Objective in standardised slopes, by its definition.
    std::vector<double> mean(3);
    std::vector<double> sd(3);
    const double n = 500;
    for (std::size_t j = 0; j < 3; ++j) {
        for (std::size_t i = 0; i < 500; ++i) mean[j] += data.batch().row(i)[j] / n;
        for (std::size_t i = 0; i < 500; ++i) {
            sd[j] += std::pow(data.batch().row(i)[j] - mean[j], 2) / n;
        }
        sd[j] = std::sqrt(sd[j]);
    }
    const auto objective = [&](std::vector<double> slopes, double at_mean) {
        double sum = 0;
        for (std::size_t i = 0; i < 500; ++i) {
            double score = at_mean;
            for (std::size_t j = 0; j < 3; ++j) {
                score += slopes[j] * (data.batch().row(i)[j] - mean[j]) / sd[j];
            }
            sum += std::pow(data.targets[i] - score, 2) / n;
        }
        for (const double slope : slopes) sum += ridge * slope * slope;
        return sum;
    };
    std::vector<double> slopes(3);
    double at_mean = model.intercept();
    for (std::size_t j = 0; j < 3; ++j) {
        slopes[j] = model.coefficients()[j] * sd[j];
        at_mean += model.coefficients()[j] * mean[j];
    }
    const double least = objective(slopes, at_mean);
    for (std::size_t j = 0; j < 4; ++j) {
        for (const double step : {-1e-3, 1e-3}) {
            auto moved = slopes;
            double moved_mean = at_mean;
            (j < 3 ? moved[j] : moved_mean) += step;
            CHECK(objective(moved, moved_mean) > least);
        }
    }
}

TEST_CASE("constant and collinear columns, and bad rows, do no harm") {
    rows_of_three data(100);
    std::vector<double> values;
    for (std::size_t i = 0; i < 100; ++i) {
        const auto row = data.batch().row(i);
        values.insert(values.end(), {row[0], 5.0, row[0], row[2]});
        data.targets[i] = 1 + row[0] + row[2];
    }
    values[4 * 10] = not_a_number;
    data.targets[20] = std::numeric_limits<double>::infinity();
    const auto model = linear_model::fit(batch_view(values, 4), data.targets, 0);
    CHECK(model.rows_used() == 98);
    CHECK(model.coefficients()[1] == 0);
    CHECK(model.coefficients()[0] == Approx(0.5).epsilon(1e-9));  // shared by the two copies
    CHECK(model.coefficients()[2] == Approx(0.5).epsilon(1e-9));
    CHECK(model.coefficients()[3] == Approx(1).epsilon(1e-9));
    CHECK(std::isnan(model(batch_view(values, 4).row(10))));
}

TEST_CASE("linear model: a batch scores as its rows do") {
    const rows_of_three data(50, 1);
    const auto model = linear_model::fit(data.batch(), data.targets);
    std::vector<double> scores(50);
    model(data.batch(), scores);
    for (std::size_t i = 0; i < 50; ++i) CHECK(scores[i] == model(data.batch().row(i)));
    CHECK(std::isnan(model(std::vector<double>{1, 2})));
    CHECK(linear_model({2, 3}, 1)(std::vector<double>{10, 100}) == 321);
    CHECK(linear_model()(std::vector<double>{}) == 0);
}

TEST_CASE("linear model: what cannot be fitted raises") {
    const std::vector<double> values{1, 2, 3, 4};
    const std::vector<double> targets{1, 2};
    const batch_view rows(values, 2);
    CHECK_THROWS_AS(linear_model::fit(rows, targets, -1), std::invalid_argument);
    CHECK_THROWS_AS(linear_model::fit(rows, values), std::invalid_argument);
    CHECK_THROWS_AS(linear_model::fit(batch_view(), {}), std::invalid_argument);
    CHECK_THROWS_AS(linear_model::fit(rows, std::vector<double>{not_a_number, not_a_number}),
                    std::invalid_argument);
    std::vector<double> scores(3);
    CHECK_THROWS_AS(linear_model::fit(rows, targets)(rows, scores), std::invalid_argument);
    CHECK(linear_model::fit(batch_view(values.data(), 2, 0, 2), targets)(std::vector<double>{}) ==
          1.5);
}

TEST_CASE("a linear model survives a state file") {
    const rows_of_three data(30, 1);
    const auto model = linear_model::fit(data.batch(), data.targets);
    const auto back = leeway::from_bytes<linear_model>(leeway::to_bytes(model));
    REQUIRE(back);
    CHECK(*back == model);
}
