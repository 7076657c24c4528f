#include "leeway/evaluation/bootstrap_difference.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/random.hpp"
#include "leeway/evaluation/baseline_gate.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "leeway/metrics/f_beta.hpp"
#include "leeway/metrics/mean_absolute_error.hpp"
#include "leeway/metrics/precision.hpp"
#include "leeway/metrics/recall.hpp"
#include "support/catch.hpp"

using leeway::accuracy;
using leeway::bootstrap_difference;
using leeway::bootstrapped;
using leeway::confusion_matrix;

namespace {

struct two_models {
    bootstrapped<confusion_matrix> first{confusion_matrix(2), 400, 3};
    bootstrapped<confusion_matrix> second{confusion_matrix(2), 400, 3};
};

/// The second is wrong on a further `worse` of the rows.
two_models scored(double worse, std::uint64_t rows, std::uint64_t seed) {
    leeway::random_source random(seed);
    two_models models;
    for (std::uint64_t i = 0; i < rows; ++i) {
        const std::int32_t one = random.bernoulli(0.8) ? 1 : 0;
        const std::int32_t flipped = random.bernoulli(0.05) ? 1 - one : one;
        models.first.update(i, {.label = 1, .prediction = one});
        models.second.update(i, {.label = 1, .prediction = random.bernoulli(worse) ? 0 : flipped});
    }
    return models;
}

}  // namespace

TEST_CASE("the paired bootstrap by its definition") {
    const auto models = scored(0.02, 600, 5);
    const auto answer = bootstrap_difference<accuracy>{}(models.first, models.second);
    CHECK(answer.difference == leeway::paired_difference(models.first, models.second, accuracy{}));
    const auto drawn = leeway::paired_figures(models.first, models.second, accuracy{}).values;
    REQUIRE(drawn.size() == 400);
    const auto below = std::count_if(drawn.begin(), drawn.end(), [](double d) { return d <= 0; });
    const auto above = std::count_if(drawn.begin(), drawn.end(), [](double d) { return d >= 0; });
    CHECK(answer.p_value ==
          std::min(1.0, 2 * (1 + static_cast<double>(std::min(below, above))) / 401));
    CHECK(answer.rows == 600);
    const auto reversed = bootstrap_difference<accuracy>{}(models.second, models.first);
    CHECK(reversed.p_value == answer.p_value);
    CHECK(reversed.statistic.value() == Approx(-answer.statistic.value()));
}

TEST_CASE("the paired bootstrap keeps its level and sees what is there", "[simulation]") {
    int rejected = 0;
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        // Two models of one error rate, wrong on rows of their own.
        const auto models = scored(0, 400, seed);
        const auto other = scored(0, 400, seed + 1000);
        const auto answer = bootstrap_difference<accuracy>{}(models.second, other.second);
        rejected += answer.p_value.value() <= 0.1;
    }
    CHECK(rejected <= 6 + 8);  // three deviations of 2.3 above a tenth of 60, and one for B
    const auto far = scored(0.3, 400, 1);
    const auto answer = bootstrap_difference<accuracy>{}(far.first, far.second);
    CHECK(answer.p_value.value() == Approx(2.0 / 401));
    CHECK(answer.statistic.value() > 5);
    CHECK(answer.difference.lower() > 0.15);
}

TEST_CASE("the paired bootstrap where there is nothing to compare") {
    const auto models = scored(0, 100, 2);
    const auto same = bootstrap_difference<accuracy>{}(models.first, models.first);
    CHECK_FALSE(same.p_value);
    CHECK_FALSE(same.statistic);
    CHECK(same.difference.value() == 0);
    CHECK(same.difference.interval_reason() == leeway::undefined::no_variation);
    const bootstrapped<confusion_matrix> nothing(confusion_matrix(2), 400, 3);
    CHECK_FALSE(bootstrap_difference<accuracy>{}(models.first, nothing).p_value);
    auto longer = models.first;
    longer.update(1000, {.label = 1, .prediction = 1});
    const auto answer = bootstrap_difference<accuracy>{}(models.first, longer);
    CHECK(answer.difference.reason() == leeway::undefined::not_comparable);
    CHECK_FALSE(answer.p_value);
}

TEST_CASE("one positive row passes no gate") {
    // 1 positive in 1,000 rows, found by one model and missed by the other: recall 1 against 0 in
    // every replicate that holds the row, and a share of 1/e holds none.
    bootstrapped<confusion_matrix> first(confusion_matrix(2), 999), second = first;
    for (std::uint64_t i = 0; i < 1000; ++i) {
        const std::int32_t label = i == 7 ? 1 : 0;
        first.update(i, {.label = label, .prediction = label});
        second.update(i, {.label = label, .prediction = 0});
    }
    const auto answer = bootstrap_difference<leeway::recall>{}(first, second);
    CHECK(answer.difference.value() == 1);
    CHECK(answer.difference.interval_reason() == leeway::undefined::too_little_data);
    CHECK_FALSE(answer.p_value);
    CHECK_FALSE(answer.statistic);
    CHECK(answer.undefined_replicates == Approx(999 / std::exp(1.0)).margin(75));  // 5 deviations
    using leeway::baseline_gate;
    CHECK(baseline_gate::better_by<leeway::recall>(0.5)(answer).verdict ==
          leeway::gate_verdict::not_enough_data);

    // Three rows on which both decide the same.
    bootstrapped<confusion_matrix> few(confusion_matrix(2), 999);
    for (std::uint64_t i = 0; i < 3; ++i) few.update(i, {.label = i > 0 ? 1 : 0, .prediction = 1});
    const auto same = bootstrap_difference<leeway::f_beta>{}(few, few);
    CHECK(same.difference.value() == 0);
    CHECK(baseline_gate::not_worse<leeway::f_beta>(0)(same).verdict ==
          leeway::gate_verdict::not_enough_data);
}

TEST_CASE("a difference that only rounding varies has no interval") {
    using errors = leeway::mean_absolute_error::state_type;
    bootstrapped<errors> first(errors(), 200, 1), second = first;
    leeway::random_source random(6);
    for (std::uint64_t i = 0; i < 100; ++i) {
        const double loss = random.uniform();
        first.update(i, {0, loss});
        second.update(i, {0, loss + 0.1});  // whose last bit is rounded
    }
    const auto answer = bootstrap_difference<leeway::mean_absolute_error>{}(first, second);
    CHECK(answer.difference.value() == Approx(-0.1));
    CHECK(answer.difference.interval_reason() == leeway::undefined::no_variation);
    CHECK_FALSE(answer.p_value);
}
