#include "leeway/evaluation/bootstrap_difference.hpp"

#include <algorithm>
#include <cstdint>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/random.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "leeway/metrics/precision.hpp"
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
    CHECK(reversed.statistic == Approx(-answer.statistic));
}

TEST_CASE("the paired bootstrap keeps its level and sees what is there", "[simulation]") {
    int rejected = 0;
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        // Two models of one error rate, wrong on rows of their own.
        const auto models = scored(0, 400, seed);
        const auto other = scored(0, 400, seed + 1000);
        const auto answer = bootstrap_difference<accuracy>{}(models.second, other.second);
        rejected += answer.p_value <= 0.1;
    }
    CHECK(rejected <= 6 + 8);  // three deviations of 2.3 above a tenth of 60, and one for B
    const auto far = scored(0.3, 400, 1);
    const auto answer = bootstrap_difference<accuracy>{}(far.first, far.second);
    CHECK(answer.p_value == Approx(2.0 / 401));
    CHECK(answer.statistic > 5);
    CHECK(answer.difference.lower() > 0.15);
}

TEST_CASE("the paired bootstrap where there is nothing to compare") {
    const auto models = scored(0, 100, 2);
    const auto same = bootstrap_difference<accuracy>{}(models.first, models.first);
    CHECK(same.p_value == 1);
    CHECK(same.statistic == 0);
    CHECK(same.difference.value() == 0);
    const bootstrapped<confusion_matrix> nothing(confusion_matrix(2), 400, 3);
    CHECK(bootstrap_difference<accuracy>{}(models.first, nothing).p_value == 1);
    auto longer = models.first;
    longer.update(1000, {.label = 1, .prediction = 1});
    const auto answer = bootstrap_difference<accuracy>{}(models.first, longer);
    CHECK(answer.difference.reason() == leeway::undefined::not_comparable);
    CHECK(answer.p_value == 1);
}
