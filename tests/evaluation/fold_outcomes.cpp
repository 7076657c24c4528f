#include "leeway/evaluation/fold_outcomes.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <stdexcept>
#include <vector>

#include "leeway/accumulators/class_scores.hpp"
#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/accumulators/paired_values.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "support/catch.hpp"

using leeway::batch_view;
using leeway::class_scores;
using leeway::confusion_matrix;
using leeway::state_set;
using leeway::detail::answer;
using leeway::detail::answer_of;
using leeway::detail::gathered;
using leeway::detail::give_outcomes;

namespace {

const std::vector<double> rows_in_order{0, 1, 2, 3, 4};
const std::vector<double> targets{0, 1, 2, 1, 0.5};
const std::vector<double> weights{1, 2, 3, 4, 5};

gathered all_rows(bool weighted = false) {
    const std::array<std::size_t, 5> all{0, 1, 2, 3, 4};
    return gathered({batch_view(rows_in_order, 1), targets,
                     weighted ? std::span<const double>(weights) : std::span<const double>()},
                    all);
}

const auto score = [](std::span<const double> row) { return row[0] / 4; };
const auto decision = [](std::span<const double> row) { return static_cast<int>(row[0]) % 3; };
const auto row_of_three = [](std::span<const double> row) {
    return std::vector<double>{row[0] == 0 ? 0.6 : 0.1, row[0] == 1 ? 0.8 : 0.3, 0.3};
};
const auto row_of_two = [](std::span<const double> row) {
    return std::array<double, 2>{1 - row[0] / 4, row[0] / 4};
};

struct batch_of_classes {
    void operator()(const batch_view& rows, std::span<std::int32_t> classes) const {
        for (std::size_t i = 0; i < rows.rows(); ++i)
            classes[i] = static_cast<std::int32_t>(rows.row(i)[0]) % 3;
    }
};
struct batch_of_scores {
    void operator()(const batch_view& rows, std::span<double> scores) const {
        for (std::size_t i = 0; i < rows.rows(); ++i) scores[i] = rows.row(i)[0] / 4;
    }
};
struct batch_of_three {
    [[nodiscard]] std::size_t classes() const { return 3; }
    void operator()(const batch_view& rows, std::span<double> all) const {
        for (std::size_t i = 0; i < rows.rows(); ++i) {
            const auto one = row_of_three(rows.row(i));
            for (std::size_t c = 0; c < 3; ++c) all[3 * i + c] = one[c];
        }
    }
};

static_assert(answer_of<decltype(score)> == answer::score);
static_assert(answer_of<batch_of_scores> == answer::score);
static_assert(answer_of<decltype(decision)> == answer::decision);
static_assert(answer_of<batch_of_classes> == answer::decision);
static_assert(answer_of<decltype(row_of_three)> == answer::probabilities);
static_assert(answer_of<batch_of_three> == answer::probabilities);

template <class M, class State>
State filled(const M& model, const State& empty, bool weighted = false,
             std::optional<double> threshold = {}) {
    state_set<State> states(empty);
    give_outcomes("test", model, all_rows(weighted), threshold, states);
    return states.template get<State>();
}

}  // namespace

TEST_CASE("fold outcomes: a part's rows are packed with their targets and weights") {
    const std::vector<double> wide{0, 1, 2, 3, 4, 5};
    const std::array<std::size_t, 2> part{2, 0};
    const std::vector<double> three{7, 8, 9}, w{1, 2, 3};
    const gathered made({batch_view(wide, 2), three, w}, part);
    CHECK(made.values == std::vector<double>{4, 5, 0, 1});
    CHECK(made.targets == std::vector<double>{9, 7});
    CHECK(made.weights == std::vector<double>{3, 1});
    CHECK(gathered({batch_view(wide, 2), three}, part).weight(1) == 1);
}

TEST_CASE("fold outcomes: a class is a whole number that fits") {
    using leeway::detail::label_of;
    CHECK(label_of(0) == 0);
    CHECK(label_of(2147483647.0) == 2147483647);
    for (const double bad : {-1.0, 0.5, 2147483648.0, HUGE_VAL, std::nan("")})
        CHECK(label_of(bad) == -1);
}

TEST_CASE("fold outcomes: one score a row") {
    for (const bool weighted : {false, true}) {
        const auto values = filled(score, leeway::paired_values(), weighted);
        CHECK(values.size() == 5);
        CHECK(values[4].weight == (weighted ? 5 : 1));
        CHECK(values[4].target == 0.5);
        CHECK(filled(batch_of_scores(), leeway::paired_values(), weighted) == values);
        // Labels 2 and 0.5 are none of two classes.
        const auto scores = filled(score, leeway::scored_outcomes(), weighted);
        CHECK(scores.rejected().label == 2);
        CHECK(scores.size() == 3);
        const auto counts = filled(score, confusion_matrix(2), weighted);
        CHECK(counts.rejected().label == 2);
        CHECK(counts.cell(0, 0) == 1);
        CHECK(counts.cell(1, 0) == (weighted ? 2 : 1));
        CHECK(counts.cell(1, 1) == (weighted ? 4 : 1));
        CHECK(filled(score, confusion_matrix(2), weighted, 0.25).cell(1, 1) == (weighted ? 6 : 2));
    }
}

