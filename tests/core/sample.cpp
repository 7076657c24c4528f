#include "leeway/core/sample.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/catch.hpp"

TEST_CASE("a column's row is the sample") {
    const std::vector<std::int32_t> labels{1, 0}, other{4, 5};
    const std::vector<double> a{0.25, 0.5}, b{3, 4}, weights{2, 0.5};

    const leeway::plain_value::columns plain{a};
    CHECK(plain.size() == 2);
    CHECK(plain[1].value == 0.5);

    const leeway::weighted_value::columns unweighted{a};
    CHECK(unweighted[0].weight == 1);
    CHECK(leeway::weighted_value::columns(a, weights)[1].weight == 0.5);

    const leeway::class_outcome::columns classes{labels, labels, weights};
    CHECK(classes[0].label == 1);
    CHECK(classes[0].prediction == 1);
    CHECK(classes[0].weight == 2);

    const leeway::paired_outcome::columns pairs{
        .label = labels, .first = labels, .second = other, .weight = weights};
    CHECK(pairs.size() == 2);
    CHECK(pairs[1].label == 0);
    CHECK(pairs[0].first == 1);
    CHECK(pairs[0].second == 4);
    CHECK(pairs[1].weight == 0.5);

    const leeway::probability_outcome::columns scored{.label = labels, .score = a};
    CHECK(scored.size() == 2);
    CHECK(scored[1].score == 0.5);
    CHECK(scored[1].weight == 1);

    const std::vector<std::int32_t> truth{1, 0, 0, 1, 1, 1}, predicted{0, 0, 1, 1, 0, 1};
    const leeway::label_set::columns sets{3, truth, predicted, weights};
    CHECK(sets.size() == 2);
    CHECK(sets[1].label.size() == 3);
    CHECK(sets[0].label[0] == 1);
    CHECK(sets[1].prediction[1] == 0);
    CHECK(sets[1].weight == 0.5);
    CHECK(leeway::label_set::columns(0, {}, {}).size() == 0);

    const leeway::regression_outcome::columns targets{.target = a, .prediction = b};
    CHECK(targets[1].target == 0.5);
    CHECK(targets[1].prediction == 4);
}

TEST_CASE("columns of members of groups") {
    const std::vector<std::int32_t> group{0, 3}, ones{1, 1}, three{1, 0, 1};
    const std::vector<double> score{0.25, 0.5}, weight{2, 4}, long_values{1, 2, 3};
    const leeway::grouped_outcome::columns decided{group, ones, ones, weight};
    CHECK(decided.size() == 2);
    CHECK(decided[1].group == 3);
    CHECK(decided[1].weight == 4);
    const leeway::grouped_probability::columns scored{group, ones, score, {}};
    CHECK(scored[0].score == 0.25);
    CHECK(scored[1].weight == 1);
    const auto refuses = [](const auto& batch) {
        try {
            leeway::require_lengths("here", batch);
        } catch (const std::invalid_argument&) {
            return true;
        }
        return false;
    };
    using decisions = leeway::grouped_outcome::columns;
    using scores = leeway::grouped_probability::columns;
    CHECK_FALSE(refuses(decided));
    CHECK_FALSE(refuses(scored));
    CHECK(refuses(decisions{group, three, ones, {}}));
    CHECK(refuses(decisions{group, ones, three, {}}));
    CHECK(refuses(decisions{group, ones, ones, long_values}));
    CHECK(refuses(scores{group, three, score, {}}));
    CHECK(refuses(scores{group, ones, long_values, {}}));
    CHECK(refuses(scores{group, ones, score, long_values}));
}

