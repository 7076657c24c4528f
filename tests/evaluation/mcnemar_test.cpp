#include "leeway/evaluation/mcnemar_test.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

#include "oracle/metrics_table.hpp"

using leeway::mcnemar_test;
using form = leeway::mcnemar_test::form;

TEST_CASE("McNemar's test equals SciPy's laws") {
    int seen = 0;
    for (const auto& from : oracle::metric_cases("comparisons")) {
        if (!from.has("counts")) continue;
        INFO("case '" << from.name << "'");
        ++seen;
        const auto counts = from.numbers("counts");
        const auto near = [&](double value, double expected, double relative = 1e-12) {
            // SciPy says 0 below 1e-308.
            CHECK(std::fabs(value - expected) <= relative * std::fabs(expected) + 1e-307);
        };
        const auto exact = mcnemar_test{}(counts[0], counts[1], counts[2]);
        // SciPy's tail is good to some 1e-11 for many rows.
        near(exact.p_value.value(), from.numbers("exact").at(0), 1e-11);
        CHECK(exact.statistic == std::min(counts[0], counts[1]));
        for (const auto& [law, key] :
             {std::pair{form::chi_squared, "chi_squared"}, {form::corrected, "corrected"}}) {
            const auto answer = mcnemar_test{law}(counts[0], counts[1], counts[2]);
            near(answer.statistic.value(), from.numbers(key).at(0));
            near(answer.p_value.value(), from.numbers(key).at(1));
            CHECK(answer.difference == exact.difference);
        }
        near(exact.difference.value(), from.numbers("difference").at(0));
        CHECK(exact.difference.lower() == Approx(from.numbers("lower").at(0)).margin(1e-14));
        CHECK(exact.difference.upper() == Approx(from.numbers("upper").at(0)).margin(1e-14));
        CHECK(exact.rows == counts[2]);
        // Swapping the models changes the sign and nothing else.
        const auto swapped = mcnemar_test{}(counts[1], counts[0], counts[2]);
        CHECK(swapped.p_value == exact.p_value);
        CHECK(swapped.difference.value() == -exact.difference.value());
        CHECK(swapped.difference.lower() == Approx(-exact.difference.upper()).margin(1e-15));
    }
    CHECK(seen >= 190);
}

TEST_CASE("McNemar's test without a discordant row") {
    for (const form law : {form::exact, form::chi_squared, form::corrected}) {
        const auto answer = mcnemar_test{law}(0, 0, 10);
        CHECK(answer.p_value == 1);
        CHECK(answer.statistic == 0);
        CHECK(answer.difference.value() == 0);
        const auto nothing = mcnemar_test{law}(0, 0, 0);
        CHECK_FALSE(nothing.p_value);
        CHECK_FALSE(nothing.statistic);
        CHECK(nothing.difference.reason() == leeway::undefined::empty);
    }
}

TEST_CASE("McNemar's test refuses what are no counts") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_AS(mcnemar_test{}(-1, 2, 10), std::invalid_argument);
    CHECK_THROWS_AS(mcnemar_test{}(1, nan, 10), std::invalid_argument);
    CHECK_THROWS_AS(mcnemar_test{}(6, 5, 10), std::invalid_argument);
    CHECK_THROWS_AS(mcnemar_test{}(1.5, 5, 10), std::invalid_argument);
    CHECK_THROWS_AS(mcnemar_test{}(1, 5, std::numeric_limits<double>::infinity()),
                    std::invalid_argument);
    CHECK(mcnemar_test{form::chi_squared}(1.5, 5, 10).statistic.value() == Approx(12.25 / 6.5));
}
