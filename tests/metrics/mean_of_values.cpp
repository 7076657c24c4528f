#include "leeway/metrics/mean_of_values.hpp"

#include <cmath>
#include <limits>

#include "support/catch.hpp"
#include "support/implied_t.hpp"

using namespace leeway;

namespace {

constexpr info_card at_least_zero{
    "x", "1", 0, std::numeric_limits<double>::infinity(), orientation::lower_is_better, ""};

}  // namespace

TEST_CASE("a mean of values with its interval") {
    moments values(0.0);
    CHECK(mean_of_values(values, confidence_95, at_least_zero).reason() == undefined::empty);
    values.update({2, 0.3});
    CHECK(mean_of_values(values, confidence_95, at_least_zero).value() == 2);
    CHECK_FALSE(mean_of_values(values, confidence_95, at_least_zero).has_interval());
    moments three(0.0);
    for (const double x : {1.0, 2.0, 6.0}) three.update({x, 4});
    // Mean 3, sum of squares 14, variance 7 over 3 rows; the weight is a common factor.
    const estimate e = mean_of_values(three, confidence_95, at_least_zero);
    CHECK(e.value() == 3);
    leeway_tests::check_ends(e, std::sqrt(7.0 / 3), student_critical(confidence_95.critical, 2),
                             at_least_zero);
    CHECK(e.weight() == 12);
}

TEST_CASE("values that do not vary") {
    moments same;
    for (int i = 0; i < 4; ++i) same.update(0.25);
    constexpr info_card share{"share", "1", 0, 1};
    // Wilson's of a share of 1 in 4, scipy.stats.binomtest(1, 4).proportion_ci(method="wilson")
    const auto bounded = mean_of_values(same, leeway::confidence_95, share);
    CHECK(bounded.lower() == Approx(0.0455872608).epsilon(1e-8));
    CHECK(bounded.upper() == Approx(0.6993581574).epsilon(1e-8));
    constexpr info_card open{"open", "1"};
    CHECK(mean_of_values(same, leeway::confidence_95, open).interval_reason() ==
          leeway::undefined::no_variation);
}
