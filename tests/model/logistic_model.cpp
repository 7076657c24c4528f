#include "leeway/model/logistic_model.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "leeway/core/random.hpp"
#include "leeway/core/state_file.hpp"
#include "leeway/model/model.hpp"
#include "support/catch.hpp"

using leeway::batch_view;
using leeway::logistic_model;

static_assert(leeway::RowModel<logistic_model> && leeway::BatchModel<logistic_model>);

namespace {

struct classified {
    std::vector<double> values;
    std::vector<double> labels;

    explicit classified(std::size_t n) {
        leeway::random_source random(11);
        for (std::size_t i = 0; i < n; ++i) {
            const double a = random.normal();
            const double b = 50 + 20 * random.normal();
            const double p = 1 / (1 + std::exp(-(-2 + 1.5 * a + 0.04 * b)));
            values.insert(values.end(), {a, b});
            labels.push_back(random.bernoulli(p) ? 1 : 0);
        }
    }
    [[nodiscard]] batch_view batch() const { return batch_view(values, 2); }
};

}  // namespace

TEST_CASE("the logistic fit recovers its model and calibrates in the large") {
    const classified data(20000);
    const auto model = logistic_model::fit(data.batch(), data.labels, 1e-9);
    CHECK(model.converged());
    CHECK(model.rows_used() == 20000);
    // Standard errors are about 0.025, 0.001 and 0.06.
    CHECK(model.coefficients()[0] == Approx(1.5).margin(0.1));
    CHECK(model.coefficients()[1] == Approx(0.04).margin(0.004));
    CHECK(model.intercept() == Approx(-2).margin(0.25));
    // The score equations: residuals are orthogonal to the intercept and to each column.
    double residual = 0;
    double first = 0;
    double second = 0;
    for (std::size_t i = 0; i < data.labels.size(); ++i) {
        const auto row = data.batch().row(i);
        const double r = data.labels[i] - model(row);
        residual += r;
        first += r * row[0];
        second += r * (row[1] - 50) / 20;
    }
    CHECK(std::abs(residual) < 1e-4);
    CHECK(std::abs(first) < 1e-3);
    CHECK(std::abs(second) < 1e-3);
}

TEST_CASE("the logistic fit equals scikit-learn's") {
    // LogisticRegression(C=1/(8 * 0.1), tol=1e-14, solver newton-cg) of scikit-learn 1.2.1 on the
    // columns divided by their standard deviation (ddof 0) after centring; coefficients brought
    // back to own units.
    const std::vector<double> values{0, 1, 1, 3, 2, 2, 3, 5, 4, 4, 5, 9, 6, 6, 7, 8};
    const std::vector<double> labels{0, 0, 1, 0, 1, 0, 1, 1};
    const auto model = logistic_model::fit(batch_view(values, 2), labels, 0.1);
    CHECK(model.converged());
    CHECK(model.coefficients()[0] == Approx(0.5081804224).epsilon(1e-6));
    CHECK(model.coefficients()[1] == Approx(-0.2133654892).epsilon(1e-6));
    CHECK(model.intercept() == Approx(-0.7584167225).epsilon(1e-6));
}

TEST_CASE("separable data and a single class stay finite") {
    const std::vector<double> values{-2, -1, 1, 2};
    const auto separable =
        logistic_model::fit(batch_view(values, 1), std::vector<double>{0, 0, 1, 1});
    CHECK(std::isfinite(separable.coefficients()[0]));
    CHECK(separable(std::vector<double>{2}) > 0.99);
    const auto certain =
        logistic_model::fit(batch_view(values, 1), std::vector<double>{1, 1, 1, 1});
    CHECK(certain(std::vector<double>{0}) > 0.9);
    CHECK(certain(std::vector<double>{0}) <= 1);
    CHECK(std::isfinite(certain.intercept()));
}

TEST_CASE("the logistic fit without a column is the share of ones") {
    const double nothing = 0;
    const std::vector<double> labels{1, 0, 0, 0};
    const auto model = logistic_model::fit(batch_view(&nothing, 4, 0, 0), labels, 1e-3);
    CHECK(model(std::vector<double>{}) == Approx(0.25).epsilon(1e-9));
}

TEST_CASE("far logits saturate without overflow") {
    const logistic_model model({1}, 0);
    CHECK(model(std::vector<double>{1000}) == 1);
    CHECK(model(std::vector<double>{-1000}) == 0);
    CHECK(model(std::vector<double>{0}) == 0.5);
    CHECK(std::isnan(model(std::vector<double>{std::numeric_limits<double>::quiet_NaN()})));
    CHECK(logistic_model()(std::vector<double>{}) == 0.5);
}

TEST_CASE("logistic model: a batch scores as its rows do") {
    const classified data(60);
    const auto model = logistic_model::fit(data.batch(), data.labels);
    std::vector<double> scores(60);
    model(data.batch(), scores);
    for (std::size_t i = 0; i < 60; ++i) CHECK(scores[i] == model(data.batch().row(i)));
}

TEST_CASE("logistic model: what cannot be fitted raises") {
    const std::vector<double> values{1, 2};
    const batch_view rows(values, 1);
    CHECK_THROWS_AS(logistic_model::fit(rows, std::vector<double>{0, 2}), std::invalid_argument);
    CHECK_THROWS_AS(logistic_model::fit(rows, std::vector<double>{0}), std::invalid_argument);
    CHECK_THROWS_AS(logistic_model::fit(rows, std::vector<double>{0, 1}, 0), std::invalid_argument);
}

TEST_CASE("a logistic model survives a state file") {
    const classified data(100);
    const auto model = logistic_model::fit(data.batch(), data.labels);
    const auto back = leeway::from_bytes<logistic_model>(leeway::to_bytes(model));
    REQUIRE(back);
    CHECK(*back == model);
}
