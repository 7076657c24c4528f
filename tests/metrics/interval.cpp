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

TEST_CASE("Student's critical value from the normal one") {
    // scipy.stats.t.ppf(0.975, f): 2.776445, 2.262157, 2.042272, 1.984217; the series is short
    // at 4.
    const double z = confidence_95.critical;
    CHECK(student_critical(z, 4) == Approx(2.7764451051977987).epsilon(0.003));
    CHECK(student_critical(z, 9) == Approx(2.2621571627409915).epsilon(2e-4));
    CHECK(student_critical(z, 30) == Approx(2.0422724563012373).epsilon(2e-6));
    CHECK(student_critical(z, 99) == Approx(1.9842169515086827).epsilon(1e-7));
    CHECK(student_critical(z, std::numeric_limits<double>::infinity()) == z);
    CHECK(student_critical(z, 0) == student_critical(z, 3));
    // scipy.stats.t.ppf(0.995, 9)
    CHECK(student_critical(confidence_99.critical, 9) == Approx(3.2498355440153697).epsilon(0.002));
}

TEST_CASE("degrees of freedom of a sum of two variances") {
    CHECK(freedom_of_sum(1, 11, 1, 11) == 20);
    CHECK(freedom_of_sum(1, 11, 0, 5) == 10);
    CHECK(freedom_of_sum(3, 7, 1, 5) == Approx(16 / (9.0 / 6 + 1.0 / 4)));
}

TEST_CASE("a score interval of a share is Wilson's") {
    const double forever = std::numeric_limits<double>::infinity();
    const info_card share{"share", "1", 0, 1, orientation::higher_is_better, ""};
    for (const double p : {0.02, 0.3, 0.5, 0.97}) {
        const estimate e =
            score_interval(p, std::sqrt(p * (1 - p) / 50), forever, 50, confidence_95, share);
        const estimate wilson = wilson_interval(p, 50, 50, confidence_95);
        CHECK(e.lower() == Approx(wilson.lower()).epsilon(1e-13));
        CHECK(e.upper() == Approx(wilson.upper()).epsilon(1e-13));
    }
}

TEST_CASE("a score interval solves its equation, with one end and with none") {
    const double forever = std::numeric_limits<double>::infinity();
    const double z = confidence_95.critical;
    const info_card loss{"loss", "1", 0, forever, orientation::lower_is_better, ""};
    // A Poisson count of 9: (m - 9)^2 = z^2 m, m = 9 + z^2 / 2 +- z sqrt(9 + z^2 / 4).
    const estimate count = score_interval(9, 3, forever, 1, confidence_95, loss);
    CHECK(count.lower() == Approx(9 + z * z / 2 - z * std::sqrt(9 + z * z / 4)).epsilon(1e-14));
    CHECK(count.upper() == Approx(9 + z * z / 2 + z * std::sqrt(9 + z * z / 4)).epsilon(1e-14));
    // Its mirror below 1, and any unit.
    const info_card skill{"skill", "1", -forever, 1, orientation::higher_is_better, ""};
    const estimate mirrored = score_interval(-8, 3, forever, 1, confidence_95, skill);
    CHECK(mirrored.upper() == Approx(1 - count.lower()).epsilon(1e-13));
    CHECK(mirrored.lower() == Approx(1 - count.upper()).epsilon(1e-13));
    const estimate small = score_interval(9e-100, 3e-100, forever, 1, confidence_95, loss);
    CHECK(small.upper() == Approx(count.upper() * 1e-100).epsilon(1e-13).scale(0));
    const info_card any{"error", "1", -forever, forever, orientation::neither, ""};
    const estimate free = score_interval(9, 3, 30, 1, confidence_95, any);
    CHECK(free.upper() == 9 + student_critical(z, 30) * 3);
    // At an end of the range, and without a standard error.
    CHECK(score_interval(0, 0, 30, 1, confidence_95, loss).interval_reason() ==
          undefined::no_variation);
    CHECK(score_interval(1, 0.5, forever, 1, confidence_95, skill).upper() == 1);
    CHECK(!score_interval(9, forever, 30, 1, confidence_95, loss).has_interval());
}

TEST_CASE("rows that do not vary have Wilson's interval on the range, or none") {
    // scipy.stats.binomtest(1, 4).proportion_ci(method="wilson"), on a range of -1 to 3.
    const info_card wide{"wide", "1", -1, 3};
    const estimate quarter = constant_interval(0, 4, 7, confidence_95, wide);
    CHECK(quarter.value() == 0);
    CHECK(quarter.lower() == Approx(4 * 0.04558726080970055 - 1).epsilon(1e-13));
    CHECK(quarter.upper() == Approx(4 * 0.6993581574175981 - 1).epsilon(1e-13));
    CHECK(quarter.weight() == 7);
    CHECK(constant_interval(-1, 4, 7, confidence_95, wide).lower() == -1);
    const double forever = std::numeric_limits<double>::infinity();
    const info_card open{"open", "1", 0, forever};
    CHECK(constant_interval(0, 4, 7, confidence_95, open).interval_reason() ==
          undefined::no_variation);
}
