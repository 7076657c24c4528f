#include "leeway/metrics/interval.hpp"

#include <limits>

#include "support/catch.hpp"

using namespace leeway;

TEST_CASE("Wilson's interval is the roots of its quadratic") {
    // Both ends p solve (share - p)^2 = z^2 p (1 - p) / n: checked by putting them in.
    const double z = confidence_95.critical;
    for (const double rows : {1.0, 7.5, 20.0, 1e6}) {
        for (const double share : {0.0, 0.1, 0.5, 0.97, 1.0}) {
            const estimate e = wilson_interval(share, rows, rows, confidence_95);
            for (const double end : {e.lower(), e.upper()}) {
                const double gap = (share - end) * (share - end) - z * z * end * (1 - end) / rows;
                CHECK(std::fabs(gap) < 1e-15);
            }
            CHECK(e.lower() < e.upper());
        }
    }
}

TEST_CASE("Wilson's interval equals published values") {
    // R. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in
    // Medicine 17 (1998), table I, method 3.
    const auto ends = [](double right, double rows) {
        return wilson_interval(right / rows, rows, rows, confidence_95);
    };
    CHECK(ends(81, 263).lower() == Approx(0.2553).margin(5e-5));
    CHECK(ends(81, 263).upper() == Approx(0.3662).margin(5e-5));
    CHECK(ends(15, 148).lower() == Approx(0.0624).margin(5e-5));
    CHECK(ends(15, 148).upper() == Approx(0.1605).margin(5e-5));
    CHECK(ends(0, 20).lower() == 0);
    CHECK(ends(0, 20).upper() == Approx(0.1611).margin(5e-5));
    CHECK(ends(1, 29).lower() == Approx(0.0061).margin(5e-5));
    CHECK(ends(1, 29).upper() == Approx(0.1718).margin(5e-5));
}

TEST_CASE("effective rows are rows when weights are equal, and fewer when not") {
    CHECK(effective_rows(0, 0) == 0);
    CHECK(effective_rows(10, 10) == 10);                           // ten rows of weight 1
    CHECK(effective_rows(30, 90) == 10);                           // ten of weight 3
    CHECK(effective_rows(1 + 1 + 4, 18.0) == 2);                   // 36 / 18
    CHECK(effective_rows(1e200, 1e200 * 1e100) == Approx(1e100));  // no overflow on the way
    const double infinity = std::numeric_limits<double>::infinity();
    CHECK(effective_rows(1e300, infinity) == 1);  // squares that overflowed
    CHECK(effective_rows(1e-200, 0) == 1);        // or vanished
}

TEST_CASE("a normal interval stays in the range and around its value") {
    const info_card share{"share", "1", 0, 1, orientation::higher_is_better, ""};
    const estimate e = normal_interval(0.9, 0.2, 5, confidence_95, share);
    CHECK(e.upper() == 1);
    CHECK(e.lower() == Approx(0.9 - 0.2 * confidence_95.critical));
    CHECK(!normal_interval(0.9, std::numeric_limits<double>::quiet_NaN(), 5, confidence_95, share)
               .has_interval());
    CHECK(normal_interval(1 + 1e-16, 0, 5, confidence_95, share).upper() >= 1);
}
