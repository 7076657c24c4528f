#include "leeway/core/result.hpp"

#include <stdexcept>
#include <string>

#include "support/catch.hpp"

using leeway::estimate;
using leeway::undefined;

TEST_CASE("an estimate has a value, or a reason why not") {
    constexpr estimate plain = estimate::of(0.5, 12);
    static_assert(plain.defined());
    CHECK(plain);
    CHECK(plain.value() == 0.5);
    CHECK(plain.weight() == 12);
    CHECK_FALSE(plain.has_interval());
    CHECK(plain.confidence() == 0);
    CHECK_FALSE(plain.reason());
    CHECK_THROWS_AS(plain.lower(), std::invalid_argument);
    CHECK_THROWS_AS(plain.upper(), std::invalid_argument);

    const estimate banded = estimate::within(0.5, 0.4, 0.7, 0.95, 30);
    CHECK(banded.lower() == 0.4);
    CHECK(banded.upper() == 0.7);
    CHECK(banded.confidence() == 0.95);
    CHECK(banded != estimate::of(0.5, 30));

    const estimate none(undefined::one_class, 7);
    CHECK_FALSE(none);
    CHECK(none.reason() == undefined::one_class);
    CHECK(none.weight() == 7);
    CHECK(none.value_or(-1) == -1);
    CHECK(plain.value_or(-1) == 0.5);
    CHECK_FALSE(none.has_interval());
    std::string said;
    try {
        (void)none.value();
    } catch (const std::invalid_argument& problem) {
        said = problem.what();
    }
    CHECK(said.find("one class") != std::string::npos);
    CHECK_THROWS_AS(none.lower(), std::invalid_argument);
}

TEST_CASE("every reason has words of its own") {
    const undefined reasons[] = {
        undefined::empty,           undefined::one_class,       undefined::zero_denominator,
        undefined::too_little_data, undefined::constant_target, undefined::out_of_range,
        undefined::not_comparable,  undefined::no_variation};
    for (const undefined a : reasons) {
        CHECK(to_string(a) != "unknown");
        for (const undefined b : reasons) CHECK((a == b) == (to_string(a) == to_string(b)));
    }
    CHECK(to_string(undefined::too_little_data) == "too little data");
}

TEST_CASE("a drift result is defined unless it says why not") {
    leeway::drift_result drift{.statistic = 0.1};
    CHECK(drift);
    drift.reason = undefined::not_comparable;
    CHECK_FALSE(drift);
    CHECK_FALSE(drift.defined());
}

TEST_CASE("the ready-made confidence levels carry their critical values") {
    // Two-sided normal quantiles, from tables.
    CHECK(leeway::confidence_90.critical == Approx(1.6448536269514722).epsilon(1e-15));
    CHECK(leeway::confidence_95.critical == Approx(1.9599639845400545).epsilon(1e-15));
    CHECK(leeway::confidence_99.critical == Approx(2.5758293035489004).epsilon(1e-15));
    CHECK(leeway::confidence_level{}.level == 0.95);
}

TEST_CASE("an estimate may say why it has no interval") {
    const auto same = estimate::without_interval(0.5, undefined::no_variation, 7);
    CHECK(same.defined());
    CHECK(same.value() == 0.5);
    CHECK(same.weight() == 7);
    CHECK_FALSE(same.has_interval());
    CHECK_FALSE(same.reason().has_value());
    CHECK(same.interval_reason() == undefined::no_variation);
    CHECK_FALSE(estimate::of(0.5, 7).interval_reason().has_value());
    CHECK_FALSE(same == estimate::of(0.5, 7));
}
