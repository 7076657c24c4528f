#include "leeway/metrics/ratio_of_means.hpp"

#include <cmath>
#include <limits>

#include "leeway/core/random.hpp"
#include "support/catch.hpp"
#include "support/implied_t.hpp"

using namespace leeway;

namespace {

constexpr info_card share{
    "share", "1", 0, std::numeric_limits<double>::infinity(), orientation::lower_is_better, ""};
constexpr info_card skill{
    "skill", "1", -std::numeric_limits<double>::infinity(), 1, orientation::higher_is_better, ""};

}  // namespace

TEST_CASE("a ratio of means at rows a reader can redo") {
    ratio_sums sums;
    sums.add(1, 2, 1);
    CHECK(ratio_of_means(sums, confidence_95, share).value() == 0.5);
    CHECK_FALSE(ratio_of_means(sums, confidence_95, share).has_interval());
    sums.add(3, 2, 1);
    // R = 1; pulls (1 - 2) / 2 and (3 - 2) / 2: mean square 1/4, over 2 rows.
    const estimate e = ratio_of_means(sums, confidence_95, share);
    CHECK(e.value() == 1);
    const double t = student_critical(confidence_95.critical, 1);
    leeway_tests::check_ends(e, std::sqrt(0.125), t, share);
    const estimate other = one_minus_ratio(sums, confidence_95, skill);
    CHECK(other.value() == 0);
    leeway_tests::check_ends(other, std::sqrt(0.125), t, skill);
    CHECK(other.weight() == 2);
}

TEST_CASE("the interval of a ratio covers the truth as often as it says", "[simulation]") {
    random_source random(21);
    int covered = 0;
    for (int sample = 0; sample < 2000; ++sample) {
        ratio_sums sums;
        for (int row = 0; row < 200; ++row) {
            const double b = 1 + random.uniform();
            sums.add(b * random.uniform(), b, 1);
        }
        const estimate e = ratio_of_means(sums, confidence_95, share);
        covered += e.lower() <= 0.5 && 0.5 <= e.upper() ? 1 : 0;
    }
    // 95 % is 1,900 of 2,000, give or take 30 (three deviations).
    CHECK(covered > 1865);
    CHECK(covered < 1930);
}

TEST_CASE("a ratio that is no number is out of range") {
    ratio_sums sums;
    sums.add(1e308, 1e-300, 1);
    CHECK(ratio_of_means(sums, confidence_95, share).reason() == undefined::out_of_range);
}
