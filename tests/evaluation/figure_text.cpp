#include "evaluation/figure_text.hpp"

#include <limits>

#include "support/catch.hpp"

using namespace leeway::detail;
using leeway::estimate;

TEST_CASE("figure_text: numbers as people read them") {
    CHECK(figure_text(0) == "0.0000");
    CHECK(figure_text(-0.0) == "0.0000");
    CHECK(figure_text(0.81204) == "0.8120");
    CHECK(figure_text(-1.5) == "-1.5000");
    CHECK(figure_text(0.001) == "0.0010");
    CHECK(figure_text(0.00012345) == "1.234e-04");
    CHECK(figure_text(123456.789) == "123457");
    CHECK(figure_text(1234.5678) == "1234.57");
    CHECK(figure_text(1.5e7) == "1.500e+07");
    CHECK(figure_text(0.81204, 6) == "0.812040");
    CHECK(figure_text(std::numeric_limits<double>::quiet_NaN()) == "not a number");
    CHECK(figure_text(-std::numeric_limits<double>::infinity()) == "-infinite");
}

TEST_CASE("figure_text: weights, levels, estimates") {
    CHECK(weight_text(4664) == "4664");
    CHECK(weight_text(4664.25) == "4664.25");
    CHECK(weight_text(4.25) == "4.25");
    CHECK(weight_text(0) == "0");
    CHECK(weight_text(1e9) == "1000000000");
    CHECK(percent_text(0.95) == "95 %");
    CHECK(percent_text(0.999) == "99.9 %");
    CHECK(percent_text(1) == "100 %");
    CHECK(percent_text(0.9999999999999999) == "99.99999999999999 %");
    CHECK(percent_text(0.9973002039367398) == "99.73002 %");
    CHECK(value_text(estimate(leeway::undefined::empty), 4) == "undefined: empty");
    CHECK(value_text(estimate::of(0.5, 3), 2) == "0.50");
    CHECK(support_text(estimate::of(0.5, 3)) == "no interval, n = 3");
    CHECK(support_text(estimate(leeway::undefined::one_class, 7)) == "n = 7");
    CHECK(support_text(estimate::within(0.5, 0.4, 0.6, 1, 3)) ==
          "certified 0.4000 to 0.6000, n = 3");
}
