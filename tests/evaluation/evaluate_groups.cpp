#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "leeway/evaluation/evaluate.hpp"
#include "leeway/metrics/equal_opportunity.hpp"
#include "leeway/metrics/four_fifths_rule.hpp"
#include "leeway/metrics/group_calibration_gap.hpp"
#include "support/catch.hpp"

using namespace leeway;

namespace {

using labels = std::vector<std::int32_t>;
using numbers = std::vector<double>;

const double not_a_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("evaluate: groups of decisions by hand") {
    // Of each group twelve positives and twelve negatives. Group 0: 9 of them found, 3 false
    // alarms; group 1: 6 and 6.
    labels group, label, prediction;
    const auto add = [&](std::int32_t g, std::int32_t y, std::int32_t p, int times) {
        for (int i = 0; i < times; ++i) {
            group.push_back(g);
            label.push_back(y);
            prediction.push_back(p);
        }
    };
    add(0, 1, 1, 9), add(0, 1, 0, 3), add(0, 0, 1, 3), add(0, 0, 0, 9);
    add(1, 1, 1, 6), add(1, 1, 0, 6), add(1, 0, 1, 6), add(1, 0, 0, 6);
    const report all =
        evaluate(group_task{.groups = 2, .names = {"a", "b"}}, {group, label, prediction});
    CHECK(all.task() == "groups");
    CHECK(all.rows() == 48);
    CHECK(all.weight() == 48);
    CHECK(all.at("demographic_parity_difference").value() == 0);
    CHECK(all.at("demographic_parity_ratio").value() == 1);
    CHECK(all[equal_opportunity_difference{}].value() == 0.25);
    CHECK(all.at("equalised_odds_ratio").value() == 0.5);  // 3 / 12 over 6 / 12
    CHECK(all.at("predictive_parity_difference").value() == 0.25);
    CHECK(all.at("accuracy_parity_ratio").value() == Approx(2.0 / 3));
    CHECK(all.at("accuracy_parity_ratio").has_interval());
    CHECK_FALSE(all.contains("group_calibration_gap"));  // decisions are no probabilities
    REQUIRE(all.classes().size() == 2);
    CHECK(all.classes()[1].name == "b");
    CHECK(all.classes()[1].weight == 24);
    const auto& rates = all.classes()[0].entries;
    REQUIRE(rates.size() == 5);
    CHECK(rates[0].key == "predicted_positive_rate");
    CHECK(rates[0].value.value() == 0.5);
    CHECK(rates[1].value.value() == 0.75);
    CHECK(rates[2].key == "false_positive_rate");
    CHECK(rates[2].value.value() == 0.25);
    CHECK(rates[4].key == "accuracy");
    CHECK(rates[4].value.value() == 0.75);
    CHECK(four_fifths_rule{}(all.at("demographic_parity_ratio")) ==
          four_fifths_verdict::not_enough_data);
}

TEST_CASE("evaluate: groups of scores, and what is left out of them") {
    labels group, label;
    numbers score;
    for (int i = 0; i < 80; ++i) {
        group.push_back(i % 2);
        label.push_back(i % 4 < 2 ? 1 : 0);
        score.push_back(i % 2 == 0 ? 0.5 : 0.75);
    }
    // Of no group, without a score, beyond a probability, of no class.
    group.insert(group.end(), {-1, 0, 0, 1, 2});
    label.insert(label.end(), {1, 1, 1, 2, 0});
    score.insert(score.end(), {0.5, not_a_number, 1.5, 0.5, 0.5});
    const report all = evaluate(group_task{.groups = 2, .threshold = 0.6},
                                grouped_probability::columns{group, label, score});
    CHECK(all.rows() == 85);
    CHECK(all.weight() == 81);
    CHECK(all.rejected() == rejections{.missing = 3, .label = 1, .range = 1});
    // Group 1 is always predicted positive, group 0 once, by the score that is no probability.
    CHECK(all.at("demographic_parity_difference").value() == Approx(40.0 / 41));
    CHECK(all[group_calibration_gap{}].value() == Approx(0.25));
    CHECK(four_fifths_rule{}(all.at("demographic_parity_ratio")) == four_fifths_verdict::below);
    const auto& gap = all.classes()[1].entries.back();
    CHECK(gap.key == "calibration_gap");
    CHECK(gap.value.value() == Approx(0.25));
}

TEST_CASE("evaluate: groups that cannot be") {
    const labels none;
    CHECK_THROWS_AS(evaluate(group_task{}, grouped_outcome::columns{none, none, none}),
                    std::invalid_argument);
    CHECK_THROWS_AS(evaluate(group_task{.groups = 2, .names = {"a"}},
                             grouped_outcome::columns{none, none, none}),
                    std::invalid_argument);
    const report empty =
        evaluate(group_task{.groups = 1}, grouped_probability::columns{none, none, {}});
    CHECK(empty.at("group_calibration_gap").reason() == undefined::empty);
    CHECK(empty.classes().size() == 1);
    CHECK_THROWS_AS(evaluate(group_task{.groups = 1, .threshold = not_a_number},
                             grouped_probability::columns{none, none, {}}),
                    std::invalid_argument);
}
