#include "leeway/evaluation/metric_set.hpp"

#include <cmath>
#include <stdexcept>
#include <type_traits>

#include "leeway/core/random.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "leeway/metrics/brier_score.hpp"
#include "leeway/metrics/f_beta.hpp"
#include "leeway/metrics/log_loss.hpp"
#include "leeway/metrics/mean_absolute_error.hpp"
#include "leeway/metrics/mean_squared_error.hpp"
#include "leeway/metrics/pinball_loss.hpp"
#include "leeway/metrics/precision.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "leeway/metrics/root_mean_squared_error.hpp"
#include "support/catch.hpp"

using namespace leeway;

namespace {

metric_set watched(accuracy{}, precision{}, f_beta{2}, roc_auc{}, log_loss{});

using watched_states = decltype(watched)::states_type;
static_assert(
    std::is_same_v<watched_states,
                   state_set<confusion_matrix, score_table, mean_loss<loss::logarithmic>>>);

}  // namespace

TEST_CASE("metric_set: one state a type, each figure as its metric alone gives it") {
    auto set = watched;
    confusion_matrix counts(2);
    score_table scores;
    mean_loss<loss::logarithmic> losses;
    random_source random(5);
    for (int i = 0; i < 500; ++i) {
        const double score = random.uniform();
        const probability_outcome row{random.uniform() < score ? 1 : 0, score, 1};
        set.update(row);
        counts.update({row.label, score >= 0.5 ? 1 : 0, 1});
        scores.update(row);
        losses.update(row);
    }
    const auto all = set.results();
    REQUIRE(all.size() == 5);
    CHECK(all[0] == report::entry{"accuracy", accuracy{}(counts)});
    CHECK(all[1] == report::entry{"precision", precision{}(counts)});
    CHECK(all[2] == report::entry{"f_beta_2", f_beta{2}(counts)});
    CHECK(all[3] == report::entry{"roc_auc", roc_auc{}(scores)});
    CHECK(all[4] == report::entry{"log_loss", log_loss{}(losses)});
    CHECK(set.result<roc_auc>() == roc_auc{}(scores));
    CHECK(set.states().get<confusion_matrix>() == counts);

    auto twice = set;
    twice.merge(set);
    CHECK(twice.result<accuracy>().weight() == 1000);
    CHECK(twice.result<roc_auc>().value() == set.result<roc_auc>().value());
    twice.reset();
    CHECK(twice.results() == watched.results());
    CHECK(twice.result<accuracy>().reason() == undefined::empty);
}

TEST_CASE("metric_set: a score decides at the threshold that was set") {
    auto set = watched;
    set.decide_at(0.9);
    set.update(probability_outcome{1, 0.89});
    set.update(probability_outcome{1, 0.9});
    CHECK(set.result<accuracy>().value() == 0.5);
}

TEST_CASE("metric_set: other samples, and states with a configuration") {
    metric_set errors(mean_squared_error{}, root_mean_squared_error{}, mean_absolute_error{});
    errors.update(regression_outcome{3, 1});
    errors.update(regression_outcome{3, 3});
    CHECK(errors.result<mean_squared_error>().value() == 2);
    CHECK(errors.result<mean_absolute_error>().value() == 1);

    metric_set classes(accuracy{}, f_beta{1, average::macro});
    classes.begin_with(confusion_matrix(3));
    classes.update(class_outcome{2, 2});
    classes.update(class_outcome{1, 2});
    CHECK(classes.result<accuracy>().value() == 0.5);
    CHECK(classes.results()[1].key == "f1_macro");
}

TEST_CASE("metric_set: parameters that the state must know") {
    metric_set upper(pinball_loss{0.9}, mean_absolute_error{});
    upper.update(regression_outcome{3, 1});
    CHECK(upper.result<pinball_loss>().value() == Approx(1.8));
    CHECK(upper.results()[0].key == "pinball_loss_0.9");
    CHECK_THROWS_AS(metric_set(pinball_loss{0.9}, pinball_loss{0.1}), std::invalid_argument);
    CHECK_NOTHROW(metric_set(pinball_loss{0.9}, pinball_loss{0.9}));
    // The first wants what is the default: still not the second's.
    CHECK_THROWS_AS(metric_set(pinball_loss{0.5}, pinball_loss{0.9}), std::invalid_argument);

    metric_set half(accuracy{});
    metric_set strict(accuracy{});
    strict.decide_at(0.9);
    CHECK_THROWS_AS(half.merge(strict), std::invalid_argument);
}

TEST_CASE("metric_set: a score that is not a number decides nothing") {
    metric_set set(accuracy{}, roc_auc{});
    set.update(probability_outcome{.label = 0, .score = std::nan("")});
    set.update(probability_outcome{.label = 1, .score = 0.9});
    CHECK(set.states().get<confusion_matrix>().rejected().total() == 1);
    CHECK(set.result<accuracy>().weight() == 1);
    CHECK(std::get<0>(set.metrics()).info.name == "accuracy");
}
