#include "leeway/model/model.hpp"

#include <cstdint>
#include <stdexcept>
#include <vector>

#include "support/catch.hpp"

namespace {

double first_of(std::span<const double> row) {
    return row[0];
}

struct batch_only {
    void operator()(const leeway::batch_view& rows, std::span<double> scores) const {
        for (std::size_t i = 0; i < rows.rows(); ++i) scores[i] = 10 * rows.row(i)[1];
    }
};

/// Its row form answers 1, its batch form 2: which one was called shows.
struct both {
    double operator()(std::span<const double>) const { return 1; }
    void operator()(const leeway::batch_view&, std::span<double> scores) const {
        for (double& score : scores) score = 2;
    }
};

struct counting_calls {
    int calls = 0;
    double operator()(std::span<const double>) { return ++calls; }
};

struct batch_of_classes {
    void operator()(const leeway::batch_view&, std::span<std::int32_t>) const {}
};

/// One score a row and, by its batch form, what a caller with classes() might fill: a Model.
struct scores_with_classes {
    [[nodiscard]] std::size_t classes() const { return 2; }
    double operator()(std::span<const double>) const { return 1; }
    void operator()(const leeway::batch_view&, std::span<double>) const {}
};
struct batch_of_probabilities {
    [[nodiscard]] std::size_t classes() const { return 3; }
    void operator()(const leeway::batch_view&, std::span<double>) const {}
};

struct no_model {};

}  // namespace

static_assert(leeway::RowModel<decltype(&first_of)>);
static_assert(leeway::BatchModel<batch_only>);
static_assert(!leeway::RowModel<batch_only>);
static_assert(leeway::Model<both>);
static_assert(!leeway::Model<no_model>);
// Scoring threads share a model, so one that changes when it is called is refused.
static_assert(!leeway::Model<counting_calls>);

static_assert(leeway::ClassModel<int (*)(std::span<const double>)>);
static_assert(leeway::ClassModel<batch_of_classes>);
static_assert(!leeway::ClassModel<decltype(&first_of)>);
static_assert(!leeway::ClassModel<batch_only>);
static_assert(!leeway::ClassModel<no_model>);
static_assert(leeway::ProbabilityModel<std::vector<double> (*)(std::span<const double>)>);
static_assert(leeway::ProbabilityModel<batch_of_probabilities>);
static_assert(!leeway::ProbabilityModel<scores_with_classes>);
static_assert(!leeway::ProbabilityModel<batch_only>);
static_assert(!leeway::ProbabilityModel<no_model>);

TEST_CASE("a model is scored by whichever form it has") {
    const std::vector<double> values{1, 2, 3, 4, 5, 6};
    const leeway::batch_view rows(values, 2);
    std::vector<double> scores(3);

    leeway::score_batch(&first_of, rows, scores);
    CHECK(scores == std::vector<double>{1, 3, 5});
    CHECK(leeway::score_row(&first_of, rows.row(2)) == 5);

    leeway::score_batch(batch_only{}, rows, scores);
    CHECK(scores == std::vector<double>{20, 40, 60});
    CHECK(leeway::score_row(batch_only{}, rows.row(1)) == 40);

    const auto lambda = [](std::span<const double> row) { return static_cast<float>(row.size()); };
    CHECK(leeway::score_row(lambda, rows.row(0)) == 2);
}

TEST_CASE("a row goes to the row form, a batch to the batch form") {
    const std::vector<double> values{1, 2};
    const leeway::batch_view rows(values, 1);
    std::vector<double> scores(2);
    leeway::score_batch(both{}, rows, scores);
    CHECK(scores == std::vector<double>{2, 2});
    CHECK(leeway::score_row(both{}, rows.row(0)) == 1);
}

TEST_CASE("scores of another length raise") {
    const std::vector<double> values{1, 2};
    std::vector<double> scores(3);
    CHECK_THROWS_AS(leeway::score_batch(both{}, leeway::batch_view(values, 1), scores),
                    std::invalid_argument);
}