TEST_CASE("fold outcomes: a class a row") {
    const auto counts = filled(decision, confusion_matrix(3));
    CHECK(counts.cell(0, 0) == 1);
    CHECK(counts.cell(1, 1) == 1);
    CHECK(counts.cell(2, 2) == 1);
    CHECK(counts.cell(1, 0) == 1);
    CHECK(counts.rejected().label == 1);
    CHECK(filled(batch_of_classes(), confusion_matrix(3)) == counts);
    CHECK(filled(decision, confusion_matrix(3), true).cell(1, 0) == 4);
    // A class beyond those counted is refused, not folded into one of them.
    const auto beyond = [](std::span<const double>) { return 7; };
    CHECK(filled(beyond, confusion_matrix(3)).rejected().label == 5);
    const auto negative = [](std::span<const double>) { return -5LL; };
    CHECK(filled(negative, confusion_matrix(3)).rejected().label == 5);
    CHECK(filled(negative, leeway::paired_values())[0].prediction == -5);
    // A threshold says that they are scores.
    const auto points = [](std::span<const double> row) { return 600 + static_cast<int>(row[0]); };
    const auto by_points = filled(points, confusion_matrix(2), false, 601);
    CHECK(by_points.cell(0, 0) == 1);
    CHECK(by_points.cell(1, 1) == 2);
    CHECK(filled(batch_of_classes(), confusion_matrix(2), false, 1).cell(1, 1) == 1);
    const auto yes = [](std::span<const double> row) { return row[0] > 0; };
    CHECK(filled(yes, confusion_matrix(2)).cell(1, 1) == 2);
}

TEST_CASE("fold outcomes: a probability for every class") {
    const auto counts = filled(row_of_three, confusion_matrix(3));
    CHECK(counts.cell(0, 0) == 1);
    CHECK(counts.cell(1, 1) == 2);  // of equal ones the first: 0.3 and 0.3
    CHECK(counts.cell(2, 1) == 1);
    CHECK(counts.rejected().label == 1);
    CHECK(filled(batch_of_three(), confusion_matrix(3)) == counts);
    const auto scores = filled(row_of_three, class_scores(3), true);
    CHECK(scores.size() == 4);
    CHECK(filled(batch_of_three(), class_scores(3), true) == scores);
    CHECK(filled(row_of_two, class_scores(3)).rejected().range == 4);

    const auto two = filled(row_of_two, leeway::scored_outcomes());
    CHECK(two == filled(score, leeway::scored_outcomes()));
    CHECK(filled(row_of_two, confusion_matrix(2), false, 0.25).cell(1, 1) == 2);
    CHECK(filled(row_of_two, confusion_matrix(2)).cell(1, 1) == 1);
    CHECK_THROWS_WITH(filled(row_of_three, leeway::scored_outcomes()),
                      "test: the number of probabilities that the model gives a row is 3, expected "
                      "2, where a metric takes the score of class 1");
    CHECK_THROWS_WITH(filled(row_of_three, confusion_matrix(3), false, 0.5),
                      "test: threshold is 0.5, expected none, where the model gives 3 "
                      "probabilities a row and the largest decides");
    const auto nothing = [](std::span<const double>) { return std::vector<double>{}; };
    CHECK(filled(nothing, confusion_matrix(3)).rejected().label == 5);
    const auto lost = [](std::span<const double>) {
        return std::vector<double>{0.5, std::numeric_limits<double>::quiet_NaN(), 0.5};
    };
    CHECK(filled(lost, confusion_matrix(3)).rejected().label == 5);
}

TEST_CASE("fold outcomes: each state is given what it takes, once") {
    state_set<confusion_matrix, leeway::scored_outcomes, leeway::paired_values> states;
    give_outcomes("test", score, all_rows(), {}, states);
    CHECK(states.get<confusion_matrix>() == filled(score, confusion_matrix(2)));
    CHECK(states.get<leeway::scored_outcomes>() == filled(score, leeway::scored_outcomes()));
    CHECK(states.get<leeway::paired_values>() == filled(score, leeway::paired_values()));
}

TEST_CASE("fold outcomes: more classes than a score can decide are refused") {
    using leeway::detail::require_classes;
    const state_set<confusion_matrix> three(confusion_matrix(3));
    CHECK_THROWS_AS(require_classes<decltype(score)>("test", three, {}), std::invalid_argument);
    CHECK_THROWS_AS(require_classes<decltype(decision)>("test", three, 0.5), std::invalid_argument);
    CHECK_NOTHROW(require_classes<decltype(decision)>("test", three, {}));
    CHECK_NOTHROW(require_classes<decltype(row_of_three)>("test", three, {}));
    CHECK_NOTHROW(require_classes<decltype(score)>("test", state_set<confusion_matrix>(), {}));
}
