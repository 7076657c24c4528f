#include "leeway/evaluation/corrected_resampled_t_test.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "oracle/metrics_table.hpp"

using leeway::corrected_resampled_t_test;

TEST_CASE("the corrected resampled t-test equals SciPy's law of its statistic") {
    int seen = 0;
    for (const auto& from : oracle::metric_cases("comparisons")) {
        if (!from.has("differences")) continue;
        INFO("case '" << from.name << "'");
        ++seen;
        const auto differences = from.numbers("differences");
        const auto answer = corrected_resampled_t_test{}(differences, from.numbers("ratio").at(0));
        // A mean near zero loses the digits that NumPy's sum loses.
        const double t = from.numbers("t").at(0);
        CHECK(std::fabs(*answer.statistic - t) <= 1e-12 * std::fabs(t) + 1e-14);
        CHECK(answer.p_value.value() == Approx(from.numbers("p").at(0)).epsilon(1e-11));
        CHECK(answer.difference.lower() == Approx(from.numbers("lower").at(0)).epsilon(1e-11));
        CHECK(answer.difference.upper() == Approx(from.numbers("upper").at(0)).epsilon(1e-11));
        CHECK(answer.rows == static_cast<double>(differences.size()));
    }
    CHECK(seen >= 140);
}

TEST_CASE("folds that say nothing, or all the same") {
    const corrected_resampled_t_test test;
    CHECK(test({}, 0.25).difference.reason() == leeway::undefined::empty);
    const auto one = test(std::vector<double>{0.5}, 0.25);
    CHECK(one.difference.reason() == leeway::undefined::too_little_data);
    CHECK_FALSE(one.p_value);
    CHECK_FALSE(one.statistic);
    const auto none = test(std::vector<double>{0, 0, 0}, 0.25);
    CHECK(none.difference.value() == 0);
    CHECK_FALSE(none.statistic);
    CHECK_FALSE(none.p_value);
    const auto same = test(std::vector<double>{-0.5, -0.5, -0.5}, 0.25);
    CHECK(same.difference.value() == -0.5);
    CHECK(same.difference.interval_reason() == leeway::undefined::no_variation);
    CHECK_FALSE(same.statistic);
    CHECK_FALSE(same.p_value);
    // 0.3 - 0.2 is not 0.1: differences that vary by rounding do not vary.
    const auto rounded = test(std::vector<double>{.3 - .2, .4 - .3, .5 - .4, .6 - .5}, 0.25);
    CHECK(rounded.difference.value() == Approx(0.1));
    CHECK(rounded.difference.interval_reason() == leeway::undefined::no_variation);
    CHECK_FALSE(rounded.p_value);
    CHECK(test(std::vector<double>{0.1, 0.1 + 1e-9}, 0.25).difference.has_interval());
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_AS(test(std::vector<double>{1, nan}, 0.25), std::invalid_argument);
    CHECK_THROWS_AS(test(std::vector<double>{1, 2}, 0), std::invalid_argument);
    CHECK_THROWS_AS(test(std::vector<double>{1, 2}, nan), std::invalid_argument);
}
