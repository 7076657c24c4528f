#include "leeway/evaluation/gate.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include "leeway/core/result.hpp"
#include "leeway/evaluation/running.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "support/catch.hpp"

using leeway::estimate;
using leeway::gate;
using leeway::gate_verdict;

namespace {

const estimate auc = estimate::within(0.8120, 0.7910, 0.8330, 0.95, 4664);

}  // namespace

TEST_CASE("gate: at_least reads the lower bound") {
    CHECK(gate::at_least(0.79)(auc).verdict == gate_verdict::pass);
    CHECK(gate::at_least(0.7910)(auc).verdict == gate_verdict::pass);
    CHECK(gate::at_least(std::nextafter(0.7910, 1.0))(auc).verdict == gate_verdict::fail);

    const auto failed = gate::at_least(0.80)(auc);
    CHECK_FALSE(failed);
    CHECK(failed.verdict == gate_verdict::fail);
    CHECK(failed.sentence() ==
          "0.8120 (95 % CI 0.7910 to 0.8330, n = 4664): its lower bound is not at or above 0.8000");
    CHECK(gate::at_least(0.79)(auc).sentence() ==
          "0.8120 (95 % CI 0.7910 to 0.8330, n = 4664): its lower bound is at or above 0.7900");
}

TEST_CASE("gate: at_most reads the upper bound") {
    const estimate loss = estimate::within(0.30, 0.28, 0.32, 0.90, 1000);
    CHECK(gate::at_most(0.32)(loss));
    CHECK_FALSE(gate::at_most(0.31)(loss));
    CHECK(gate::at_most(0.31)(loss).sentence() ==
          "0.3000 (90 % CI 0.2800 to 0.3200, n = 1000): its upper bound is not at or below 0.3100");
}

TEST_CASE("gate: the sentence shows enough digits to see the difference") {
    const estimate close = estimate::within(0.81, 0.799996, 0.82, 0.95, 100);
    CHECK(gate::at_least(0.80)(close).sentence() ==
          "0.8100 (95 % CI 0.799996 to 0.820000, n = 100): its lower bound is not at or above "
          "0.800000");
}

TEST_CASE("gate: an undefined figure never passes and says why") {
    const estimate one_class(leeway::undefined::one_class, 12);
    const auto answer = gate::at_least(0.80)(one_class);
    CHECK(answer.verdict == gate_verdict::not_enough_data);
    CHECK(answer.sentence() ==
          "undefined: one class (n = 12): it is not shown to be at or above 0.8000");
    CHECK_FALSE(gate::at_least(-1e300)(one_class));
    CHECK_FALSE(gate::at_most(1e300)(one_class).operator bool());
    CHECK_FALSE(gate::at_least(0).by_value()(one_class));
}

TEST_CASE("gate: a figure without an interval passes only by its value") {
    const estimate bare = estimate::of(0.9, 50);
    const auto answer = gate::at_least(0.80)(bare);
    CHECK(answer.verdict == gate_verdict::not_enough_data);
    CHECK(answer.sentence() ==
          "0.9000 (no interval, n = 50): without an interval nothing says how sure it is to be at "
          "or above 0.8000; by_value() compares the bare value");
    CHECK(gate::at_least(0.80).by_value()(bare));
    CHECK(gate::at_least(0.95).by_value()(bare).sentence() ==
          "0.9000 (no interval, n = 50): its value is not at or above 0.9500");
    // By value the interval is ignored: the value passes where its lower bound would not.
    CHECK(gate::at_least(0.80).by_value()(auc));
}

TEST_CASE("gate: an infinite loss fails and says so") {
    const estimate certain = estimate::of(std::numeric_limits<double>::infinity(), 50);
    const auto answer = gate::at_most(0.5)(certain);
    CHECK(answer.verdict == gate_verdict::fail);
    CHECK(answer.sentence() ==
          "infinite (no interval, n = 50): its value is not at or below 0.5000");
}

TEST_CASE("gate: too little weight is not enough data") {
    const auto answer = gate::at_least(0.5).with_least(5000)(auc);
    CHECK(answer.verdict == gate_verdict::not_enough_data);
    CHECK(answer.sentence() ==
          "0.8120 (95 % CI 0.7910 to 0.8330, n = 4664): fewer than the 5000 asked for, so it is "
          "not held against 0.5000");
    CHECK(gate::at_least(0.5).with_least(4664)(auc));
}

TEST_CASE("gate: a certified band says nothing of the luck of the sample") {
    const estimate banded = estimate::within(0.81, 0.8099, 0.8101, 1, 1e6);
    const auto answer = gate::at_least(0.5)(banded);
    CHECK(answer.verdict == gate_verdict::not_enough_data);
    CHECK(answer.sentence() ==
          "0.8100 (certified 0.8099 to 0.8101, n = 1000000): the band bounds what the table leaves "
          "open and not the luck of the sample, so nothing says how sure it is to be at or above "
          "0.5000; by_value() compares the bare value");
    CHECK(gate::at_most(0.9)(banded).verdict == gate_verdict::not_enough_data);
    CHECK(gate::at_least(0.8).by_value()(banded));
    // Two rows, told apart: a band of no width.
    leeway::running<leeway::roc_auc> two;
    two.update({.label = 1, .score = 0.9});
    two.update({.label = 0, .score = 0.1});
    CHECK(two.result().lower() > 0.99);
    CHECK(gate::at_least(0.99)(two.result()).verdict == gate_verdict::not_enough_data);
}

TEST_CASE("gate: the sentence says why there is no interval") {
    const auto same = estimate::without_interval(0, leeway::undefined::no_variation, 3);
    CHECK(gate::at_least(0)(same).sentence() ==
          "0.0000 (no interval: no variation, n = 3): without an interval nothing says how sure it "
          "is to be at or above 0.0000; by_value() compares the bare value");
}

TEST_CASE("gate: a bound that is NaN does not pass") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const estimate broken = estimate::within(0.9, nan, nan, 0.95, 10);
    CHECK(gate::at_least(0.1)(broken).verdict == gate_verdict::fail);
    CHECK(gate::at_most(0.99)(broken).verdict == gate_verdict::fail);
}

TEST_CASE("gate: wrong settings raise") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_AS(gate::at_least(nan), std::invalid_argument);
    CHECK_THROWS_AS(gate::at_most(std::numeric_limits<double>::infinity()), std::invalid_argument);
    CHECK_THROWS_AS(gate::at_least(0.5).with_least(-1), std::invalid_argument);
    CHECK_THROWS_AS(gate::at_least(0.5).with_least(nan), std::invalid_argument);
}

TEST_CASE("gate: describes itself") {
    CHECK(gate::at_least(0.8).description() == "at least 0.8000 (lower bound)");
    CHECK(gate::at_most(12.5).description() == "at most 12.5000 (upper bound)");
    CHECK(gate::at_most(12.5).by_value().description() == "at most 12.5000 (value)");
    CHECK(to_string(gate_verdict::not_enough_data) == "not enough data");
}