TEST_CASE("a query is a view of its items") {
    const std::vector<double> relevances{1, 0, 2, 0, 1}, scores{5, 4, 3, 2, 1}, weights{2, 3, 4};
    const std::vector<std::size_t> offsets{0, 2, 2, 5};
    const leeway::ranked_query::columns queries{
        .relevances = relevances, .scores = scores, .offsets = offsets, .weight = weights};
    CHECK(queries.size() == 3);
    CHECK(queries[0].relevance.size() == 2);
    CHECK(queries[1].score.empty());
    CHECK(queries[2].relevance[0] == 2);
    CHECK(queries[2].score[2] == 1);
    CHECK(queries[2].weight == 4);
    CHECK(leeway::ranked_query::columns{}.size() == 0);

    const auto refuses = [&](const std::vector<std::size_t>& at) {
        try {
            leeway::require_lengths("here", leeway::ranked_query::columns{
                                                .relevances = relevances,
                                                .scores = scores,
                                                .offsets = at,
                                            });
        } catch (const std::invalid_argument& problem) {
            return std::string(problem.what());
        }
        return std::string();
    };
    CHECK(refuses(offsets).empty());
    CHECK(refuses({0, 5}).empty());
    CHECK(refuses({0, 4}) == "here: the last offset is 4, expected the number of items, 5");
    CHECK(refuses({1, 5}) == "here: offsets[0] is 1, expected 0");
    CHECK(refuses({0, 3, 2, 5}) == "here: an offset is 2, expected offsets in ascending order");
    CHECK(refuses({}) == "here: the last offset is 0, expected the number of items, 5");
    const leeway::ranked_query::columns torn{
        .relevances = relevances, .scores = weights, .offsets = offsets};
    CHECK_THROWS_AS(leeway::require_lengths("here", torn), std::invalid_argument);
}

TEST_CASE("columns of unequal length are named") {
    const std::vector<std::int32_t> two{1, 0}, three{1, 0, 1};
    const std::vector<double> values{0.25, 0.5}, long_values{1, 2, 3};
    const auto refuses = [](const auto& batch) {
        try {
            leeway::require_lengths("here", batch);
        } catch (const std::invalid_argument& problem) {
            return std::string(problem.what());
        }
        return std::string();
    };
    using leeway::class_outcome;
    using leeway::paired_outcome;
    using leeway::probability_outcome;
    using leeway::regression_outcome;
    using leeway::weighted_value;
    CHECK(refuses(leeway::plain_value::columns{values}).empty());
    CHECK(refuses(weighted_value::columns{values}).empty());
    CHECK(refuses(weighted_value::columns{values, values}).empty());
    CHECK(refuses(weighted_value::columns{values, long_values}) ==
          "here: weight.size() is 3, expected the first column's length, 2, or no column");
    CHECK(refuses(class_outcome::columns{two, two}).empty());
    CHECK(refuses(class_outcome::columns{two, three}) ==
          "here: prediction.size() is 3, expected the first column's length, 2");
    CHECK(refuses(class_outcome::columns{two, two, long_values}).find("weight") !=
          std::string::npos);
    CHECK(refuses(paired_outcome::columns{two, two, two}).empty());
    CHECK(refuses(paired_outcome::columns{two, three, two}).find("first") != std::string::npos);
    CHECK(refuses(paired_outcome::columns{two, two, three}).find("second") != std::string::npos);
    CHECK(refuses(paired_outcome::columns{two, two, two, long_values}).find("weight") !=
          std::string::npos);
    CHECK(refuses(probability_outcome::columns{two, values}).empty());
    CHECK(refuses(probability_outcome::columns{two, long_values}).find("score") !=
          std::string::npos);
    CHECK(refuses(probability_outcome::columns{two, values, long_values}).find("weight") !=
          std::string::npos);
    using leeway::label_set;
    CHECK(refuses(label_set::columns{1, two, two}).empty());
    CHECK(refuses(label_set::columns{2, two, two}).empty());
    CHECK(refuses(label_set::columns{2, three, three}) ==
          "here: label.size() is 3, expected a multiple of the number of labels, 2");
    CHECK(refuses(label_set::columns{0, two, two}).find("label.size()") != std::string::npos);
    CHECK(refuses(label_set::columns{1, two, three}).find("prediction") != std::string::npos);
    CHECK(refuses(label_set::columns{2, two, two, values}).find("the number of rows, 1") !=
          std::string::npos);
    CHECK(refuses(regression_outcome::columns{values, values}).empty());
    CHECK(refuses(regression_outcome::columns{values, long_values}).find("prediction") !=
          std::string::npos);
    CHECK(refuses(regression_outcome::columns{values, {}}).find("prediction") != std::string::npos);
}
